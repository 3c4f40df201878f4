// From systems to verdicts. Two engines decide: SPIN and the explorer. Each safety property is searched
// by both and must come out alike, with the same number of configurations and steps and equally short
// runs; eventual behaviour (owed-reply, leadsto, progress) is decided by the explorer, whose fairness is
// exact, on the graph that SPIN has confirmed. Promises: `proved` only where the search was complete;
// a run in a verdict was executed by the interpreter.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/explore/explain.h"
#include "frontend/explore/verdict.h"
#include "promela/verify_systems/run.h"

namespace singspin::verify {

// Who answered: both engines the same, or one alone.
enum class DecidedBy : std::uint8_t { Both, Spin, Explorer };
std::string_view text(DecidedBy engine);  // `spin+explorer`, `spin`, `explorer`

struct SystemVerdict {
  explore::Verdict verdict;
  DecidedBy engine = DecidedBy::Both;
  std::string detail;                               // of inconclusive and error
  std::optional<explore::Explanation> explanation;  // of a run of the explorer
  bool is_open() const {
    return verdict.status != exec::Status::Proved && verdict.status != exec::Status::Violated;
  }
};

struct SystemResult {
  std::size_t system = 0;  // row of what was asked for
  std::vector<SystemVerdict> verdicts;
  exec::Statistics statistics;
  explore::Bounds bounds;
  std::string strength;  // `for the whole model: queues of 2, 2 tokens per pool`
  bool exhaustive = false;
};

struct SystemResults {
  std::vector<SystemResult> systems;
  Engine engine;
  std::vector<diagnostics::Diagnostic> problems;  // of the tools: SS09xx
  bool interrupted = false;
};

using SystemProgress = std::function<void(std::size_t done, std::size_t total, const ir::System&)>;

// A property that is decided by search, not by fair runs.
bool is_safety(const ir::System& system, const explore::Verdict& verdict);

// Where the engines differ, in words; empty if they agree.
std::string compare_engines(const explore::Decision& decision, const SystemRun& run);

SystemResults verify_systems(const ir::Program& program, const std::vector<ir::System>& systems,
                             const source::SourceMap& sources, const Options& options,
                             const spin::Tools& tools, const volatile std::sig_atomic_t* interrupted,
                             const SystemProgress& progress);

}  // namespace singspin::verify
