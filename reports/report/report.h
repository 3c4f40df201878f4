// The one report in memory. JSON is its image and every other output a pure function of it.
// Knows no SPIN text, no Promela, no clock and no file system.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/exec/ending.h"
#include "frontend/exec/verdict.h"
#include "frontend/ir/ir.h"
#include "frontend/source/source_map.h"
#include "reports/report/systems.h"

namespace singspin::report {

struct Tool {
  std::string name = "singspin";
  std::string version;
  std::string commit;  // empty if unknown
};

struct Engine {
  std::string name = "spin";
  std::string version;   // banner of SPIN, empty if it was not run
  std::string compiler;  // such as `tcc version 0.9.27`
  std::vector<std::string> compiler_flags;
  std::vector<std::string> verifier_flags;
};

enum class Outcome : std::uint8_t { Ok, Violated, BadInput, Inconclusive, ToolFailure, Interrupted };

struct Run {
  std::optional<std::string> started_at;  // RFC 3339, UTC; absent if deterministic
  std::optional<double> elapsed_seconds;
  std::vector<std::string> arguments;
  int exit_code = 0;
  Outcome outcome = Outcome::Ok;
  bool interrupted = false;
};

// Machines (a contract, an entry state, a reading) on which all searches agree, of those that were searched.
struct Refereed {
  std::size_t agreed = 0, searched = 0;
};

struct Options {
  std::uint32_t queue_capacity = 2;
  bool fixed_capacity = false;
  std::optional<double> time_limit_seconds;
  std::optional<std::uint64_t> memory_limit_bytes;
  std::optional<std::uint64_t> depth_limit;
  std::optional<std::uint32_t> tokens;  // per pool; only where there are systems
  std::vector<std::string> symbols;     // as `-D` defined them
  std::string search = "exhaustive";
  std::string changed_since;  // a git revision; empty: all contracts are looked at
};

// Which reading of a contract it is, if the run knows several that differ.
struct Variant {
  std::string project;                              // empty: all projects read it so
  std::optional<std::vector<std::string>> symbols;  // defined for it; absent: symbols do not matter
  bool operator==(const Variant&) const = default;
};

// One counterexample, shared by all verdicts it violates.
struct Counterexample {
  ir::ContractId contract;
  Variant variant;                       // of that contract
  std::vector<ir::Property> properties;  // first: the one it is named after
  exec::Trace trace;                     // normal form, executed
  exec::Ending ending;
  std::optional<exec::Reading> reading;  // only for contracts with mixed states
  bool real_for_any_queue_length = true;
  // Contracts with mixed states: steps of a shortest run to the same fault in the other reading,
  // absent if there is none.
  std::optional<std::uint32_t> steps_under_priority;
  bool shortest = false;
  // Verified: with one of them the contract is proved.
  std::vector<diagnostics::Fix> repairs;
  std::string id;       // `SpoolerContract.deadlock-free`
  std::string claim;       // `user:NAME`, if a user's check is among the properties
  std::string claim_text;  // as written
  std::string message;  // one sentence that stands alone: `SpoolerContract can deadlock after 8 steps`
  std::string text;     // the block for people, in ASCII, 80 columns wide; empty: not made
};

struct ContractReport {
  ir::ContractId contract;
  std::vector<exec::Verdict> verdicts;
  // Indexed like `verdicts`: row of Report::counterexamples, if the verdict has a run.
  std::vector<std::optional<std::size_t>> counterexamples;
  // Indexed like `verdicts`: rows of Report::diagnostics.
  std::vector<std::vector<std::size_t>> diagnostics;
  exec::Capacity capacity;  // 0, 0 if nothing was searched
  Variant variant;
  bool cached = false;      // decided by searches of earlier runs
};

// How a property of this counterexample is called: `deadlock-free`, `user:NAME`.
std::string property_name(const Counterexample& counterexample, ir::Property property);

// A fix that was written into a source file.
struct AppliedFix {
  diagnostics::Code code;
  std::string title;
  std::string path;           // as in SourceFile
  source::Position position;  // in the text it was applied to
};

struct Report {
  Tool tool;
  Engine engine;
  Run run;
  Options options;
  source::SourceMap sources;
  ir::Program program;
  std::vector<ContractReport> contracts;  // in source order
  std::vector<Counterexample> counterexamples;
  std::vector<ir::System> systems_found;
  std::vector<SystemReport> systems;  // in source order
  std::vector<SystemCounterexample> system_counterexamples;
  std::vector<diagnostics::Diagnostic> diagnostics;  // in source order
  std::vector<std::string> diagnostic_texts;         // their blocks for people; empty: not made
  std::vector<AppliedFix> fixed;                     // `check --fix`, in the order of application
  // Contracts named in the sources for which there is no machine.
  std::size_t contracts_not_verified = 0;
  // Files of which not every reading that was asked for was looked at.
  std::size_t files_partly_read = 0;
  std::size_t contracts_unchanged = 0;  // left out: they read the same in options.changed_since
  std::optional<Refereed> refereed;     // with `verify --referee`
};

// `-D WITH_ALARM`, `no symbols`, `App.csproj`, `App.csproj, -D WITH_ALARM`; empty: nothing to tell apart.
std::string variant_text(const Variant& variant);

struct Counts {
  std::size_t proved = 0, violated = 0, inconclusive = 0, skipped = 0, error = 0;
  std::size_t errors = 0, warnings = 0, notes = 0;  // diagnostics that are not suppressed
  std::size_t suppressed = 0;
};
// Verdicts of the deciding reading and all diagnostics, counted.
Counts count(const Report&);

struct ExitPolicy {
  bool warnings_are_errors = false;
  bool inconclusive_is_ok = false;
};
// The only function that computes an exit code: worst first, 4 > 2 > 1 > 3 > 0; 130 if interrupted.
int exit_code(const Report&, const ExitPolicy&);
Outcome outcome(int exit_code);
std::string_view outcome_text(Outcome outcome);

}  // namespace singspin::report
