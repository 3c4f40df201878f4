#include "reports/lsp/positions.h"

#include <algorithm>

namespace singspin::lsp {

namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Columns that the character beginning with `lead` takes.
std::uint32_t width(char lead, Encoding encoding) {
  const auto byte = static_cast<unsigned char>(lead);
  if (encoding == Encoding::Utf16) return byte >= 0xf0 ? 2 : 1;
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
}

}  // namespace

std::uint32_t offset_at(std::string_view text, const std::vector<std::uint32_t>& lines, Position position,
                        Encoding encoding) {
  if (position.line >= lines.size()) return static_cast<std::uint32_t>(text.size());
  std::uint32_t at = lines[position.line];
  std::size_t end = position.line + 1 < lines.size() ? lines[position.line + 1] : text.size();
  while (end > at && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  for (std::uint32_t column = 0; at < end;) {
    column += width(text[at], encoding);
    if (column > position.character) break;
    do ++at;
    while (at < end && continues_character(text[at]));
  }
  return at;
}

Position position_at(std::string_view text, const std::vector<std::uint32_t>& lines, std::uint32_t offset,
                     Encoding encoding) {
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text.size()));
  const auto after = std::upper_bound(lines.begin(), lines.end(), offset);
  const std::uint32_t begin = *(after - 1);
  Position position{static_cast<std::uint32_t>(after - lines.begin() - 1), 0};
  if (encoding == Encoding::Utf8) return {position.line, offset - begin};
  for (std::uint32_t i = begin; i < offset; ++i) {
    if (!continues_character(text[i])) position.character += width(text[i], encoding);
  }
  return position;
}

}  // namespace singspin::lsp
