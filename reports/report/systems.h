// What a report says about systems of drivers. Knows no Promela and no layout.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "frontend/explore/explain.h"
#include "frontend/explore/verdict.h"

namespace singspin::report {

diagnostics::Code code(ir::SystemProperty property);

struct SystemVerdict {
  explore::Verdict verdict;
  diagnostics::Severity severity = diagnostics::Severity::Error;
  std::string engine;                         // who decided it: `spin+explorer`, `spin`, `explorer`
  std::string detail;                         // of inconclusive and error
  std::optional<std::size_t> counterexample;  // row of Report::system_counterexamples
  std::vector<std::size_t> diagnostics;       // rows of Report::diagnostics: what no run can show
};

struct SystemReport {
  std::size_t system = 0;  // row of Report::systems_found
  std::vector<SystemVerdict> verdicts;
  exec::Statistics statistics;
  explore::Bounds bounds;
  std::string strength;  // `for the whole model: queues of 2, 2 tokens per pool`
  bool exhaustive = false;
};

// One run, shared by all verdicts it violates.
struct SystemCounterexample {
  std::size_t system = 0;             // row of Report::systems_found
  std::vector<std::size_t> verdicts;  // of its SystemReport; first: the one it is named after
  explore::Run run;
  std::optional<explore::Explanation> explanation;
  bool shortest = false;
  std::string id;       // `Spooler.deadlock-free`
  std::string message;  // one sentence that stands alone
  std::string text;     // as of Counterexample
};

// `Spooler can deadlock after 7 steps`
std::string sentence(const ir::System& system, const explore::Verdict& verdict);

}  // namespace singspin::report
