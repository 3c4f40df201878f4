// Trails to runs: each record names a statement, the statement a transition, and exec executes it.
// Promises: a Trace exists only if exec executed every step and its end shows the fault.
#pragma once

#include "frontend/exec/exec.h"
#include "promela/mapback/identity.h"
#include "promela/spin/trail.h"

namespace singspin::mapback {

struct Target {
  const ir::Contract* contract = nullptr;
  exec::Scope scope;
  std::size_t machine = 0;         // row of pml::Model::machines
  std::int64_t first_process = 0;  // pid of the exporter; the importer follows
};

// The run of `trail`, which ends with `fault`. Breadth-first trails may end in one record that was
// never executed; that one record is dropped if the run shows the fault without it.
base::Expected<exec::Trace> map_back(const Target& target, const Identity& identity, const spin::Trail& trail,
                                     exec::Fault fault);

}  // namespace singspin::mapback
