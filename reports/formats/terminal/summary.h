// The totals at the end of a report. Knows counts only.
#pragma once

#include <string>

#include "reports/formats/terminal/style.h"
#include "reports/report/report.h"

namespace singspin::terminal {

// `24 contracts: 22 proved, 1 violated, 1 inconclusive; 3 warnings   (queue capacity 2, 14.2 s)`
std::string verify_totals(const report::Report& report, const Style& style, const Options& options);
// `3 contracts: no errors, 1 warning`
std::string check_totals(const report::Report& report);

}  // namespace singspin::terminal
