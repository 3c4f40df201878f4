// One system through spin, the compiler and pan: what the exhaustive run said and a shortest trail to each
// way in which runs end, executed by the interpreter.
#pragma once

#include <csignal>
#include <optional>
#include <vector>

#include "frontend/explore/explore.h"
#include "promela/spin/engine.h"
#include "promela/spin/outcome.h"
#include "promela/verify/verify.h"
#include "promela/verify_systems/identity.h"

namespace singspin::verify {

struct SystemContext {
  const ir::Program& program;
  const source::SourceMap& sources;
  const Options& options;
  const spin::Tools& tools;
  const volatile std::sig_atomic_t* interrupted;
  Engine& engine;
};

// A value of `over` that was seen.
struct SeenEnd {
  systems::RunEnd end;
  std::uint64_t count = 0;  // states
  std::optional<explore::Run> run;
};

struct SystemRun {
  std::optional<systems::Refusal> refusal;  // nothing was run: SPIN cannot take the system
  std::optional<spin::Failure> failure;     // nothing was run: why
  spin::SpinOutcome outcome;
  std::optional<std::uint64_t> configurations;  // what the observer counted; absent: it did not report
  std::uint64_t transitions = 0;                // steps of the system's processes
  std::vector<std::vector<bool>> taken;         // by process and edge
  std::vector<SeenEnd> ends;
  std::string trace_problem;
  bool out_of_time_for_traces = false;
  double seconds = 0;
  bool complete() const { return !refusal && !failure && outcome.complete && configurations; }
};

// `expected_configurations`: what the explorer counted, to choose a compiler and a table.
SystemRun run_system(const SystemContext& context, const explore::Interpreter& interpreter,
                     std::uint64_t expected_configurations);

// The observer's lines; false if one is missing or the text ends early.
bool read_system_observation(const std::vector<std::string>& lines, std::uint64_t& configurations,
                             std::vector<std::pair<unsigned, std::uint64_t>>& ended);

}  // namespace singspin::verify
