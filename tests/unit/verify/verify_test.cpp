// verify() with the real SPIN; skipped where it is missing.
#include "promela/verify/verify.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/verify/fixture.h"

namespace singspin::verify {
namespace {

using exec::Reading;
using exec::Reason;
using exec::Status;
using ir::Property;
using testing::Contracts;
using testing::problems;
using testing::verdict;
using testing::verified;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Nine sends, then an answer: exact at nine.
constexpr std::string_view kNine =
    "S0: A! S1; S1: A! S2; S2: A! S3; S3: A! S4; S4: A! S5; S5: A! S6; S6: A! S7; S7: A! S8; S8: A! S9; S9: B? S0";
// Four letters in two queues: some millions of configurations with queues of six.
constexpr std::string_view kHuge = "S: A! S, B! S, C? S, D? S";

std::string summary(const ContractResult& result) {
  std::string text = fmt::format("{}/{}", result.capacity.to_importer, result.capacity.to_exporter);
  for (const exec::Verdict& v : result.verdicts) {
    text += fmt::format(" {}:{}:{}:{}:{}", exec::status_text(v.status), v.statistics.configurations.value_or(0),
                        v.statistics.longest_queue.value_or(0), v.statistics.transitions.value_or(0), v.trace ? v.trace->steps.size() : 0);
  }
  return text;
}

TEST(LiveVerify, TheSamplesOfTheReference) {
  SKIP_WITHOUT_SPIN();
  const Contracts contracts{testing::kKettle, testing::kValve, testing::kSpooler, testing::kParcel, testing::kMeter, testing::kAlarmedTurnstile, testing::kTimer};
  const Results results = verified(contracts, {}, tools);
  ASSERT_EQ(results.contracts.size(), 7u);
  EXPECT_EQ(problems(results), "");
  EXPECT_FALSE(results.interrupted);
  EXPECT_THAT(results.engine.spin_version, HasSubstr("Spin Version"));
  EXPECT_EQ(summary(results.contracts[0]), "1/1 proved:9:1:10:0 proved:9:1:10:0 proved:9:1:10:0 proved:9:1:10:0 proved:9:1:10:0");
  EXPECT_EQ(summary(results.contracts[1]), "3/3 violated:21:3:30:4 proved:21:3:30:0 proved:21:3:30:0 proved:21:3:30:0 proved:21:3:30:0"
                                           " violated:21:3:29:4 proved:21:3:29:0 proved:21:3:29:0 proved:21:3:29:0 proved:21:3:29:0");
  EXPECT_EQ(summary(results.contracts[2]), "1/1 violated:11:1:12:3 violated:11:1:12:3 proved:11:1:12:0 proved:11:1:12:0 proved:11:1:12:0");
  EXPECT_EQ(summary(results.contracts[3]), "1/1 proved:5:1:6:0 proved:5:1:6:0 violated:5:1:6:2 proved:5:1:6:0 proved:5:1:6:0"
                                           " proved:5:1:5:0 proved:5:1:5:0 violated:5:1:5:2 proved:5:1:5:0 proved:5:1:5:0");
  EXPECT_EQ(summary(results.contracts[4]), "8/8 proved:0:0:34:0 proved:0:0:34:0 proved:0:0:34:0 violated:0:0:34:3 proved:0:0:34:0");
  EXPECT_EQ(summary(results.contracts[5]).substr(0, 77), "2/2 violated:14:2:20:2 violated:14:2:20:2 violated:14:2:20:2 proved:14:2:20:0");
  EXPECT_EQ(summary(results.contracts[6]).substr(0, 64), "2/2 proved:20:2:28:0 proved:20:2:28:0 proved:20:2:28:0 proved:20");
}

TEST(LiveVerify, TogetherAsAlone) {
  SKIP_WITHOUT_SPIN();
  const std::string_view texts[] = {testing::kValve, testing::kClinic, testing::kMeter, testing::kAlarmedTurnstile, kNine};
  Contracts together{};
  for (const std::string_view text : texts) together.add(text);
  const Results all = verified(together, {}, tools);
  EXPECT_EQ(problems(all), "");
  for (std::size_t i = 0; i < std::size(texts); ++i) {
    const Results alone = verified(Contracts{texts[i]}, {}, tools);
    EXPECT_EQ(problems(alone), "");
    EXPECT_EQ(summary(all.contracts[i]), summary(alone.contracts[0])) << texts[i];
  }
}

TEST(LiveVerify, TheQueueIsFoundPerContract) {
  SKIP_WITHOUT_SPIN();
  const Contracts contracts{testing::kKettle, testing::kClinic, testing::kValve, kNine};
  const Results results = verified(contracts, {}, tools);
  const exec::Capacity expected[] = {{1, 1}, {2, 2}, {3, 3}, {9, 1}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(results.contracts[i].capacity, expected[i]) << i;
    EXPECT_EQ(verdict(results.contracts[i], Property::QueuesBounded).status, Status::Proved);
    EXPECT_EQ(verdict(results.contracts[i], Property::QueuesBounded).strength, exec::Strength::AnyQueueLength);
  }
}

TEST(LiveVerify, AFixedQueue) {
  SKIP_WITHOUT_SPIN();
  Options options;
  options.queue_capacity = 1;
  const Results results = verified(Contracts{testing::kTimer, testing::kClinic}, options, tools);
  EXPECT_EQ(problems(results), "");
  const exec::Verdict& bounded = verdict(results.contracts[0], Property::QueuesBounded);
  EXPECT_EQ(bounded.status, Status::Inconclusive);
  EXPECT_EQ(bounded.reason, Reason::QueueLimit);
  EXPECT_THAT(bounded.detail, HasSubstr("--queue 2"));
  const exec::Verdict& deadlock_free = verdict(results.contracts[0], Property::DeadlockFree);
  EXPECT_EQ(deadlock_free.strength, exec::Strength::UpToCapacity);
  EXPECT_EQ(deadlock_free.bases, std::vector{exec::Basis::BoundedSearch});
  EXPECT_EQ(deadlock_free.settled_by, (exec::Capacity{2, 2}));
  // A send was held back here as well, but a theorem does not mind.
  const exec::Verdict& by_shape = verdict(results.contracts[1], Property::DeadlockFree);
  EXPECT_EQ(by_shape.strength, exec::Strength::AnyQueueLength);
  EXPECT_EQ(by_shape.bases, std::vector{exec::Basis::AutonomousDeterministic});
}

// The explorer finds no capacity: SPIN looks for it alone.
TEST(LiveVerify, WithoutASecondOpinion) {
  SKIP_WITHOUT_SPIN();
  const std::string_view texts[] = {testing::kValve, kNine, testing::kMeter, testing::kSpooler};
  for (const std::string_view text : texts) {
    Options options;
    options.explorer_budget = 3;
    const Results with = verified(Contracts{text}, {}, tools), without = verified(Contracts{text}, options, tools);
    EXPECT_EQ(problems(without), "");
    for (std::size_t i = 0; i < with.contracts[0].verdicts.size(); ++i) {
      const exec::Verdict& expected = with.contracts[0].verdicts[i];
      const exec::Verdict& v = without.contracts[0].verdicts[i];
      if (expected.property == Property::QueuesBounded && expected.status == Status::Violated) continue;  // its run is the explorer's
      EXPECT_EQ(v.status, expected.status) << text << " " << ir::id(v.property);
      EXPECT_EQ(v.statistics.configurations, expected.statistics.configurations);
      EXPECT_EQ(v.statistics.longest_queue, expected.statistics.longest_queue);
      EXPECT_EQ(v.trace.has_value(), expected.trace.has_value());
      EXPECT_EQ(v.trace ? v.trace->steps.size() : 0, expected.trace ? expected.trace->steps.size() : 0);
    }
  }
}

// A state that only looks terminal by its name: Promela labels that begin with `end` are valid ends.
TEST(LiveVerify, AStateCalledEndgameHidesNoDeadlock) {
  SKIP_WITHOUT_SPIN();
  for (const std::string name : {"endgame", "end", "end_Over", "accept", "progress", "plain"}) {
    // Valve with the two waiting states named so.
    const std::string text = fmt::format("Idle: Open? T, Shut! U; T: Shut! {0}1; {0}1: Report! Idle; U: Open? {0}2; {0}2: Seal? Idle", name);
    for (const std::uint64_t budget : {100'000u, 3u}) {
      Options options;
      options.explorer_budget = budget;
      const Results results = verified(Contracts{text}, options, tools);
      EXPECT_EQ(problems(results), "") << name;
      EXPECT_EQ(verdict(results.contracts[0], Property::DeadlockFree).status, Status::Violated) << name;
      EXPECT_EQ(verdict(results.contracts[0], Property::DeadlockFree).trace->steps.size(), 4u) << name;
    }
  }
}

TEST(LiveVerify, OtherEntries) {
  SKIP_WITHOUT_SPIN();
  Contracts contracts{"S: A! T; T: B? S; Lone: Job? Lone/Job, Job? Lone/Job#2; Lone/Job: X! Lone; Lone/Job#2: Y! Lone", testing::kKettle};
  contracts.add_entry(0, "Lone");
  const Results results = verified(contracts, {}, tools);
  EXPECT_EQ(problems(results), "");
  const exec::Verdict& stuck = verdict(results.contracts[0], Property::DeadlockFree);
  EXPECT_EQ(stuck.status, Status::Violated);
  EXPECT_EQ(contracts[0].states[stuck.entry].id, "Lone");
  EXPECT_EQ(stuck.trace->steps.size(), 3u);
  EXPECT_EQ(verdict(results.contracts[0], Property::StatesReachable).status, Status::Proved);
  EXPECT_EQ(verdict(results.contracts[0], Property::QueuesBounded).status, Status::Proved);
}

// An endpoint may be handed over in a terminal state (S23).
TEST(LiveVerify, AnEntryInATerminalState) {
  SKIP_WITHOUT_SPIN();
  Contracts contracts{"S: A! T; T: B? S; Done:"};
  contracts.add_entry(0, "Done");
  const Results results = verified(contracts, {}, tools);
  EXPECT_EQ(problems(results), "");
  for (const exec::Verdict& v : results.contracts[0].verdicts) EXPECT_EQ(v.status, Status::Proved) << v.detail;
}

void expect_limit(const ContractResult& result, Reason reason, const char* flag) {
  for (const exec::Verdict& v : result.verdicts) {
    if (v.status == Status::Violated) continue;  // a run is a run
    EXPECT_EQ(v.status, Status::Inconclusive) << ir::id(v.property) << " " << v.detail;
    EXPECT_EQ(exec::reason_text(v.reason), exec::reason_text(reason)) << v.detail;
    EXPECT_THAT(v.detail, HasSubstr(flag));
    EXPECT_FALSE(v.exhaustive);
    EXPECT_FALSE(v.statistics.configurations);
  }
}

Options huge() {
  Options options;
  options.queue_capacity = 10;
  options.explorer_budget = 1000;
  return options;
}

TEST(LiveVerify, ATimeLimit) {
  SKIP_WITHOUT_SPIN();
  Options options = huge();
  options.time_limit_seconds = 0.5;
  const Results results = verified(Contracts{kHuge}, options, tools);
  expect_limit(results.contracts[0], Reason::TimeLimit, "--time 2");
}

TEST(LiveVerify, ATimeLimitThatEvenSpinMisses) {
  SKIP_WITHOUT_SPIN();
  Options options;
  options.time_limit_seconds = 0.0001;
  const Results results = verified(Contracts{testing::kKettle}, options, tools);
  expect_limit(results.contracts[0], Reason::TimeLimit, "--time");
}

TEST(LiveVerify, AMemoryLimit) {
  SKIP_WITHOUT_SPIN();
  Options options = huge();
  options.memory_limit_bytes = 40ull << 20;
  const Results results = verified(Contracts{kHuge}, options, tools);
  expect_limit(results.contracts[0], Reason::MemoryLimit, "--memory 80M");
}

TEST(LiveVerify, ADepthLimit) {
  SKIP_WITHOUT_SPIN();
  Options options;
  options.depth_limit = 5;
  const Results results = verified(Contracts{testing::kClinic}, options, tools);
  expect_limit(results.contracts[0], Reason::DepthLimit, "--depth 20");
}

TEST(LiveVerify, AnInterrupt) {
  SKIP_WITHOUT_SPIN();
  const volatile std::sig_atomic_t interrupted = 1;
  const Contracts contracts{testing::kKettle};
  const Results results = verify(contracts.program, contracts.ids, {}, contracts.sources, {}, tools, &interrupted, {});
  EXPECT_TRUE(results.interrupted);
  for (const exec::Verdict& v : results.contracts[0].verdicts) {
    EXPECT_EQ(v.status, Status::Inconclusive);
    EXPECT_EQ(v.reason, Reason::Interrupted);
  }
}

TEST(LiveVerify, WithoutTraces) {
  SKIP_WITHOUT_SPIN();
  Options options;
  options.want_traces = false;
  const Results results = verified(Contracts{testing::kSpooler}, options, tools);
  const exec::Verdict& stuck = verdict(results.contracts[0], Property::DeadlockFree);
  EXPECT_EQ(stuck.status, Status::Violated);
  EXPECT_FALSE(stuck.trace);
}

TEST(LiveVerify, OnlyWhatIsAskedFor) {
  SKIP_WITHOUT_SPIN();
  Options options;
  options.properties = {Property::QueuesBounded, Property::StatesReachable};
  const Results results = verified(Contracts{testing::kValve}, options, tools);
  ASSERT_EQ(results.contracts[0].verdicts.size(), 4u);  // two readings
  for (const exec::Verdict& v : results.contracts[0].verdicts) EXPECT_TRUE(options.properties.contains(v.property));
}

TEST(LiveVerify, ManyMessages) {
  SKIP_WITHOUT_SPIN();
  std::string text = "S: ";
  for (int i = 0; i < 300; ++i) text += fmt::format("M{}! T, ", i);
  text += "; T: Back? S";
  const Results results = verified(Contracts{text, testing::kKettle}, {}, tools);
  EXPECT_EQ(problems(results), "");
  for (const ContractResult& result : results.contracts) {
    for (const exec::Verdict& v : result.verdicts) EXPECT_EQ(v.status, Status::Proved) << v.detail;
  }
  EXPECT_EQ(verdict(results.contracts[0], Property::DeadlockFree).statistics.configurations, 303u);
}

TEST(LiveVerify, MoreMachinesThanFitIntoOneModel) {
  SKIP_WITHOUT_SPIN();
  Contracts contracts{};
  for (int i = 0; i < 130; ++i) contracts.add(i % 3 == 0 ? testing::kParcel : i % 3 == 1 ? testing::kKettle : testing::kSpooler);
  const Results results = verified(contracts, {}, tools);
  EXPECT_EQ(problems(results), "");
  ASSERT_EQ(results.contracts.size(), 130u);
  for (std::size_t i = 3; i < 130; ++i) EXPECT_EQ(summary(results.contracts[i]), summary(results.contracts[i % 3])) << i;
}

TEST(Verify, WithoutSpinIsAnError) {
  const Contracts contracts{testing::kKettle, testing::kValve};
  const Results results = verified(contracts, {}, spin::Tools{});
  ASSERT_EQ(results.contracts.size(), 2u);
  for (const ContractResult& result : results.contracts) {
    for (const exec::Verdict& v : result.verdicts) {
      EXPECT_EQ(v.status, Status::Error);
      EXPECT_EQ(v.reason, Reason::EngineFailure);
      EXPECT_THAT(v.detail, HasSubstr("spin"));
    }
  }
  ASSERT_EQ(results.problems.size(), 1u);
  EXPECT_EQ(diagnostics::code_text(results.problems[0].code), "SS0902");
}

TEST(Verify, WithoutACompilerIsAnError) {
  spin::Tools tools = spin::find_tools();
  if (tools.spin.empty()) GTEST_SKIP() << "spin is not installed";
  tools.fast_compiler = tools.optimizing_compiler = "";
  const Results results = verified(Contracts{testing::kKettle}, {}, tools);
  for (const exec::Verdict& v : results.contracts[0].verdicts) EXPECT_EQ(v.status, Status::Error);
  EXPECT_THAT(problems(results), HasSubstr("SS0902"));
}

TEST(LiveVerify, EitherCompiler) {
  const spin::Tools tools = spin::find_tools();
  if (tools.spin.empty()) GTEST_SKIP() << "spin is not installed";
  if (tools.fast_compiler.empty() || tools.optimizing_compiler.empty()) GTEST_SKIP() << "one compiler only";
  spin::Tools fast = tools, optimizing = tools;
  fast.optimizing_compiler = "";
  optimizing.fast_compiler = "";
  const Results one = verified(Contracts{testing::kValve}, {}, fast), other = verified(Contracts{testing::kValve}, {}, optimizing);
  EXPECT_EQ(problems(one) + problems(other), "");
  EXPECT_EQ(summary(one.contracts[0]), summary(other.contracts[0]));
}

TEST(Verify, NothingToVerify) {
  const Results results = verified(Contracts{}, {}, spin::Tools{});
  EXPECT_THAT(results.contracts, IsEmpty());
  EXPECT_THAT(results.problems, IsEmpty());
}

}  // namespace
}  // namespace singspin::verify
