// The sequence chart of a session, a row per step. The middle between two lifelines is the wire: a send
// reaches it, a receive leaves it, and what lies between is what the queues hold.
#pragma once

#include "reports/replay/engine/canvas.h"
#include "reports/replay/engine/session.h"

namespace singspin::replay {

struct Chart {
  std::vector<std::string> lifelines;
  unsigned first = 6;      // column of the first lifeline
  unsigned distance = 34;  // between lifelines
  unsigned width() const { return first + distance * static_cast<unsigned>(lifelines.size() - 1) + 10; }
};

// Lifelines of the steps from `begin` to `end` (1-based, `end` included), in order of their appearance.
Chart chart_of(const World& world, std::size_t begin, std::size_t end);
void draw_names(const Chart& chart, Canvas& canvas, unsigned y);
// The row of one step; `current` marks it.
void draw_step(const Chart& chart, const World& world, std::size_t step, bool current, Canvas& canvas,
               unsigned y, unsigned width, const Glyphs& glyphs);
// Rows `begin` to `end` as text.
std::string chart_text(const World& world, std::size_t begin, std::size_t end, bool unicode);

}  // namespace singspin::replay
