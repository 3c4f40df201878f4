// The verdicts of each system in words, as those of contracts: `proved` never without its bounds.
#pragma once

#include <string>
#include <vector>

#include "reports/formats/terminal/verdict_rows.h"

namespace singspin::terminal {

Word word_of(const report::SystemVerdict& verdict);
std::vector<VerdictRow> system_rows(const report::Report& report, const report::SystemReport& system,
                                    const Options& options);

}  // namespace singspin::terminal
