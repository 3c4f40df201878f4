// Cycles of transitions of one sign: whoever sends with that sign can go round such a cycle for ever
// without the other party (rule S21 and section 8.5 of the language reference).
#pragma once

#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::ir {

// At least one cycle for every state from which one can be entered; each leads from a state back to
// it. Only states marked in `within` count. Fixed order.
std::vector<std::vector<TransitionId>> one_way_cycles(const Contract& contract, Sign sign,
                                                      const std::vector<bool>& within);

}  // namespace singspin::ir
