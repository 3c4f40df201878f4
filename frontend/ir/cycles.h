// Cycles of transitions of one sign: whoever sends with that sign can go round such a cycle for ever
// without the other party (rule S21 and section 8.5 of the language reference).
#pragma once

#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::ir {

// One cycle for every strongly connected part of the transitions of `sign`: a shortest one through the
// first state of the part, leading from that state back to it. Only states marked in `within` count.
// In the order of those states.
std::vector<std::vector<TransitionId>> one_way_cycles(const Contract& contract, Sign sign,
                                                      const std::vector<bool>& within);

}  // namespace singspin::ir
