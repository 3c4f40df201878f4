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
  explicit SourceLine(std::string_view text);  // which must outlive this object

  unsigned width() const { return width_; }
  // At least one column, even for an empty piece or one past the end of the line.
  Columns columns(std::size_t begin, std::size_t end) const;
  // The columns from `window.begin` on; where the line goes on outside, `...` stands at the rim.
  std::string cut(Columns window) const;

 private:
  // A place between two characters.
  struct Place {
    std::size_t offset = 0;
    unsigned column = 0;
  };
  Glyph glyph(Place at) const;
  Place after(Place at) const;
  // The start of the character that holds the byte, or the end of the line.
  Place place_of(std::size_t offset) const;

  std::string_view text_;
  // One in every few hundred bytes: a line may be a whole file, and is looked at in a few places only.
  std::vector<Place> known_;
  unsigned width_ = 0;
};

}  // namespace singspin::terminal
