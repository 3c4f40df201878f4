// Breadth-first exploration of all configurations: the second opinion on SPIN, and the place where
// the exact queue capacity is found (section 8.5).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "frontend/exec/exec.h"

namespace singspin::exec {

struct Budget {
  std::uint64_t configurations = 200'000;
};

struct Exploration {
  bool complete = false;  // false: the budget ran out
  bool cut = false;       // some send was held back by a full queue
  std::uint64_t configurations = 0;
  std::uint64_t transitions = 0;  // enabled steps, summed over configurations
  std::uint64_t stuck = 0;        // configurations without a step that are not both final
  std::uint32_t longest_to_importer = 0;
  std::uint32_t longest_to_exporter = 0;
  bool both_queues_used = false;  // a configuration with messages in both queues: not half-duplex
  bool unreceivable_head_at_mixed = false;
  // A shortest run to each fault, indexed by Fault.
  std::array<std::optional<Trace>, 4> faults;
  // A shortest run to a narrow deadlock, if there is one.
  std::optional<Trace> deadlock;
  // Indexed by transition: some party sent it, some party received it.
  std::vector<bool> sent;
  std::vector<bool> received;
  // Indexed by state: some party was there.
  std::vector<bool> exporter_at;
  std::vector<bool> importer_at;
};

Exploration explore(const ir::Contract&, const Scope&, const Budget&);

// The smallest capacity at which no send is held back, found by doubling from 1; the exploration
// at the last capacity tried. `exact` tells whether that capacity was reached within `budget`.
struct CapacitySearch {
  bool exact = false;
  Capacity capacity;  // the longest queues if exact (at least 1 each), else the last one tried
  Exploration exploration;
};
CapacitySearch find_capacity(const ir::Contract&, const Scope&, const Budget&);

// A cycle of sends of one party through `states`, in a fixed order: whoever is there can fill the
// other party's queue without end (8.5). Only states marked in `reached` count.
struct SendCycle {
  ir::Role role = ir::Role::Exporter;
  std::vector<ir::TransitionId> transitions;  // leads from a state back to it
};
std::optional<SendCycle> find_send_cycle(const ir::Contract&, ir::Role, const std::vector<bool>& reached);
// A shortest run to a state of the cycle, followed by one round: it can go on for ever. The round is
// the last `cycle.transitions.size()` steps. nullopt: not found within the budget.
std::optional<Trace> run_around(const ir::Contract&, const Scope&, const SendCycle& cycle, const Budget&);

}  // namespace singspin::exec
