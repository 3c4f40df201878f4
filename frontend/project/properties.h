// Properties of a project file: `$(Name)` in its texts. Names ignore letter case. The environment of
// the process is not looked at, so the same files always mean the same.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace singspin::project {

// Longer texts, such as a property that doubles itself a hundred times, are cut off here.
inline constexpr std::size_t kMaxExpansion = 1 << 16;
// And all texts of a project together end here.
inline constexpr std::size_t kMaxExpansions = 32 << 20;

struct Expansion {
  std::string text;                    // undefined macros stay as written
  std::vector<std::string> undefined;  // their names, each once
  bool too_long = false;
};

class Properties {
 public:
  void set(std::string_view name, std::string value);
  Expansion expand(std::string_view text) const;
  // With nothing in the place of undefined macros.
  std::string expand_all(std::string_view text) const;

 private:
  std::map<std::string, std::string> values_;  // by name in lower case
  mutable std::size_t spent_ = 0;              // bytes that macros gave so far
};

}  // namespace singspin::project
