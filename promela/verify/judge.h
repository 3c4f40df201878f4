// Verdicts from one exhaustive run of one machine: pure functions, where the meaning of "proved" is
// decided. What a run leaves open is inconclusive.
#pragma once

#include "frontend/exec/explore.h"
#include "frontend/exec/theorems.h"
#include "promela/verify/batch.h"

namespace singspin::verify {

// Everything known about one machine.
struct MachineFacts {
  Machine machine;
  exec::CapacitySearch search;             // of the explorer
  MachineRun run;                          // of SPIN
  std::optional<MachineRun> complete_run;  // an earlier one, with shorter queues, that was complete
  bool begun = false;                      // SPIN was asked
  bool gave_up = false;                    // longer queues than those of `run` were too much
  // What holds for queues of any length; compared with every complete search.
  exec::Theorems theorems;
  std::optional<exec::Capacity> enough;  // of a fixed capacity that held a send back: what would not have
  bool not_for_spin = false;             // so many states that generating a verifier would take minutes
};

// One verdict per property; states-reachable is judged for the whole contract by `judge_reachable`.
std::vector<exec::Verdict> judge(const ir::Contract& contract, const MachineFacts& facts,
                                 const Options& options);

// Why a search says nothing.
exec::Reason reason_of(spin::Incomplete cause);
exec::Reason reason_of(const spin::Failure& failure);

// Proved if the search of the machine was complete, else open with the reason.
exec::Verdict open_verdict(const ir::Contract& contract, const MachineFacts& facts, const Options& options);

// Whether a queue is known to grow without end: longer ones need not be tried.
bool grows_without_end(const ir::Contract& contract, const MachineFacts& facts, const Options& options);

// The verdict over all entries of one reading, and a finding per state and message.
exec::Verdict judge_reachable(const ir::Contract& contract, const std::vector<const MachineFacts*>& entries,
                              const Options& options, std::vector<diagnostics::Diagnostic>& findings);

// SPIN refused the model because of a limit of its own, such as "d_step sequence too long".
bool is_spin_limit(const spin::Failure& failure);

// Why a run leaves a verdict open, and the flag that raises the limit; empty if there is none.
exec::Reason reason_of(spin::Incomplete cause);
exec::Reason reason_of(const spin::Failure& failure);
std::string limit_advice(exec::Reason reason, const Options& options);

// Where SPIN and the explorer differ, in words; empty if they agree or the explorer could not look.
std::string compare_engines(const ir::Contract& contract, const MachineFacts& facts,
                            std::size_t machines_in_model);

}  // namespace singspin::verify
