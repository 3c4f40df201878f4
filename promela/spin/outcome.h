// What a run of pan says: counts, findings, and whether the search was complete.
// Promises: pure; `complete` only if every line of both streams was understood and none of them
// qualifies the result. The exit status alone never decides: pan exits 0 at every limit.
// Does not know what the model means; a finding is text and a depth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "promela/spin/process.h"

namespace singspin::spin {

// A line `pan:K: message (at depth N)` whose message is a violation: `invalid end state`, `assertion
// violated ...` or the model's own `@...`. Pan prints equal messages in a row only once, so `errors` may
// exceed the number of findings.
struct Finding {
  std::string message;
  std::uint64_t depth = 0;
};

// A line of the peg table: how often the statement of this line was executed.
struct PegCount {
  std::uint64_t count = 0;
  unsigned transition = 0;  // pan's number for the C code, not the id of trails
  std::string file;
  unsigned line = 0;
};

enum class Incomplete {
  TimeLimit,
  MemoryLimit,
  DepthLimit,
  StoppedAtError,
  Interrupted,
  NotExhaustive,      // bit state, hash compact, restricted scheduling
  ModelFault,         // an error of the model or its generator, not of what it models
  UnknownText,        // a line nobody taught us
  MissingStatistics,  // the text ends early or never began
  Crashed,
};

struct SpinOutcome {
  bool complete = false;
  std::optional<Incomplete> cause;  // set exactly if not complete
  std::string cause_text;           // the line, or what happened
  std::uint64_t errors = 0;
  std::vector<Finding> findings;
  // Pan prints eight digits: above 10^8 the counts are rounded.
  std::uint64_t states_stored = 0;
  std::uint64_t states_matched = 0;
  std::uint64_t transitions = 0;
  std::uint64_t atomic_steps = 0;
  std::uint64_t max_depth = 0;
  std::uint64_t state_vector_bytes = 0;
  double memory_megabytes = 0;
  std::vector<PegCount> pegs;
  std::vector<std::string> observations;  // the model's own lines, `@...`
  std::string spin_version;               // "Spin Version 6.5.2 -- 6 December 2019"
};

// What was asked of the run decides what its text has to say.
enum class Search {
  EndStates,  // no claim: a breadth-first search for end states and the model's own errors
  OwnErrors,  // the same with -E: end states are not looked at
  Claim,      // `-a -N NAME`: acceptance cycles of one claim
};

SpinOutcome read_outcome(const ProcessResult&, Search search = Search::EndStates);

// How far a run has come: the last line `Depth= ...` of what pan has printed so far, one for each million
// states.
struct PanProgress {
  double states = 0;
  double megabytes = 0;
  double states_per_second = 0;
};
std::optional<PanProgress> read_progress(std::string_view out);

// "time limit", "depth limit" ... for messages.
const char* incomplete_text(Incomplete);

}  // namespace singspin::spin
