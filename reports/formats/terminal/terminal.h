// The report for people: plain text for a terminal or a log, as section 5 of the output
// specification shows it.
// Promises: pure functions of the report and the options (no clock, file, environment or terminal
// is asked); no escape byte unless colours or hyperlinks are wanted; no hostile byte of a source
// text reaches the terminal; works at any width.
// Does not know where the text goes, how SPIN works, or which verdict follows from what.
#pragma once

#include <string>
#include <string_view>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/source/source_map.h"
#include "reports/report/report.h"

namespace singspin::terminal {

struct Options {
  unsigned width = 100;
  bool unicode = true;
  bool color = false;
  bool hyperlinks = false;  // OSC 8 links on `path:line:column`
  // Where relative paths start, as a URI such as `file://host/home/me/project`; without it only
  // absolute paths become links.
  std::string link_root = {};
  int verbosity = 0;  // -1: -q, -2: -qq, 1: -v, 2: -vv
  bool deterministic = false;
  unsigned max_errors = 20;
  bool story = false;        // the steps of counterexamples in sentences, too
  bool replay_hint = false;  // print the commands that replay a counterexample
};

// All of `verify`: verdicts, counterexamples, diagnostics, totals.
std::string render(const report::Report& report, const Options& options);
// All of `check`: diagnostics and totals.
std::string render_check(const report::Report& report, const Options& options);

// One block each, ending in a line end. The first line states the problem alone.
std::string render_diagnostic(const diagnostics::Diagnostic& diagnostic, const source::SourceMap& sources,
                              const Options& options);
std::string render_counterexample(const report::Report& report, const report::Counterexample& counterexample,
                                  const Options& options);

std::string render_system_counterexample(const report::Report& report,
                                         const report::SystemCounterexample& counterexample,
                                         const Options& options);

// One line of text that a terminal can show: control characters as \x1b, bidirectional and other
// invisible controls as \u202e, bytes that are no UTF-8 as \xff.
std::string sanitize(std::string_view text);

}  // namespace singspin::terminal
