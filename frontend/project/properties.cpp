#include "frontend/project/properties.h"

#include <algorithm>

#include "frontend/project/disk.h"

namespace singspin::project {

namespace {

// The length of `$(...)` at the start of `text`; parentheses nest. 0 if it is not closed.
std::size_t macro_length(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1;
  }
  return 0;
}

}  // namespace

void Properties::set(std::string_view name, std::string value) {
  values_[lower_case(name)] = std::move(value);
}

Expansion Properties::expand(std::string_view text) const {
  Expansion result;
  while (!text.empty()) {
    const std::size_t dollar = text.find("$(");
    result.text += text.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    text.remove_prefix(dollar);
    const std::size_t length = macro_length(text);
    if (length == 0) {  // no macro: nothing after it can be one either
      result.text += text;
      break;
    }
    const std::string_view name = text.substr(2, length - 3);
    const auto value = values_.find(lower_case(name));
    if (value != values_.end()) {
      result.text += value->second;
      spent_ += value->second.size();
    } else {
      result.text += text.substr(0, length);
      if (std::find(result.undefined.begin(), result.undefined.end(), name) == result.undefined.end())
        result.undefined.emplace_back(name);
    }
    text.remove_prefix(length);
    result.too_long = result.text.size() > kMaxExpansion || spent_ > kMaxExpansions;
    if (result.too_long) break;
  }
  if (result.text.size() > kMaxExpansion) {
    result.too_long = true;
    result.text.resize(kMaxExpansion);
  }
  return result;
}

std::string Properties::expand_all(std::string_view text) const {
  const std::string expanded = expand(text).text;
  std::string_view rest = expanded;
  std::string result;
  for (std::size_t dollar; (dollar = rest.find("$(")) != std::string_view::npos;) {
    const std::size_t length = macro_length(rest.substr(dollar));
    if (length == 0) break;
    result += rest.substr(0, dollar);
    rest.remove_prefix(dollar + length);
  }
  return result.append(rest);
}

}  // namespace singspin::project
