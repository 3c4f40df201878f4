// Which rows the chart of a run has: messages, states, and what is folded away.
// Knows no widths and no glyphs.
#pragma once

#include <cstdint>
#include <vector>

#include "reports/formats/terminal/run_view.h"

namespace singspin::terminal {

struct ChartRow {
  enum class Kind : std::uint8_t { Steps, States, Fold };
  Kind kind = Kind::Steps;
  std::uint32_t first = 0;          // steps, counted from 0; of a state row the step before it
  std::uint32_t last = 0;           // the same as `first`, or the receive of the message just sent
  std::uint32_t configuration = 0;  // of a state row
};

// Folded if there are more than 24.
std::vector<ChartRow> chart_rows(const RunView& run);

}  // namespace singspin::terminal
