// The theorems about two parties (sections 8.5 and 8.6 of the language reference), applied to one
// contract: which properties hold for queues of any length without a look at long queues.
// Each is compared with every search that was complete, so a theorem is never trusted alone where a
// search could look.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "frontend/exec/explore.h"
#include "frontend/exec/lockstep.h"
#include "frontend/exec/verdict.h"

namespace singspin::exec {

struct Theorems {
  bool deterministic = false;
  std::optional<Lockstep> lockstep;
  std::optional<Turns> turns;
  // Absent: too large to decide, or no theorem needs it. Decided with queues of one message.
  std::optional<bool> synchronizable;
};

Theorems find_theorems(const ir::Contract&, ir::StateId entry, const Budget&);

// What proves that a property holds in every configuration, for queues of any length and under both
// readings of mixed states; empty if no theorem applies. States-reachable needs no theorem.
//
// Synchronizable and deterministic (section 8.6, item 3) proves no-unexpected-message and
// no-orphan-message. Proof: let a party that did the actions v have m at the head of its queue. Delay each
// send of the other party until just before its receive; what it had received before was sent before that
// receive as well, so this is a run, and its sends are v. Then m is sent. Synchronizable: v m is a sequence
// of actions of the contract; deterministic: v leads to the party's own state, which therefore lists m.
//
// Both readings: the priority rule takes steps away and never the last one of a party, since a party is
// restrained only if it can receive. So what no configuration of the free reading shows, none of the
// priority reading shows.
std::vector<Basis> proofs_of(const Theorems&, ir::Property);

// What a complete search saw.
struct Observed {
  Capacity capacity;
  Capacity longest;
  std::array<bool, 4> faults{};  // by Fault
  bool deadlock = false;
  bool cut = false;
  bool both_queues_used = false;
  std::vector<bool> sent;
  std::vector<bool> received;
};
Observed observed(const Capacity& capacity, const Exploration&);

// Where that contradicts a theorem, in words; empty if nowhere.
std::string contradiction(const Theorems&, const Observed&);

}  // namespace singspin::exec
