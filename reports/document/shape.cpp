#include "reports/document/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace singspin::document {

namespace {

constexpr std::size_t kDeepest = 64;         // a report has 12 levels
constexpr std::size_t kMostMembers = 4'096;  // of one object; arrays have no limit

// The offset behind the string that begins at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at;
}

}  // namespace

Place place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line_start = before.find_last_of('\n') + 1;  // npos + 1 is 0
  return {1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          1 + before.size() - line_start};
}

std::optional<std::string> check_shape(std::string_view text) {
  std::vector<std::size_t> members;  // of every object or array that is open
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') at = skip_string(text, at);
    if (c == '{' || c == '[') members.push_back(0);
    if ((c == '}' || c == ']') && !members.empty()) members.pop_back();
    if (c == ':' && !members.empty()) ++members.back();
    const bool deep = members.size() > kDeepest;
    if (!deep && (members.empty() || members.back() <= kMostMembers)) continue;
    const Place place = place_of(text, at);
    return fmt::format("line {}, column {}: {}", place.line, place.column,
                       deep ? fmt::format("nested deeper than {} levels", kDeepest)
                            : fmt::format("an object with more than {} members", kMostMembers));
  }
  return std::nullopt;
}

}  // namespace singspin::document
