// The checks that users wrote in one contract: one model with a formula for each, one run of pan for each.
#pragma once

#include <vector>

#include "frontend/claims/claim.h"
#include "promela/verify/judge.h"

namespace singspin::verify {

struct ClaimResults {
  std::vector<exec::Verdict> verdicts;            // in the order of the claims
  std::vector<diagnostics::Diagnostic> findings;  // violated without a run: rows that verdicts name
  std::vector<std::string> problems;              // trails that did not replay
  std::vector<std::string> disagreements;         // of SPIN and the interpreter
};

// `facts` is the machine of the contract from its start in the free reading, already searched: its queues
// are used, and if that search was not complete every claim stays open for the same reason.
ClaimResults verify_claims(const BatchContext& context, const MachineFacts& facts,
                           const std::vector<const claims::Claim*>& claims);

}  // namespace singspin::verify
