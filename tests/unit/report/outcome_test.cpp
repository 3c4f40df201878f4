#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/report/report.h"

namespace singspin::report {
namespace {

using diagnostics::Code;
using diagnostics::Severity;
using exec::Reading;
using exec::Reason;
using exec::Status;

exec::Verdict verdict(Status status, Severity severity = Severity::Error,
                      Reason reason = Reason::NotReached) {
  exec::Verdict row;
  row.status = status;
  row.severity = severity;
  row.reason = reason;
  return row;
}

exec::Verdict read_as(Reading reading, exec::Verdict row) {
  row.reading = reading;
  return row;
}

diagnostics::Diagnostic diagnostic(Code code, Severity severity) {
  diagnostics::Diagnostic row;
  row.code = code;
  row.severity = severity;
  return row;
}

struct Row {
  const char* cause;
  int expected;
  std::vector<exec::Verdict> verdicts;
  std::vector<diagnostics::Diagnostic> diagnostics;
  ExitPolicy policy;
  bool interrupted = false;
};

// A contract that is proved comes first and last, so no cause is hidden by its neighbours.
Report make_report(const Row& row) {
  Report report;
  report.run.interrupted = row.interrupted;
  report.contracts.resize(3);
  report.contracts[0].verdicts = {verdict(Status::Proved)};
  report.contracts[1].verdicts = row.verdicts;
  report.contracts[2].verdicts = {verdict(Status::Proved)};
  report.diagnostics = row.diagnostics;
  return report;
}

void expect_codes(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(exit_code(make_report(row), row.policy), row.expected) << row.cause;
}

TEST(ExitCode, Ok) {
  const auto violated_warning = verdict(Status::Violated, Severity::Warning);
  expect_codes({
      {"nothing but proofs", 0, {}, {}, {}},
      {"a violated property of severity warning", 0, {violated_warning}, {}, {}},
      {"a warning", 0, {}, {diagnostic(Code::mixed_choice, Severity::Warning)}, {}},
      {"a note under --werror", 0, {}, {diagnostic(Code::unused_message, Severity::Note)}, {true, false}},
      {"an unknown warning of the engine", 0, {}, {diagnostic(Code::engine_warning, Severity::Warning)}, {}},
      {"an undecided warning", 0, {verdict(Status::Inconclusive, Severity::Warning)}, {}, {}},
      {"violated in the other reading", 0, {read_as(Reading::Priority, verdict(Status::Violated))}, {}, {}},
      {"undecided in the other reading",
       0,
       {read_as(Reading::Priority, verdict(Status::Inconclusive))},
       {},
       {}},
      {"undecided, but accepted", 0, {verdict(Status::Inconclusive)}, {}, {false, true}},
      {"skipped, but accepted", 0, {verdict(Status::Skipped)}, {}, {false, true}},
      {"a finding reported as an error", 0, {}, {diagnostic(Code::states_reachable, Severity::Error)}, {}},
  });
}

TEST(ExitCode, Violated) {
  const auto violated_warning = verdict(Status::Violated, Severity::Warning);
  expect_codes({
      {"a violation", 1, {verdict(Status::Violated)}, {}, {}},
      {"a violation in the deciding reading", 1, {read_as(Reading::Free, verdict(Status::Violated))}, {}, {}},
      {"a warning under --werror", 1, {}, {diagnostic(Code::mixed_choice, Severity::Warning)}, {true, false}},
      {"a violated warning under --werror", 1, {violated_warning}, {}, {true, false}},
  });
}

TEST(ExitCode, BadInput) {
  expect_codes({
      {"an unreadable file", 2, {}, {diagnostic(Code::unreadable_file, Severity::Error)}, {}},
      {"nothing found", 2, {}, {diagnostic(Code::nothing_found, Severity::Error)}, {}},
      {"a syntax error", 2, {}, {diagnostic(Code::parse_error, Severity::Error)}, {}},
      {"a broken contract rule", 2, {}, {diagnostic(Code::direction_mismatch, Severity::Error)}, {}},
      {"a contract that is too large", 2, {}, {diagnostic(Code::machine_too_large, Severity::Error)}, {}},
  });
}

TEST(ExitCode, Inconclusive) {
  const std::vector<Reason> reasons = {Reason::TimeLimit,   Reason::MemoryLimit,   Reason::DepthLimit,
                                       Reason::QueueLimit,  Reason::NotReached,    Reason::Unsupported,
                                       Reason::Interrupted, Reason::EngineWarning, Reason::MissingInput};
  for (const Reason reason : reasons) {
    expect_codes({
        {"inconclusive", 3, {verdict(Status::Inconclusive, Severity::Error, reason)}, {}, {}},
        {"skipped", 3, {verdict(Status::Skipped, Severity::Error, reason)}, {}, {}},
        {"an error that is no tool failure",
         3,
         {verdict(Status::Error, Severity::Error, reason)},
         {},
         {false, true}},
    });
  }
  expect_codes({{"deciding", 3, {read_as(Reading::Free, verdict(Status::Inconclusive))}, {}, {}}});
}

TEST(ExitCode, ToolFailure) {
  const auto failed = verdict(Status::Error, Severity::Error, Reason::EngineFailure);
  expect_codes({
      {"a trail that does not replay", 4, {}, {diagnostic(Code::trail_mismatch, Severity::Error)}, {}},
      {"no SPIN", 4, {}, {diagnostic(Code::engine_missing, Severity::Error)}, {}},
      {"an output that cannot be written",
       4,
       {},
       {diagnostic(Code::output_not_writable, Severity::Error)},
       {}},
      {"engines that disagree", 4, {}, {diagnostic(Code::engine_disagreement, Severity::Error)}, {}},
      {"an engine that failed", 4, {failed}, {}, {}},
      {"an engine that failed in the other reading", 4, {read_as(Reading::Priority, failed)}, {}, {}},
      {"an engine that failed, limits accepted", 4, {failed}, {}, {false, true}},
  });
}

TEST(ExitCode, WorstFirst) {
  const auto tool = diagnostic(Code::engine_missing, Severity::Error);
  const auto input = diagnostic(Code::parse_error, Severity::Error);
  const auto violated = verdict(Status::Violated);
  const auto open = verdict(Status::Inconclusive);
  expect_codes({
      {"130 before all", 130, {violated, open}, {tool, input}, {}, true},
      {"130 without a reason", 130, {}, {}, {}, true},
      {"4 before 2", 4, {violated, open}, {input, tool}, {}},
      {"2 before 1", 2, {violated, open}, {input}, {}},
      {"1 before 3", 1, {open, violated}, {}, {}},
      {"1 by --werror before 3",
       1,
       {open},
       {diagnostic(Code::mixed_choice, Severity::Warning)},
       {true, false}},
      {"3 before 0", 3, {open}, {}, {}},
  });
}

TEST(Count, DecidingReadingOnly) {
  Report report =
      make_report({"",
                   0,
                   {verdict(Status::Violated), read_as(Reading::Free, verdict(Status::Violated)),
                    read_as(Reading::Priority, verdict(Status::Violated)), verdict(Status::Inconclusive),
                    verdict(Status::Skipped), verdict(Status::Error)},
                   {},
                   {}});
  const Counts counts = count(report);
  EXPECT_EQ(counts.proved, 2u);
  EXPECT_EQ(counts.violated, 2u);
  EXPECT_EQ(counts.inconclusive, 1u);
  EXPECT_EQ(counts.skipped, 1u);
  EXPECT_EQ(counts.error, 1u);
}

TEST(Count, Diagnostics) {
  Report report;
  report.diagnostics = {diagnostic(Code::parse_error, Severity::Error),
                        diagnostic(Code::mixed_choice, Severity::Warning),
                        diagnostic(Code::states_reachable, Severity::Warning),
                        diagnostic(Code::unused_message, Severity::Note)};
  const Counts counts = count(report);
  EXPECT_EQ(counts.errors, 1u);
  EXPECT_EQ(counts.warnings, 2u);
  EXPECT_EQ(counts.notes, 1u);
}

TEST(Outcome, HasOneNamePerExitCode) {
  const std::vector<std::pair<int, std::string>> rows = {
      {0, "ok"},           {1, "violated"},      {2, "bad-input"},    {3, "inconclusive"},
      {4, "tool-failure"}, {130, "interrupted"}, {143, "interrupted"}};
  for (const auto& [code, text] : rows) EXPECT_EQ(outcome_text(outcome(code)), text);
}

}  // namespace
}  // namespace singspin::report
