// Implicit states that vanish from a picture. Internal to reports/graph.
#pragma once

#include <vector>

#include "reports/graph/graph.h"

namespace singspin::graph {

// A way from one state that stays to another.
struct Arc {
  ir::StateId from;
  ir::StateId to;
  Label label;
};

// In textual order of the first actions.
std::vector<Arc> folded_arcs(const ir::Contract& contract);
// One for every transition.
std::vector<Arc> full_arcs(const ir::Contract& contract);

}  // namespace singspin::graph
