// The C tables that prelude/observer_code.pml reads: what each endpoint can do in each state.
// They are printed once SPIN has numbered the states of its processes.
#pragma once

#include <string>
#include <vector>

#include "promela/print/print.h"

namespace singspin::pml {

// By process of `Printed` and state number of SPIN: the row of Process::blocks, -1 for states in the
// middle of nothing.
using BlockOfState = std::vector<std::vector<int>>;

std::string print_tables(const Model& model, const BlockOfState& blocks);

}  // namespace singspin::pml
