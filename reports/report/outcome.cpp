// Counts, exit code and outcome (output specification, section 2).
#include <algorithm>

#include "reports/report/report.h"

namespace singspin::report {

std::string property_name(const Counterexample& counterexample, ir::Property property) {
  return property == ir::Property::User ? counterexample.claim : std::string(ir::id(property));
}

namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;
using diagnostics::Severity;
using exec::Status;
using exec::Verdict;

// The priority reading of a contract with mixed states informs; only the free one decides.
bool decides(const Verdict& verdict) { return !verdict.reading || *verdict.reading == exec::Reading::Free; }

template <class Predicate>
bool any_verdict(const Report& report, Predicate holds) {
  return std::any_of(report.contracts.begin(), report.contracts.end(), [&](const ContractReport& contract) {
    return std::any_of(contract.verdicts.begin(), contract.verdicts.end(), holds);
  });
}

template <class Predicate>
bool any_diagnostic(const Report& report, Predicate holds) {
  return std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                     [&](const Diagnostic& d) { return !d.suppressed && holds(d); });
}

bool is_tool_failure(const Diagnostic& diagnostic) {
  return diagnostic.code == Code::trail_mismatch || diagnostic.code == Code::engine_missing ||
         diagnostic.code == Code::output_not_writable || diagnostic.code == Code::engine_disagreement;
}

template <class Predicate>
bool any_system_verdict(const Report& report, Predicate holds) {
  return std::any_of(report.systems.begin(), report.systems.end(), [&](const SystemReport& system) {
    return std::any_of(system.verdicts.begin(), system.verdicts.end(), holds);
  });
}

bool is_tool_failure(const SystemVerdict& row) {
  return row.verdict.status == Status::Error && row.verdict.reason == exec::Reason::EngineFailure;
}

bool is_tool_failure(const Verdict& verdict) {
  return verdict.status == Status::Error && verdict.reason == exec::Reason::EngineFailure;
}

// SS01xx are findings about contracts that were read without trouble, SS09xx are about the tool.
bool is_input_error(const Diagnostic& diagnostic) {
  const unsigned group = static_cast<unsigned>(diagnostic.code) / 100;
  return diagnostic.severity == Severity::Error && (group == 0 || group == 2 || group == 3);
}

bool is_violation(const SystemVerdict& row, Severity severity) {
  return row.verdict.status == Status::Violated && row.severity == severity;
}

bool is_violation(const Verdict& verdict, Severity severity) {
  return decides(verdict) && verdict.status == Status::Violated && verdict.severity == severity &&
         !verdict.suppressed;
}

// An error that is no tool failure is never forgiven: nobody chose it, unlike a limit.
bool is_undecided(Status status, const ExitPolicy& policy) {
  switch (status) {
    case Status::Proved:
    case Status::Violated: return false;
    case Status::Inconclusive:
    case Status::Skipped: return !policy.inconclusive_is_ok;
    case Status::Error: return true;
  }
  UNREACHABLE("status is known");
}

bool is_undecided(const Verdict& verdict, const ExitPolicy& policy) {
  return decides(verdict) && verdict.severity == Severity::Error && is_undecided(verdict.status, policy);
}

bool is_undecided(const SystemVerdict& row, const ExitPolicy& policy) {
  return row.severity == Severity::Error && is_undecided(row.verdict.status, policy);
}

bool has_tool_failure(const Report& report) {
  return any_diagnostic(report, [](const Diagnostic& d) { return is_tool_failure(d); }) ||
         any_verdict(report, [](const Verdict& v) { return is_tool_failure(v); }) ||
         any_system_verdict(report, [](const SystemVerdict& v) { return is_tool_failure(v); });
}

bool has_violation(const Report& report, Severity severity) {
  return any_verdict(report, [&](const Verdict& v) { return is_violation(v, severity); }) ||
         any_system_verdict(report, [&](const SystemVerdict& v) { return is_violation(v, severity); });
}

bool has_warning(const Report& report) {
  return has_violation(report, Severity::Warning) ||
         any_diagnostic(report, [](const Diagnostic& d) { return d.severity == Severity::Warning; });
}

void add(Counts& counts, Status status) {
  switch (status) {
    case Status::Proved: ++counts.proved; return;
    case Status::Violated: ++counts.violated; return;
    case Status::Inconclusive: ++counts.inconclusive; return;
    case Status::Skipped: ++counts.skipped; return;
    case Status::Error: ++counts.error; return;
  }
}

void add(Counts& counts, const Diagnostic& diagnostic) {
  if (diagnostic.suppressed) {
    ++counts.suppressed;
    return;
  }
  switch (diagnostic.severity) {
    case Severity::Error: ++counts.errors; return;
    case Severity::Warning: ++counts.warnings; return;
    case Severity::Note: ++counts.notes; return;
  }
}

}  // namespace

Counts count(const Report& report) {
  Counts counts;
  for (const ContractReport& contract : report.contracts) {
    for (const Verdict& verdict : contract.verdicts) {
      if (decides(verdict)) add(counts, verdict.status);
    }
  }
  for (const SystemReport& system : report.systems) {
    for (const SystemVerdict& row : system.verdicts) add(counts, row.verdict.status);
  }
  for (const Diagnostic& diagnostic : report.diagnostics) add(counts, diagnostic);
  return counts;
}

int exit_code(const Report& report, const ExitPolicy& policy) {
  if (report.run.interrupted) return 130;
  if (has_tool_failure(report)) return 4;
  if (any_diagnostic(report, is_input_error)) return 2;
  if (has_violation(report, Severity::Error)) return 1;
  if (policy.warnings_are_errors && has_warning(report)) return 1;
  if (any_verdict(report, [&](const Verdict& v) { return is_undecided(v, policy); })) return 3;
  const bool left_out = report.contracts_not_verified > 0 || report.files_partly_read > 0;
  if (left_out && !policy.inconclusive_is_ok) return 3;
  if (any_system_verdict(report, [&](const SystemVerdict& v) { return is_undecided(v, policy); })) return 3;
  return 0;
}

Outcome outcome(int exit_code) {
  switch (exit_code) {
    case 0: return Outcome::Ok;
    case 1: return Outcome::Violated;
    case 2: return Outcome::BadInput;
    case 3: return Outcome::Inconclusive;
    case 130:
    case 143: return Outcome::Interrupted;
    default: return Outcome::ToolFailure;
  }
}

std::string_view outcome_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Ok: return "ok";
    case Outcome::Violated: return "violated";
    case Outcome::BadInput: return "bad-input";
    case Outcome::Inconclusive: return "inconclusive";
    case Outcome::ToolFailure: return "tool-failure";
    case Outcome::Interrupted: return "interrupted";
  }
  UNREACHABLE("outcome is known");
}

}  // namespace singspin::report
