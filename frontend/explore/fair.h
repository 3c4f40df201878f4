// Fair infinite runs through the explored graph (rule 10), found exactly: strongly connected components,
// taken apart along the strong requirements they cannot fulfil. What is said about an incomplete graph
// is true as far as a run was found.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "frontend/explore/explore.h"
#include "frontend/explore/fairness.h"

namespace singspin::explore {

// By node: may the run be there for ever.
using Mask = std::vector<bool>;

// A run that stays within a mask for ever: its configurations from `entry` on.
struct FairEnd {
  Node entry = 0;
  std::vector<std::uint32_t> loop;  // moves from `entry` back to it; empty: it stays at `entry`
};

enum class Cycles : std::uint8_t {
  All,          // runs that stay in their last configuration count as well (a stuck run, rule 7)
  NonProgress,  // only infinite ones, and without edges marked `progress` (4.6)
};

struct FairAnswer {
  std::optional<FairEnd> end;
  std::optional<exec::Reason> stopped;  // the search was ended; nothing is known without an end
};

// The first one in breadth-first order that stays, else one in the component found first.
FairAnswer find_fair_end(const Graph&, const Fairness&, const Mask&, const Stop& stop = {},
                         Cycles cycles = Cycles::All);

// Nodes of `within` that paths inside `within` reach from nodes of `from`; `parents`: how, as (node, move).
struct Reached {
  Mask nodes;
  std::vector<std::pair<Node, std::uint32_t>> parents;  // of a node of `from`: itself
};
Reached reach(const Graph&, const Mask& from, const Mask& within);

// Executed. With `reached` the run enters `within` at a node of `from`.
Run run_of(const Graph&, const FairEnd&, const Reached* reached = nullptr);

// Whether an executed run with a loop is fair, from the definitions alone and without the graph.
bool is_fair_lasso(const Interpreter&, const Run&);

}  // namespace singspin::explore
