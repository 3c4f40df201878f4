// The report as one HTML page that needs no network (output specification, section 10).
// Promises: the same report gives the same bytes; whatever names and texts the report holds, they are data to
// the page and never markup or script; at most 20 000 steps of a run and about 10 MB a page, what is left out
// is counted in its place. Knows no clock, no file system and no SPIN.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/report/report.h"

namespace singspin::html {

// `stuck` and its lines: what a counterexample shows, in words.
using Fact = std::pair<std::string, std::vector<std::string>>;

// What other writers say about the same report. Counterexamples of contracts come first, then those of
// systems.
struct Words {
  std::string report_text;                                    // for readers without scripts
  std::function<std::string(diagnostics::Code)> explanation;  // Markdown of `explain`
  std::function<std::vector<Fact>(std::size_t run)> facts;
  std::function<std::string(std::size_t run)> trace_file;  // offered for download
};

struct Options {
  bool deterministic = false;  // without times and absolute paths
  std::size_t most_steps = 20'000;
  std::size_t most_bytes = 10'000'000;
};

using Sink = std::function<void(std::string_view)>;

// Writes the page piece by piece; no more than one counterexample is in memory at a time.
void write(const report::Report& report, const Words& words, const Options& options, const Sink& sink);

}  // namespace singspin::html
