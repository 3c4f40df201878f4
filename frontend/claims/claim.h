// Claims over runs: what an engine has to show, and the judgement of a run by the definition of each
// operator. Knows no engine.
#pragma once

#include <optional>
#include <vector>

#include "frontend/exec/exec.h"
#include "frontend/ir/claim.h"

namespace singspin::claims {

bool mentions_events(const Claim& claim);
// Without temporal operators below a leading "always": a configuration decides.
bool is_about_configurations(const Claim& claim);

// A moment of a run and what happened just before it.
struct Moment {
  exec::Configuration configuration;
  std::optional<exec::Step> step;
};
// A run that goes on for ever: after the last moment comes moments[loop].
struct Word {
  std::vector<Moment> moments;
  std::size_t loop = 0;
};

// Whether the word satisfies the root, by the definition of each operator, from the innermost outwards.
bool holds(const Claim& claim, const ir::Contract& contract, const Word& word);

}  // namespace singspin::claims
