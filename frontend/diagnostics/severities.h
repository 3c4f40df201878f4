// What each rule counts as: the default of diagnostics.def, or what the user chose.
// Knows codes only, not where a choice was written down.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::diagnostics {

enum class Level : std::uint8_t { Error, Warning, Note, Off };

// `error`, `warning`, `note`, `off`; nullopt for anything else.
std::optional<Level> parse_level(std::string_view text);
std::string_view level_text(Level level);

// A property (SS01xx) is decided by a run and not reported by a rule.
bool is_property(Code code);

// Empty if a user may give `code` this level, else why not, in words. Never a way to `proved`:
// whatever a level is, a contract that is not verified stays so.
std::string refusal(Code code, Level level);

// Empty if a comment in the source may suppress `code` at its place, else why not.
std::string refusal_to_suppress(Code code);

// The rule id that looks most like `text`, empty if none does.
std::string_view nearest_rule(std::string_view text);

// Chosen levels; a code without one keeps the severity it was reported with.
class Severities {
 public:
  void set(Code code, Level level) { levels_[code] = level; }
  // Those of `stronger` replace ours.
  void override_with(const Severities& stronger);
  std::optional<Level> find(Code code) const;
  bool is_off(Code code) const { return find(code) == Level::Off; }
  // `severity` if nothing was chosen; what is off keeps it too.
  Severity effective(Code code, Severity severity) const;
  bool empty() const { return levels_.empty(); }

 private:
  std::map<Code, Level> levels_;
};

}  // namespace singspin::diagnostics
