// `Condition` attributes of project files: comparisons of texts, `and`, `or`, `!`, parentheses,
// `Exists('path')`.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "frontend/project/properties.h"

namespace singspin::project {

// nullopt: not one of these. `exists` is asked about expanded paths.
std::optional<bool> evaluate_condition(std::string_view text, const Properties& properties,
                                       const std::function<bool(const std::string&)>& exists);

}  // namespace singspin::project
