// The HTML page of a report, with what the other writers know about it: the text for people, facts, trace
// files.
#pragma once

#include <string>

#include "reports/report/report.h"

namespace singspin::cli {

std::string html_report(const report::Report& report, bool deterministic);

}  // namespace singspin::cli
