// The text of a JSON document.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace singspin::document {

// Two spaces per level, but what fits on a line stays on it. Ends with a line feed. Bytes that are no UTF-8
// become U+FFFD.
std::string layout(const nlohmann::ordered_json& value);

}  // namespace singspin::document
