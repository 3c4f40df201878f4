// The sequence chart of a run: importer on the left, exporter on the right, time downwards.
// Promises: the ASCII form has the same columns; long runs are folded; widths of names and of the
// terminal are never a reason to fail, what was cut is listed below.
#pragma once

#include <string>

#include "reports/formats/terminal/run_view.h"
#include "reports/formats/terminal/style.h"

namespace singspin::terminal {

// `main`: the place the block points to; other files are named in the margin.
std::string chart(const RunView& run, const Style& style, source::FileId main);

}  // namespace singspin::terminal
