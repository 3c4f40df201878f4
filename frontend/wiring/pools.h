// Which blocks generated peers send, and which components may hold blocks of which pool (4.3).
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "frontend/wiring/build.h"

namespace singspin::wiring {

// A message with a block that the end `role` can send although the run of the contract has not given it as
// many blocks before: then a peer there needs a pool. None: it lives on what it gets.
std::optional<ir::MessageId> sent_without_receiving(const ir::Contract& contract, ir::StateId start,
                                                    ir::Role role);

// A generated peer with a pool of its own needs no other blocks: it frees what it gets, so nobody's `new`
// waits for blocks that a peer might return and does not. Which block it sends makes no difference to
// anybody.
bool frees_what_it_gets(const Build& build, ir::ComponentId c);

// For each component the pools it may ever hold blocks of: its own, and those of whoever sends it blocks.
std::vector<std::set<ir::PoolId>> held_pools(const Build& build);

}  // namespace singspin::wiring
