// One complete run of one machine as text that outlives the process: row numbers and counts, no places
// and no paths, so that it fits every text the same machine is read from. Of what a run costs it says
// nothing. Promises: pure; `read_record` takes any bytes and gives a run only if it is well formed, belongs
// to the machine, and each of its traces was executed again and shows its fault. Verdicts are not kept: they
// are judged anew from the run. A stranger may have written the record, so whoever uses it must have explored
// the machine and compare every number (`compare_engines`).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "promela/verify/batch.h"

namespace singspin::verify {

// SHA-256 in hexadecimal of everything a run depends on: the rows of the contract with the names of messages
// and states, entry, reading and queue lengths, limits, the sources of this program that make or read a run,
// and `tools`.
std::string record_key(const ir::Contract& contract, const exec::Scope& scope, const Options& options,
                       std::string_view tools);

// Complete, observed, without a problem; `wants_traces`: with a run to each fault that was seen.
bool is_worth_keeping(const MachineRun& run, bool wants_traces);

// `run` as if its machine had been alone in the model.
std::string write_record(const MachineRun& run);
std::optional<MachineRun> read_record(std::string_view text, const ir::Contract& contract,
                                      const exec::Scope& scope);

}  // namespace singspin::verify
