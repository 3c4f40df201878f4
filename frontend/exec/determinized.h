// The determinised machine of a contract: its nodes are the sets of states that one sequence of actions
// leads to (section 8.6 of the language reference).
#pragma once

#include <optional>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::exec {

struct Determinized {
  bool deterministic = true;  // every set has one state
  bool autonomous = true;     // no set mixes directions, or final and other states
  bool equal = true;          // all states of a set offer the same actions
};

// nullopt: the sets are too many to be looked at. A set that mixes directions ends the search: nothing
// else is said then.
std::optional<Determinized> determinize(const ir::Contract&, ir::StateId entry);

// Indexed by state: some sequence of transitions leads there from `entry`.
std::vector<bool> reached_from(const ir::Contract&, ir::StateId entry);
// No reached state has two transitions with one label.
bool is_deterministic(const ir::Contract&, const std::vector<bool>& reached);

}  // namespace singspin::exec
