#include "reports/replay/engine/canvas.h"

#include <algorithm>

#include "reports/formats/terminal/terminal.h"
#include "reports/formats/terminal/text.h"

namespace singspin::replay {

void Canvas::set(unsigned x, unsigned y, std::string text, Tone tone) {
  if (x < width_ && y < height_) cells_[std::size_t{y} * width_ + x] = {std::move(text), tone};
}

unsigned Canvas::put(unsigned x, unsigned y, std::string_view text, Tone tone, unsigned room) {
  if (x >= width_ || y >= height_) return 0;
  room = std::min(room, width_ - x);
  const std::string shown = terminal::fit(terminal::sanitize(text), room);
  unsigned taken = 0;
  for (std::size_t i = 0; i < shown.size();) {
    terminal::Glyph glyph = terminal::glyph_at(shown, i);
    i += glyph.bytes;
    if (glyph.width == 0) {  // a combining character stays with the one before it
      if (taken > 0) cells_[std::size_t{y} * width_ + x + taken - 1].text += glyph.text;
      continue;
    }
    if (taken + glyph.width > room) break;
    set(x + taken, y, std::move(glyph.text), tone);
    for (unsigned more = 1; more < glyph.width; ++more) set(x + taken + more, y, "", tone);
    taken += glyph.width;
  }
  return taken;
}

void Canvas::fill(unsigned x, unsigned y, unsigned count, std::string_view glyph, Tone tone) {
  for (unsigned i = 0; i < count && x + i < width_; ++i) set(x + i, y, std::string(glyph), tone);
}

void Canvas::paint(unsigned x, unsigned y, unsigned count, Tone tone) {
  for (unsigned i = 0; y < height_ && i < count && x + i < width_; ++i)
    cells_[std::size_t{y} * width_ + x + i].tone = tone;
}

std::string Canvas::text() const {
  std::string all;
  for (unsigned y = 0; y < height_; ++y) {
    std::string line;
    for (unsigned x = 0; x < width_; ++x) line += at(x, y).text;
    line.erase(line.find_last_not_of(' ') + 1);
    all += line + "\n";
  }
  return all;
}

const Glyphs& glyphs(bool unicode) {
  static constexpr Glyphs kUnicode = {"│", "─", "◄", "►", "●", "■", "✗", "─"};
  static constexpr Glyphs kAscii = {"|", "-", "<", ">", "*", "#", "x", "-"};
  return unicode ? kUnicode : kAscii;
}

}  // namespace singspin::replay
