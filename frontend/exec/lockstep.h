// What the shape of a contract proves without any search (sections 8.5 and 8.6 of the language reference).
#pragma once

#include <optional>
#include <vector>

#include "frontend/exec/determinized.h"
#include "frontend/exec/exec.h"

namespace singspin::exec {

// Both parties take the same actions in the same order, one of them behind the other.
struct Lockstep {
  std::vector<bool> states;         // indexed by state: both parties come there
  std::vector<bool> transitions;    // indexed by transition: sent and received
  std::optional<Capacity> longest;  // most messages that ever wait; absent: a queue grows without end
};

// Theorem (section 8.6, item 1, and its extension to equal choices). Precondition: in the determinised
// machine from `entry` no set of states mixes directions or final and other states, and all states of a
// set offer the same actions; for a deterministic contract that is autonomy.
// Conclusion: no configuration has a fault (sections 8.3, 8.4), the contract is half-duplex and
// synchronizable, both parties come to every state that transitions lead to, and each queue holds at most
// as many messages as the longest chain of transitions of one direction, which is reached; the queues
// are bounded exactly if no cycle has one direction only.
// Proof: see find_turns for the invariant, which gives half-duplex, no orphan, and that a party which is
// stuck has a head it does not list. The head is an action of some state of the party's set, hence of the
// party's own state. A party can go any way: the other one, whose state offers the same, follows.
// nullopt: the precondition does not hold, and nothing is said.
std::optional<Lockstep> find_lockstep(const ir::Contract&, ir::StateId entry);
std::optional<Lockstep> find_lockstep(const ir::Contract&, ir::StateId entry,
                                      const std::optional<Determinized>&);

// The parties send in turns, even where a choice is ambiguous.
struct Turns {
  std::optional<Capacity> most;  // messages that wait are never more; absent: nothing is known
};

// Theorem (what autonomy of the determinised machine, section 8.6, proves). Precondition: in the
// determinised machine from `entry` no set of states mixes directions, or final and other states.
// Conclusion: no orphan-message, no final-with-pending, no deadlock with empty queues, the contract is
// half-duplex, and no queue exceeds
// the longest chain of transitions of one direction. Whether a message is unexpected stays open.
// Proof. Invariant: the actions of one party are those of the other followed by sends of its own, and
// these sends are what the queues hold. The party behind is in the set D that its actions lead to. If
// messages wait, the first of them is an action of a state of D, so no state of D is final and all of
// them only receive: the party behind cannot send, and receives nothing but that message. If none waits,
// both are in the same set, and only one of them can send. The messages that wait are the last
// transitions of the party ahead, which are a chain of its sends.
std::optional<Turns> find_turns(const ir::Contract&, ir::StateId entry, const std::optional<Determinized>&);

}  // namespace singspin::exec
