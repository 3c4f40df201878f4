// All the ways in which a contract can fail, each once. Many interleavings lead to one failure: what tells
// failures apart is who is stuck where and which message it cannot take, not what else lies in the queues.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "frontend/exec/explore.h"

namespace singspin::exec {

// One for each fault of the configuration; equal for configurations that show the same failure.
struct Failure {
  Fault fault = Fault::Stuck;
  std::string key;
};
std::vector<Failure> failures_at(const ir::Contract&, const Scope&, const Configuration&);

struct FailureSearch {
  bool complete = false;    // false: the budget ran out
  std::vector<Trace> runs;  // each a shortest run to a failure that no run before it shows
};
// `known`: keys that need no run.
FailureSearch find_failures(const ir::Contract&, const Scope&, const Budget&, std::set<std::string> known);

}  // namespace singspin::exec
