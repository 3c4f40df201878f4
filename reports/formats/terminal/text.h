// Words, numbers and display widths: what every block of the terminal report is made of.
// Promises: widths are those of a terminal (wide 2, combining 0, ambiguous 1); no function fails,
// whatever bytes and widths it gets. Knows no report and no colours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace singspin::terminal {

// One displayed character: what is printed for it, and how many columns that takes.
struct Glyph {
  std::string text;
  unsigned width = 1;
  std::size_t bytes = 1;  // taken from the input
};
// The character at `offset`, which must be inside `text`; sanitized.
Glyph glyph_at(std::string_view text, std::size_t offset);

unsigned display_width(std::string_view text);
// At most `width` columns, cut with `...`.
std::string fit(std::string_view text, unsigned width);
// Filled up with spaces on the right.
std::string pad(std::string text, unsigned width);
// Broken between words, but not inside `(...)`; a word longer than `width` stays whole. Lines after
// the first one leave `hanging` columns for the caller to fill.
std::vector<std::string> wrap(std::string_view text, unsigned width, unsigned hanging = 0);

// `1 contract`, `3 contracts`.
std::string plural(std::uint64_t count, std::string_view noun);
// `a, b and c`.
std::string enumerate(const std::vector<std::string>& items, std::string_view last_link = "and");
// `a, b or c`; more than three become `one of 6 messages`.
std::string alternatives(const std::vector<std::string>& items);
// `a, b`.
std::string join(const std::vector<std::string>& items, std::string_view separator);
// Exact up to 9999, then `61 k`, `1.2 M`.
std::string quantity(std::uint64_t value);

// `a - b`, at least 0.
constexpr unsigned minus(unsigned a, unsigned b) { return a > b ? a - b : 0; }

}  // namespace singspin::terminal
