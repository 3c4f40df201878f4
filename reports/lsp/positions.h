// Places in a text as the protocol counts them: lines from 0, columns in UTF-16 units or bytes from 0.
// Pure. A place outside of the text is moved to the nearest one inside, as the protocol demands.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

namespace singspin::lsp {

enum class Encoding : std::uint8_t { Utf16, Utf8 };

struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  auto operator<=>(const Position&) const = default;
};

struct Range {
  Position start;
  Position end;  // exclusive
  auto operator<=>(const Range&) const = default;
};

// Byte offset of a position; `lines` are the source::line_starts of the text. A column past the end of a line
// is that end; one inside a character, such as between the halves of a surrogate pair, is its beginning.
std::uint32_t offset_at(std::string_view text, const std::vector<std::uint32_t>& lines, Position position,
                        Encoding encoding);
Position position_at(std::string_view text, const std::vector<std::uint32_t>& lines, std::uint32_t offset,
                     Encoding encoding);

}  // namespace singspin::lsp
