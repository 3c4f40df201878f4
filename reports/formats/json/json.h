// The report as JSON, version 1, and one counterexample as a trace file that stands alone (output
// specification, sections 4 and 6). The member names and their order are an interface: within
// version 1 nothing is removed, renamed or retyped.
// Promises: the same report gives the same bytes; always valid UTF-8, whatever paths and arguments
// hold; members in schema order. Knows no clock, no file system and no SPIN.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/report/report.h"

namespace singspin::json {

struct Options {
  bool deterministic = false;     // without times, memory, commit and absolute paths
  // `inputs[].text` of every file, not only of those that counterexamples need.
  bool with_source_text = false;
};

// The whole report: `"format": "singspin-report"`. Ends with a line feed.
std::string render(const report::Report&, const Options&);

// Row `counterexample` of Report::counterexamples with the sources and the contract it refers to:
// `"format": "singspin-trace"`, the content of `*.trace.json`. Ends with a line feed.
std::string render_trace(const report::Report&, std::size_t counterexample, const Options&);

// The same for row `counterexample` of Report::system_counterexamples.
std::string render_system_trace(const report::Report&, std::size_t counterexample, const Options&);

// The JSON Schemas (draft 2020-12) of both, as published.
std::string_view report_schema();
std::string_view trace_schema();

}  // namespace singspin::json
