// A grid of characters: every picture of a session is one, so that tests can compare it. Drawing outside of
// the grid is cut off and never fails. Knows no terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace singspin::replay {

enum class Tone : std::uint8_t { Plain, Title, Changed, Current, Dim };

struct Cell {
  std::string text = " ";  // empty: the right half of a wide character
  Tone tone = Tone::Plain;
  bool operator==(const Cell&) const = default;
};

class Canvas {
 public:
  Canvas(unsigned width, unsigned height)
      : width_(width), height_(height), cells_(std::size_t{width} * height) {}

  unsigned width() const { return width_; }
  unsigned height() const { return height_; }
  const Cell& at(unsigned x, unsigned y) const { return cells_[std::size_t{y} * width_ + x]; }
  // `text` is sanitized; at most `room` columns, cut with `...` if it is longer. Returns the columns taken.
  unsigned put(unsigned x, unsigned y, std::string_view text, Tone tone = Tone::Plain, unsigned room = ~0u);
  // One character `count` times.
  void fill(unsigned x, unsigned y, unsigned count, std::string_view glyph, Tone tone = Tone::Plain);
  void paint(unsigned x, unsigned y, unsigned count, Tone tone);
  void copy(unsigned x, unsigned y, const Cell& cell) { set(x, y, cell.text, cell.tone); }
  // Lines without spaces at their ends.
  std::string text() const;

 private:
  void set(unsigned x, unsigned y, std::string text, Tone tone);

  unsigned width_, height_;
  std::vector<Cell> cells_;
};

struct Glyphs {
  std::string_view lifeline, dash, left, right, actor, step, bad, rule;
};
const Glyphs& glyphs(bool unicode);

}  // namespace singspin::replay
