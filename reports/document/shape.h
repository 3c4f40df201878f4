// What is wrong with a JSON text as a whole, before it is made into values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace singspin::document {

struct Place {
  std::size_t line = 1, column = 1;  // 1-based; columns in bytes
};
Place place_of(std::string_view text, std::size_t offset);

// Words for a text that is nested too deeply or has an object with too many members: the first would cost
// stack, the second, since members are found one after the other, time.
std::optional<std::string> check_shape(std::string_view text);

}  // namespace singspin::document
