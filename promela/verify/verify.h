// From contracts to verdicts: finds the queue capacity, lowers, prints, runs SPIN, maps back, and
// compares SPIN with the explorer. All properties of a contract come from one exploration of one
// compiled model; many contracts share a model.
// Promises: `proved` only if the whitelist of outcome.h called the search complete and the explorer,
// where it could look, agreed. Knows no report and no option of a command line.
#pragma once

#include <csignal>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "frontend/claims/claim.h"
#include "frontend/exec/ending.h"
#include "frontend/exec/verdict.h"
#include "promela/spin/outcome.h"
#include "promela/spin/tools.h"
#include "promela/verify/memory.h"

namespace singspin::verify {

struct Options {
  std::optional<std::uint32_t> queue_capacity;  // fixed for every queue; absent: found per contract
  double time_limit_seconds = 300;              // per contract
  std::uint64_t memory_limit_bytes = 4ull << 30;
  std::uint64_t depth_limit = 1'000'000;
  unsigned jobs = 2;
  bool keep_files = false;
  bool want_traces = true;
  std::uint64_t explorer_budget = 100'000;  // configurations the second opinion may look at
  std::set<ir::Property> properties;        // what is asked for; empty: the default ones
  // A violation of one of these ends the run; what was not begun by then is skipped.
  std::set<ir::Property> end_at;
  bool keep_output = false;  // what the engines print goes into Engine::output
  bool referee = false;      // four more searches by SPIN must agree with the interpreter, see referee.h
};
bool is_wanted(const Options& options, ir::Property property);

struct ContractResult {
  ir::ContractId contract;
  std::vector<exec::Verdict> verdicts;  // free reading first, then priority if there are mixed states
  exec::Capacity capacity;
  bool cached = false;  // SPIN was not run: earlier verifications had run all of it
  // Findings about behaviour: unreachable states and messages never sent (SS0105), notes and warnings.
  std::vector<diagnostics::Diagnostic> findings;
};

// What was run, for the report.
struct Engine {
  std::string spin_version;
  std::string compiler;
  std::vector<std::string> compiler_flags;
  std::vector<std::string> verifier_flags;
  std::vector<std::string> kept_folders;
  struct Output {
    std::string command;  // as it would be typed
    std::string text;     // the first part, if it is long
  };
  std::vector<Output> output;
};

struct Results {
  std::vector<ContractResult> contracts;
  Engine engine;
  std::vector<diagnostics::Diagnostic> problems;  // of the tools: SS09xx
  // Of Options::referee: machines that were searched, and those on which all searches agree.
  std::size_t machines = 0, refereed = 0;
  bool interrupted = false;
};

// Told when the engines turn to another contract, are done with one, or say how far they are with it.
struct ProgressNews {
  std::size_t done, total;  // machines
  const ir::Contract& contract;
  std::optional<spin::PanProgress> search;  // of a search that takes long
};
using Progress = std::function<void(const ProgressNews&)>;

// `claims` are the users' checks of those contracts. `memory`, if there is one, spares runs that were made
// before; they are judged and compared like others.
Results verify(const ir::Program& program, const std::vector<ir::ContractId>& contracts,
               const std::vector<claims::Claim>& claims, const source::SourceMap& sources,
               const Options& options, const spin::Tools& tools,
               const volatile std::sig_atomic_t* interrupted, const Progress& progress,
               const Memory* memory = nullptr);

// The requests of one contract: each entry state under each reading.
struct Machine {
  ir::ContractId contract;
  exec::Scope scope;
};
std::vector<Machine> machines_of(const ir::Contract& contract, ir::ContractId id);

}  // namespace singspin::verify
