// What the shape of a contract proves without any search (section 8.6 of the language reference, item 1,
// and section 8.5).
#pragma once

#include <optional>
#include <vector>

#include "frontend/exec/exec.h"

namespace singspin::exec {

// Both parties take the same transitions in the same order, one of them behind the other.
struct Lockstep {
  std::vector<bool> states;         // indexed by state: both parties come there
  std::vector<bool> transitions;    // indexed by transition: sent and received
  std::optional<Capacity> longest;  // most messages that ever wait; absent: a queue grows without end
};

// Theorem: if every state that `entry` leads to is autonomous (offers one direction only) and
// deterministic (no two transitions with one label), no configuration has a fault (sections 8.3, 8.4),
// the contract is half-duplex and synchronizable, and each queue holds at most as many messages as the
// longest chain of consecutive transitions of one direction; the queues are bounded exactly if no cycle
// has one direction only. Proof idea: only one party can send at a time; the other reads what was sent in
// order, and determinism leaves it no other transition than the sender's own.
// nullopt: the precondition does not hold, and nothing is said.
std::optional<Lockstep> find_lockstep(const ir::Contract&, ir::StateId entry);

}  // namespace singspin::exec
