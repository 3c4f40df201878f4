// Verdicts: what is known about a property, how far it reaches and why (output specification,
// sections 3 and 6). Both engines, SPIN and the explorer, answer in this form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/exec/exec.h"
#include "frontend/ir/property.h"

namespace singspin::exec {

enum class Status : std::uint8_t { Proved, Violated, Inconclusive, Skipped, Error };
enum class Strength : std::uint8_t { AnyQueueLength, UpToCapacity };

// What a proof rests on.
enum class Basis : std::uint8_t {
  CompleteSearch,  // every configuration was visited and no send was held back: so for longer queues
  BoundedSearch,   // every configuration with queues of this capacity was visited
  Runs,            // runs come everywhere; with longer queues they are runs as well
  // Theorems, see lockstep.h and theorems.h.
  AutonomousDeterministic,
  EqualChoices,
  TakesTurns,
  SynchronizableDeterministic,
};
bool is_theorem(Basis basis);

// Why a verdict is open.
enum class Reason : std::uint8_t {
  TimeLimit,
  MemoryLimit,
  DepthLimit,
  QueueLimit,
  Interrupted,
  NotReached,
  Unsupported,
  MissingInput,
  EngineWarning,
  EngineFailure,
};

struct Statistics {
  std::optional<std::uint64_t> configurations;
  std::optional<std::uint32_t> longest_queue;
  std::optional<std::uint64_t> states_stored;
  std::optional<std::uint64_t> states_matched;
  std::optional<std::uint64_t> transitions;
  std::optional<std::uint64_t> max_depth;
  std::optional<std::uint64_t> memory_bytes;
  std::optional<std::uint64_t> state_vector_bytes;
  std::optional<double> elapsed_seconds;
};

struct Verdict {
  ir::Property property = ir::Property::DeadlockFree;
  diagnostics::Severity severity = diagnostics::Severity::Error;
  Status status = Status::Inconclusive;
  Strength strength = Strength::UpToCapacity;  // of proved and violated
  bool exhaustive = false;                     // the search was complete
  std::vector<Basis> bases;                    // of proved: what it rests on
  std::optional<Capacity> settled_by;          // up-to-capacity: with queues of this length no send waits
  Capacity capacity;                           // 0: nothing was searched
  std::optional<Reading> reading;              // only for contracts with mixed states
  ir::StateId entry;                           // where the runs start
  std::string claim;                           // `user:NAME`; empty unless the property is User
  bool fair = false;                           // about runs in which each party that always can go on goes on
  std::optional<Trace> trace;                  // executed by exec
  std::optional<std::uint32_t> loop_start;     // of a claim: the steps of the trace from here on repeat
  bool shortest = true;                        // of the trace: no shorter run shows it
  std::vector<std::size_t> findings;           // violated without a run: rows of Subject::findings
  bool suppressed = false;                     // all its findings are silenced by comments
  Reason reason = Reason::NotReached;          // of inconclusive, skipped, error
  std::string detail;                          // words; names the flag to raise for a limit
  Statistics statistics;
};

std::string property_name(const Verdict& verdict);  // `deadlock-free`, `user:NAME`
std::string_view status_text(Status status);        // `proved`
std::string_view strength_text(Strength strength);  // `any-queue-length`
std::string_view basis_text(Basis basis);           // `complete-search`
std::string_view reason_text(Reason reason);        // `time-limit`

}  // namespace singspin::exec
