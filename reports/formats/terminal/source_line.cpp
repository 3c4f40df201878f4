#include "reports/formats/terminal/source_line.h"

#include <algorithm>

namespace singspin::terminal {

namespace {

constexpr unsigned kTab = 4;
constexpr std::string_view kCut = "...";
constexpr std::size_t kStride = 256;

bool is_plain(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

SourceLine::SourceLine(std::string_view text) : text_(text) {
  Place at;
  while (at.offset < text_.size()) {
    if (known_.empty() || at.offset >= known_.back().offset + kStride) known_.push_back(at);
    at = after(at);
  }
  width_ = at.column;
}

Glyph SourceLine::glyph(Place at) const {
  if (text_[at.offset] != '\t') return glyph_at(text_, at.offset);
  const unsigned blanks = kTab - at.column % kTab;
  return {std::string(blanks, ' '), blanks, 1};
}

SourceLine::Place SourceLine::after(Place at) const {
  if (is_plain(text_[at.offset])) return {at.offset + 1, at.column + 1};
  const Glyph here = glyph(at);
  return {at.offset + here.bytes, at.column + here.width};
}

SourceLine::Place SourceLine::place_of(std::size_t offset) const {
  if (offset >= text_.size()) return {text_.size(), width_};
  const auto behind = std::upper_bound(known_.begin(), known_.end(), offset,
                                       [](std::size_t value, Place p) { return value < p.offset; });
  Place at = *(behind - 1);
  for (Place next = after(at); next.offset <= offset; next = after(at)) at = next;
  return at;
}

Columns SourceLine::columns(std::size_t begin, std::size_t end) const {
  const unsigned from = place_of(begin).column;
  unsigned to = from;
  if (end > begin) to = end > text_.size() ? width_ : after(place_of(end - 1)).column;
  return {from, std::max(to, from + 1)};
}

std::string SourceLine::cut(Columns window) const {
  const bool cut_left = window.begin > 0, cut_right = window.end < width_;
  const unsigned from = window.begin + (cut_left ? kCut.size() : 0);
  const unsigned to = cut_right ? minus(window.end, kCut.size()) : window.end;
  std::string out(cut_left ? kCut : "");
  unsigned column = from;
  // Characters without width stand in the column of the next one, so the first place of a column counts.
  const auto first = std::lower_bound(known_.begin(), known_.end(), from,
                                      [](Place p, unsigned value) { return p.column < value; });
  Place at = first == known_.begin() ? Place{} : *(first - 1);
  while (at.offset < text_.size() && at.column <= to) {
    const Glyph here = glyph(at);
    // A wide character on the rim is left out as a whole.
    if (at.column >= from && at.column + here.width <= to) {
      out.append(minus(at.column, column), ' ').append(here.text);
      column = at.column + here.width;
    }
    at = {at.offset + here.bytes, at.column + here.width};
  }
  if (cut_right) out.append(minus(to, column), ' ').append(kCut);
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

}  // namespace singspin::terminal
