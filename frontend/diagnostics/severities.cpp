#include "frontend/diagnostics/severities.h"

#include <fmt/format.h>

#include "frontend/base/nearest.h"

namespace singspin::diagnostics {

namespace {

// How far a user may change a rule.
enum class Freedom : std::uint8_t {
  Any,
  Raise,  // without a machine there is nothing to verify, and that must be seen
  Fixed,  // says that a run did not do what was asked
};

bool is_tool(Code code) { return static_cast<unsigned>(code) >= 900; }

Freedom freedom(Code code) {
  if (is_tool(code)) return Freedom::Fixed;
  switch (code) {
    case Code::unreadable_file:
    case Code::nothing_found:
    case Code::parse_error:
    case Code::binary_file:
    case Code::config_syntax:
    case Code::config_value:
    case Code::not_formatted:
    case Code::not_rewritable:
    case Code::nesting_too_deep: return Freedom::Fixed;
    case Code::duplicate_contract:
    case Code::undeclared_state:
    case Code::undeclared_message:
    case Code::duplicate_message:
    case Code::duplicate_state:
    case Code::name_clash:
    case Code::message_redeclared:
    case Code::missing_input:
    case Code::ambiguous_contract:
    case Code::no_states:
    case Code::base_cycle:
    case Code::broken_base:
    case Code::subroutine_infinite:
    case Code::machine_too_large: return Freedom::Raise;
    default: return Freedom::Any;
  }
}

Level level_of(Severity severity) { return static_cast<Level>(severity); }

}  // namespace

std::optional<Level> parse_level(std::string_view text) {
  for (const Level level : {Level::Error, Level::Warning, Level::Note, Level::Off}) {
    if (level_text(level) == text) return level;
  }
  return std::nullopt;
}

std::string_view level_text(Level level) {
  switch (level) {
    case Level::Error: return "error";
    case Level::Warning: return "warning";
    case Level::Note: return "note";
    case Level::Off: return "off";
  }
  UNREACHABLE("level is known");
}

bool is_property(Code code) { return static_cast<unsigned>(code) / 100 == 1; }

std::string refusal(Code code, Level level) {
  const CodeInfo& rule = info(code);
  if (freedom(code) == Freedom::Fixed)
    return fmt::format("{} is always {} {}: it says that a run did not do what was asked", rule.rule,
                       rule.severity == Severity::Error ? "an" : "a", severity_text(rule.severity));
  if (freedom(code) == Freedom::Raise && level > level_of(rule.severity))
    return fmt::format("{} is at least {} {}: it leaves nothing to verify", rule.rule,
                       rule.severity == Severity::Error ? "an" : "a", severity_text(rule.severity));
  if (is_property(code) && level == Level::Note)
    return fmt::format("{} is a property; it can be error, warning or off", rule.rule);
  return {};
}

std::string refusal_to_suppress(Code code) {
  // Parts that no run reaches have a place each; what a run shows has none of its own.
  if (is_property(code) && code != Code::states_reachable)
    return fmt::format("{} is a property; `--severity {}=LEVEL` changes what it counts as", info(code).rule,
                       info(code).rule);
  if (freedom(code) == Freedom::Fixed) return refusal(code, Level::Off);
  if (freedom(code) == Freedom::Raise)
    return fmt::format("{} leaves nothing to verify and is always shown", info(code).rule);
  return {};
}

std::string_view nearest_rule(std::string_view text) {
  std::vector<std::string_view> rules;
  for (const CodeInfo& code : all_codes()) rules.push_back(code.rule);
  return base::nearest(text, rules);
}

void Severities::override_with(const Severities& stronger) {
  for (const auto& [code, level] : stronger.levels_) levels_[code] = level;
}

std::optional<Level> Severities::find(Code code) const {
  const auto found = levels_.find(code);
  return found == levels_.end() ? std::nullopt : std::optional(found->second);
}

Severity Severities::effective(Code code, Severity severity) const {
  const std::optional<Level> level = find(code);
  if (!level || *level == Level::Off) return severity;
  return static_cast<Severity>(*level);
}

}  // namespace singspin::diagnostics
