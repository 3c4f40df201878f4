// Loaded contracts and verdicts to the one Report.
#pragma once

#include "frontend/project/load.h"
#include "promela/verify/verify.h"
#include "promela/verify_systems/verify_systems.h"
#include "reports/cli/options.h"
#include "reports/report/report.h"

namespace singspin::cli {

// Without `results` (for `check`) the report has no verdicts.
report::Report assemble(project::Loaded loaded, const verify::Results* results,
                        const verify::SystemResults* systems, const Options& options);

}  // namespace singspin::cli
