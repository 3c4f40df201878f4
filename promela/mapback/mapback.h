// Trails to runs: each record names a statement, the statement a transition, and exec executes it.
// Promises: a Trace exists only if exec executed every step and its end shows the fault.
#pragma once

#include "frontend/claims/claim.h"
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

// A run that goes on for ever, as moments for a claim and as steps for people.
struct Lasso {
  claims::Word word;
  exec::Trace trace;
  // trace.steps from here on repeat; absent: the run ends, and nothing happens any more.
  std::optional<std::uint32_t> loop_start;
};

// The run of a trail of `pan -a`: process 0 is the claim, the exporter and the importer are 1 and 2, and 3
// lets time pass. Fails unless every step was executed, the run comes back to where its loop began, and
// the run is fair: no party could always make a step of the loop and never does.
base::Expected<Lasso> map_back_lasso(const Target& target, const Identity& identity,
                                     const spin::Trail& trail);

}  // namespace singspin::mapback
