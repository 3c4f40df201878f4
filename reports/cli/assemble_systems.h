// Verdicts of systems to the rows of a report; one counterexample for all verdicts that share a run.
#pragma once

#include "promela/verify_systems/verify_systems.h"
#include "reports/cli/options.h"
#include "reports/report/report.h"

namespace singspin::cli {

// Report::systems_found is filled. Diagnostics are added to `diagnostics`, and rows refer to those.
void add_systems(report::Report& report, std::vector<diagnostics::Diagnostic>& diagnostics,
                 const verify::SystemResults& results, const Options& options);

}  // namespace singspin::cli
