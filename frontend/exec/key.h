// What explorations share: a configuration as one string of ids, cheap to hash and to compare, and the way
// back from a node to the start.
#pragma once

#include <algorithm>
#include <string>

#include "frontend/exec/exec.h"

namespace singspin::exec {

std::string key_of(const Configuration& configuration);

// The run that led to a node, executed. Nodes have the node they were first reached from (`parent`) and the
// `step` that led on; the first one is the start.
template <class Nodes>
Trace run_back(const ir::Contract& contract, const Scope& scope, const Nodes& nodes, std::size_t index) {
  std::vector<Step> steps;
  for (; index != 0; index = nodes[index].parent) steps.push_back(nodes[index].step);
  std::reverse(steps.begin(), steps.end());
  auto trace = execute(contract, scope, steps);
  CHECK(trace.has_value(), "an explored run can be executed");
  return *trace;
}

}  // namespace singspin::exec
