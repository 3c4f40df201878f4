#include "reports/formats/terminal/source_line.h"

#include <algorithm>

namespace singspin::terminal {

namespace {

constexpr unsigned kTab = 4;
constexpr std::string_view kCut = "...";

Glyph displayed(std::string_view text, std::size_t offset, unsigned column) {
  if (text[offset] != '\t') return glyph_at(text, offset);
  const unsigned blanks = kTab - column % kTab;
  return {std::string(blanks, ' '), blanks, 1};
}

}  // namespace

SourceLine::SourceLine(std::string_view text) : bytes_(text.size()) {
  for (std::size_t i = 0; i < text.size();) {
    Glyph glyph = displayed(text, i, width_);
    const std::size_t offset = i;
    i += glyph.bytes;
    cells_.push_back({std::move(glyph), offset, width_});
    width_ += cells_.back().glyph.width;
  }
}

// The cell that holds the byte, null past the end.
const SourceLine::Cell* SourceLine::cell_at(std::size_t offset) const {
  if (offset >= bytes_) return nullptr;
  const auto after =
      std::upper_bound(cells_.begin(), cells_.end(), offset,
                       [](std::size_t value, const Cell& cell) { return value < cell.offset; });
  return &*(after - 1);
}

Columns SourceLine::columns(std::size_t begin, std::size_t end) const {
  const Cell* first = cell_at(begin);
  const Cell* last = end > begin ? cell_at(end - 1) : nullptr;
  const unsigned from = first != nullptr ? first->column : width_;
  const unsigned to = last != nullptr ? last->column + last->glyph.width : end > begin ? width_ : from;
  return {from, std::max(to, from + 1)};
}

std::string SourceLine::cut(Columns window) const {
  const bool cut_left = window.begin > 0, cut_right = window.end < width_;
  const unsigned from = window.begin + (cut_left ? kCut.size() : 0);
  const unsigned to = cut_right ? minus(window.end, kCut.size()) : window.end;
  std::string out(cut_left ? kCut : "");
  unsigned column = from;
  for (const Cell& cell : cells_) {
    // A wide character on the rim is left out as a whole.
    if (cell.column < from || cell.column + cell.glyph.width > to) continue;
    out.append(minus(cell.column, column), ' ').append(cell.glyph.text);
    column = cell.column + cell.glyph.width;
  }
  if (cut_right) out.append(minus(to, column), ' ').append(kCut);
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

}  // namespace singspin::terminal
