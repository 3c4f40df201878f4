// IR to Promela tree: one process per endpoint, one block per state, one option per transition.
// Total: any valid contract can be lowered. Knows no Promela punctuation and not how exec is written.
#pragma once

#include <vector>

#include "frontend/ir/claim.h"
#include "promela/model/model.h"

namespace singspin::lower {

// The contract from one entry state under one reading.
struct Request {
  const ir::Contract* contract = nullptr;
  ir::StateId entry;
  bool priority = false;  // the priority reading of mixed states
  std::uint32_t to_importer = 1;
  std::uint32_t to_exporter = 1;
};

// `observed`: for a verification run; otherwise the model people read.
pml::Model lower(const std::vector<Request>& requests, const source::SourceMap& sources, bool observed);

// Whether SPIN has room for the formula of the claim; its buffer is small.
bool fits_spin(const claims::Claim& claim);

// The plain model of one contract with a formula for each claim, in their order, named `claim_1` and so on.
// The formula of a `reachable` is "never": its violation is a run that gets there.
pml::Model lower_claims(const Request& request, const std::vector<const claims::Claim*>& claims,
                        const source::SourceMap& sources);

}  // namespace singspin::lower
