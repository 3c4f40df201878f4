// What stays possible: whether every configuration still has a run that ends the conversation, or one
// that leads back to its start. These are statements about branching ("there is a run from here"), which
// no linear-time search decides, so SPIN is not asked; that the interpreter saw the same configurations
// as SPIN is checked before the answer counts (promela/verify).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "frontend/exec/ending.h"
#include "frontend/exec/exec.h"
#include "frontend/exec/explore.h"

namespace singspin::exec {

struct Ahead {
  bool complete = false;  // false: the budget ran out, and nothing below is known
  std::uint64_t configurations = 0;
  // A shortest run to a configuration from which no run reaches "both finished, both queues empty".
  std::optional<Trace> cannot_finish;
  // The same for the configuration in which the conversation started.
  std::optional<Trace> cannot_return;
};

// Configurations whose sends are held back count as they are: ask with queues that are long enough.
Ahead look_ahead(const ir::Contract&, const Scope&, const Budget&);

// A shortest run to a configuration with `wanted`. `complete` is set to whether all were looked at, or one
// was found.
std::optional<Trace> shortest_run_to(const ir::Contract&, const Scope&, const Budget&,
                                     const std::function<bool(const Configuration&)>& wanted, bool& complete);

// For a trace of `look_ahead`. `decisive` is its last step, since it is a shortest one; `ahead` lists what
// can still be entered.
Ending explain_trap(const ir::Contract&, const Trace&, Ending::Kind kind);

}  // namespace singspin::exec
