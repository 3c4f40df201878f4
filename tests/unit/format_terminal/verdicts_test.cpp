#include <gtest/gtest.h>

#include "fixture.h"

namespace singspin::terminal {
namespace {

using exec::Status;

report::Report ticket_report() {
  return proved_report("contracts/TicketContract.sg", "contract TicketContract { state OPEN: one { } }\n",
                       "TicketContract");
}

TEST(Verdicts, Proved) {
  EXPECT_EQ(render(ticket_report(), {}), R"(TicketContract   proved
  deadlock-free, no-unexpected-message, no-orphan-message, queues-bounded, states-reachable
  for any queue length: no queue ever holds more than 2 messages (11 configurations, 0.3 s)

1 contract: 5 properties proved
)");
}

TEST(Verdicts, DeterministicHasNoTimes) {
  Options options;
  options.deterministic = true;
  const std::string text = render(ticket_report(), options);
  EXPECT_NE(text.find("more than 2 messages (11 configurations)\n"), std::string::npos) << text;
}

TEST(Verdicts, EachStrengthHasItsLine) {
  report::Report report = ticket_report();
  exec::Verdict& bounded = report.contracts[0].verdicts[3];
  bounded.strength = exec::Strength::UpToCapacity;
  bounded.detail = "--queue 5 would settle it";
  EXPECT_EQ(render(report, {}), R"(TicketContract   proved
  deadlock-free, no-unexpected-message, no-orphan-message, states-reachable
  for any queue length: no queue ever holds more than 2 messages (11 configurations, 0.3 s)
  queues-bounded
  for queues of up to 2 messages (11 configurations, 0.3 s)
  --queue 5 would settle it

1 contract: 5 properties proved
)");
}

TEST(Verdicts, MixedOutcome) {
  report::Report report = ticket_report();
  std::vector<exec::Verdict>& verdicts = report.contracts[0].verdicts;
  verdicts[2].status = Status::Inconclusive;
  verdicts[2].reason = exec::Reason::MemoryLimit;
  verdicts[2].detail = "memory limit 4 GiB reached after 61 M states\nraise it with --memory 8G";
  verdicts[4].status = Status::Violated;
  verdicts[4].strength = exec::Strength::UpToCapacity;
  diagnostics::Diagnostic warning;
  warning.code = diagnostics::Code::states_reachable;
  warning.severity = diagnostics::Severity::Warning;
  warning.span = report.program.contracts[{0}].states[{0}].span;
  warning.message = "state OPEN of TicketContract is never reached";
  report.diagnostics.push_back(warning);
  report.contracts[0].diagnostics[4] = {0};
  const std::string text = render(report, {});
  EXPECT_TRUE(text.starts_with(R"(TicketContract   inconclusive
  inconclusive: no-orphan-message: memory limit 4 GiB reached after 61 M states
                raise it with --memory 8G
  warning:      states-reachable: state OPEN (details below)
                for queues of up to 2 messages
  proved:       deadlock-free, no-unexpected-message, queues-bounded
                for any queue length: no queue ever holds more than 2 messages
                (11 configurations, 0.3 s)

warning[SS0105]: state OPEN of TicketContract is never reached
)")) << text;
  EXPECT_TRUE(text.ends_with("\n1 contract: 3 properties proved, 1 inconclusive; 1 warning\n")) << text;
}

TEST(Verdicts, CounterexampleFollowsTheVerdicts) {
  Options options;
  options.replay_hint = true;
  const std::string text = render(spooler_report(), options);
  EXPECT_TRUE(text.starts_with(R"(SpoolerContract   violated
  violated: deadlock-free, no-unexpected-message (details below)
  proved:   no-orphan-message, queues-bounded, states-reachable
            for any queue length: no queue ever holds more than 2 messages
            (11 configurations, 0.3 s)

error[SS0101]: SpoolerContract can deadlock after 8 steps
)")) << text;
  EXPECT_TRUE(
      text.ends_with("\n\n1 contract: 3 properties proved, 2 violated\n"
                     "replay the first counterexample:  singspin replay\n"))
      << text;
}

TEST(Verdicts, PriorityReadingThatDiffers) {
  report::Report report = spooler_report();
  for (exec::Verdict& v : report.contracts[0].verdicts) {
    if (v.reading == exec::Reading::Priority && v.property == ir::Property::NoUnexpectedMessage) {
      v.status = Status::Proved;
    }
  }
  const std::string text = render(report, {});
  EXPECT_NE(
      text.find(
          "\n  with receives first in mixed states: no-unexpected-message proved for any queue length\n"),
      std::string::npos)
      << text;
}

report::Report many_report() {
  report::Report report = ticket_report();
  const ir::Contract model = report.program.contracts[{0}];
  const report::ContractReport proved = report.contracts.front();
  report.contracts.clear();
  const auto add = [&](std::string name) -> report::ContractReport& {
    ir::Contract contract = model;
    contract.name = contract.qualified_name = std::move(name);
    report.contracts.push_back(proved);
    report.contracts.back().contract = report.program.contracts.add(contract);
    return report.contracts.back();
  };
  report::ContractReport& spooler = add("SpoolerContract");
  for (const std::size_t i : {0u, 1u}) {
    spooler.verdicts[i].status = Status::Violated;
    spooler.diagnostics[i] = {2};  // stands for a counterexample
  }
  report::ContractReport& backup = add("BackupContract");
  backup.verdicts[2].status = Status::Inconclusive;
  backup.verdicts[2].detail = "memory limit 4 GiB reached after 61 M states\nraise it with --memory 8G";
  report::ContractReport& scale = add("ScaleContract");
  scale.verdicts[4].status = Status::Violated;
  scale.diagnostics[4] = {0, 1};
  report.contracts.reserve(24);
  while (report.contracts.size() < 24) add("TicketContract");
  report.run.elapsed_seconds = 14.2;

  diagnostics::Diagnostic warning;
  warning.code = diagnostics::Code::states_reachable;
  warning.severity = diagnostics::Severity::Warning;
  ir::Contract& machine = report.program.contracts[report.contracts[2].contract];
  machine.states[{0}].id = "JAMMED";
  machine.messages.add({"Jammed", {}, {}, find(report.sources, {0}, "one")});
  warning.span = machine.states[{0}].span;
  report.diagnostics.push_back(warning);
  warning.span = machine.messages[{0}].span;
  report.diagnostics.push_back(warning);
  report.diagnostics.push_back(warning);
  return report;
}

TEST(Verdicts, TableOfMany) {
  report::Report report = many_report();
  report.contracts[0].diagnostics[0].clear();
  report.contracts[0].diagnostics[1].clear();
  report.contracts[0].counterexamples[0] = 0;
  report.contracts[0].counterexamples[1] = 0;
  const std::string text = render(report, {});
  EXPECT_TRUE(text.starts_with(
      R"(SpoolerContract   violated      deadlock-free, no-unexpected-message                 (details below)
BackupContract    inconclusive  no-orphan-message: memory limit 4 GiB reached after 61 M states
                                raise it with --memory 8G
ScaleContract     warning       states-reachable: state JAMMED, message Jammed       (details below)

warning[SS0105]: )"))
      << text;
  EXPECT_TRUE(
      text.ends_with("\n\n24 contracts: 22 proved, 1 violated, 1 inconclusive; 3 warnings"
                     "   (queue capacity 2, 14.2 s)\n"))
      << text;
}

TEST(Verdicts, QuietShowsViolationsAndTotals) {
  Options options;
  options.verbosity = -1;
  EXPECT_EQ(render(ticket_report(), options), "1 contract: 5 properties proved\n");
  const std::string text = render(spooler_report(), options);
  EXPECT_TRUE(text.starts_with("error[SS0101]")) << text;
  EXPECT_TRUE(render(many_report(), options).starts_with("24 contracts:"));
  options.verbosity = -2;
  EXPECT_EQ(render(spooler_report(), options), "");
  EXPECT_EQ(render_check(spooler_report(), options), "");
}

TEST(Verdicts, VerboseShowsTheEngine) {
  report::Report report = ticket_report();
  report.engine.version = "Spin Version 6.5.2";
  report.engine.compiler = "tcc version 0.9.27";
  report.engine.verifier_flags = {"-m100000", "-q"};
  report.contracts[0].verdicts[0].statistics.states_stored = 1'234'567;
  report.contracts[0].verdicts[0].statistics.memory_bytes = 412u << 20;
  Options options;
  options.verbosity = 1;
  const std::string text = render(report, options);
  EXPECT_NE(text.find("  deadlock-free: 1.2 M states stored, 412 MiB, 0.3 s\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n\nengine:         Spin Version 6.5.2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nverifier flags: -m100000 -q\n\n1 contract:"), std::string::npos) << text;
}

TEST(Verdicts, NothingAtAll) {
  EXPECT_EQ(render({}, {}), "nothing found to verify\n");
  report::Report report;
  report.run.interrupted = true;
  EXPECT_EQ(render(report, {}), "nothing found to verify; interrupted\n");
}

TEST(Verdicts, ColoursChangeNothingElse) {
  Options plain, coloured;
  coloured.color = true;
  for (const unsigned width : {40u, 80u, 100u}) {
    plain.width = coloured.width = width;
    for (const report::Report& report : {spooler_report(), many_report(), ticket_report()}) {
      const std::string text = render(report, plain);
      EXPECT_EQ(text.find('\x1b'), std::string::npos);
      EXPECT_EQ(without_colours(render(report, coloured)), text);
    }
  }
  EXPECT_NE(render(spooler_report(), coloured).find("\x1b[1;31merror[SS0101]\x1b[0m: "), std::string::npos);
}

TEST(Verdicts, Links) {
  Options options;
  options.hyperlinks = true;
  EXPECT_EQ(render(spooler_report(), options).find('\x1b'), std::string::npos);
  options.link_root = "file://host/home/me";
  EXPECT_NE(render(spooler_report(), options)
                .find("  --> \x1b]8;;file://host/home/me/contracts/SpoolerContract.sg\x1b\\"
                      "contracts/SpoolerContract.sg:15:9\x1b]8;;\x1b\\\n"),
            std::string::npos);
}

}  // namespace
}  // namespace singspin::terminal
