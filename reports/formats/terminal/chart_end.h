// How the two endpoints of a chart end: where they are, what they need and what they have.
// Knows the run and no columns.
#pragma once

#include <string>
#include <vector>

#include "reports/formats/terminal/run_view.h"

namespace singspin::terminal {

// What one endpoint looks like after the last step.
struct EndText {
  bool bad = false;  // gets a mark
  std::vector<std::string> lines;
};
EndText end_text(const RunView& run, ir::Role role);

// Names stay under names: `needs ` and `has   ` are as wide as the indent. A line with a name that is
// too long anyway is cut.
std::vector<std::string> broken_end(const std::vector<std::string>& lines, unsigned width);

}  // namespace singspin::terminal
