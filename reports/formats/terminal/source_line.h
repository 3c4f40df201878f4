// One line of source text as a terminal shows it: tabs expanded, hostile characters escaped, byte
// offsets turned into display columns, long lines cut.
// Promises: every offset and every width has an answer. Knows one line and no marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

// Display columns of one line, counted from 0; the end is exclusive.
struct Columns {
  unsigned begin = 0;
  unsigned end = 0;
};

class SourceLine {
 public:
  explicit SourceLine(std::string_view text);

  unsigned width() const { return width_; }
  // At least one column, even for an empty piece or one past the end of the line.
  Columns columns(std::size_t begin, std::size_t end) const;
  // The columns from `window.begin` on; where the line goes on outside, `...` stands at the rim.
  std::string cut(Columns window) const;

 private:
  struct Cell {
    Glyph glyph;
    std::size_t offset = 0;
    unsigned column = 0;
  };
  const Cell* cell_at(std::size_t offset) const;

  std::vector<Cell> cells_;
  std::size_t bytes_ = 0;
  unsigned width_ = 0;
};

}  // namespace singspin::terminal
