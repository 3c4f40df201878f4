// The verdicts of one contract, gathered into rows: what has the same status, strength and reason
// is said once.
// Knows the words and not how they are arranged.
#pragma once

#include <string>
#include <vector>

#include "reports/formats/terminal/verdicts.h"

namespace singspin::terminal {

struct VerdictRow {
  Word word = Word::Proved;
  std::vector<std::string> lines;
  bool details = false;  // a counterexample or diagnostic is shown further down
  bool plain = false;    // proved for any queue length
};

// The worst first, proved last.
std::vector<VerdictRow> verdict_rows(const report::Report& report, const report::ContractReport& contract,
                                     const Options& options);
// Where the priority reading of mixed states has another outcome.
std::vector<std::string> priority_lines(const report::Report& report, const report::ContractReport& contract);
// What the search did; for -v.
std::vector<std::string> statistics_lines(const report::ContractReport& contract, const Options& options);

}  // namespace singspin::terminal
