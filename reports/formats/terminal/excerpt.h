// Pieces of source text with marks under them.
// Promises: cannot fail at any width, for any span and any text. Marks are printed by line; `^`
// marks what the block is about, `-` what explains it.
// Knows places and words, and nothing of diagnostics, contracts or runs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/source/source_map.h"
#include "reports/formats/terminal/style.h"

namespace singspin::terminal {

struct Mark {
  source::Span span;
  std::string label;  // may be empty
  bool main = false;  // `^`
};

// Digits of the largest line number, at least 2.
unsigned gutter_width(const source::SourceMap& sources, const std::vector<Mark>& marks);

// From `  --> path:line:column` of the first mark to the last mark line. `main_tone` colours `^`.
std::string excerpt(const Style& style, const source::SourceMap& sources, const std::vector<Mark>& marks,
                    Tone main_tone);

// An empty line of the excerpt: `   |`.
std::string bar_line(const Style& style, unsigned gutter);

}  // namespace singspin::terminal
