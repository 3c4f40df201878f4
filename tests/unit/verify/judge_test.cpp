// What a run means: outcomes to statuses and reasons. `Proved` is what is left when nothing says otherwise.
#include "promela/verify/judge.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/exec/compact.h"

namespace singspin::verify {
namespace {

using exec::Fault;
using exec::Reason;
using exec::Status;
using ir::Property;
using testing::compact;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What an undisturbed run of SPIN and of the explorer gives for this contract.
MachineFacts facts_of(const ir::Contract& contract, std::optional<std::uint32_t> capacity = std::nullopt) {
  MachineFacts facts;
  facts.machine = {{}, {contract.start, exec::Reading::Free, {}}};
  if (capacity) {
    facts.machine.scope.capacity = {*capacity, *capacity};
    facts.search = {false, facts.machine.scope.capacity, exec::explore(contract, facts.machine.scope, {10'000})};
    facts.search.exact = !facts.search.exploration.cut;
  } else {
    facts.search = exec::find_capacity(contract, facts.machine.scope, {10'000});
    facts.machine.scope.capacity = facts.search.capacity;
  }
  const exec::Exploration& explored = facts.search.exploration;
  facts.run.capacity = facts.machine.scope.capacity;
  facts.run.outcome.complete = true;
  facts.run.outcome.states_stored = explored.configurations;
  facts.run.outcome.transitions = explored.transitions + 1;
  facts.run.outcome.errors = explored.stuck;
  facts.run.observation = Observation{explored.longest_to_importer, explored.longest_to_exporter, {}, explored.deadlock ? 1u : 0u,
                                      explored.cut ? 1u : 0u, 0, explored.both_queues_used ? 1u : 0u};
  facts.run.sent = explored.sent;
  facts.run.received = explored.received;
  for (std::size_t i = 0; i < 4; ++i) {
    facts.run.observation->faults[i] = explored.faults[i] ? 1 : 0;
    facts.run.traces[i] = explored.faults[i];
  }
  return facts;
}

std::string text(const exec::Verdict& v) {
  std::string words(exec::status_text(v.status));
  if (v.status == Status::Proved || v.status == Status::Violated) return words + " " + std::string(exec::strength_text(v.strength));
  return words + " " + std::string(exec::reason_text(v.reason));
}

std::vector<std::string> texts(const std::vector<exec::Verdict>& verdicts) {
  std::vector<std::string> lines;
  for (const exec::Verdict& v : verdicts) lines.push_back(text(v));
  return lines;
}

constexpr const char* kProved = "proved any-queue-length";
constexpr const char* kViolated = "violated any-queue-length";

TEST(Judge, ASoundContract) {
  const ir::Contract c = compact(testing::kKettle);
  const auto verdicts = judge(c, facts_of(c), {});
  ASSERT_EQ(verdicts.size(), 4u);
  const Property order[] = {Property::DeadlockFree, Property::NoUnexpectedMessage, Property::NoOrphanMessage, Property::QueuesBounded};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(verdicts[i].property, order[i]);
    EXPECT_EQ(text(verdicts[i]), kProved);
    EXPECT_TRUE(verdicts[i].exhaustive);
    EXPECT_FALSE(verdicts[i].trace);
    EXPECT_FALSE(verdicts[i].reading);  // no mixed state, no reading
    EXPECT_EQ(verdicts[i].statistics.configurations, 9u);
    EXPECT_EQ(verdicts[i].statistics.longest_queue, 1u);
  }
}

TEST(Judge, FaultsGroupAsTheReferenceSays) {
  const struct {
    std::string_view contract;
    std::vector<std::string> verdicts;
    std::size_t steps[3];
  } cases[] = {
      {testing::kValve, {kViolated, kProved, kProved, kProved}, {4, 0, 0}},
      {testing::kSpooler, {kViolated, kViolated, kProved, kProved}, {3, 3, 0}},
      {testing::kParcel, {kProved, kProved, kViolated, kProved}, {0, 0, 2}},
      {testing::kAlarmedTurnstile, {kViolated, kViolated, kViolated, kProved}, {2, 2, 2}},
      {testing::kMeter, {"proved up-to-capacity", "proved up-to-capacity", "proved up-to-capacity", kViolated}, {0, 0, 0}},
      {testing::kTimer, {kProved, kProved, kProved, kProved}, {0, 0, 0}},
  };
  for (const auto& row : cases) {
    const ir::Contract c = compact(row.contract);
    const auto verdicts = judge(c, facts_of(c), {});
    EXPECT_EQ(texts(verdicts), row.verdicts) << row.contract;
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(verdicts[i].trace ? verdicts[i].trace->steps.size() : 0, row.steps[i]);
    EXPECT_EQ(verdicts[0].reading.has_value(), ir::has_mixed_states(c));
  }
}

TEST(Judge, TheShorterOfTwoRunsIsShown) {
  const ir::Contract c = compact(testing::kParcel);
  MachineFacts facts = facts_of(c);
  exec::Trace shorter = *facts.run.traces[2];
  shorter.steps.pop_back();
  facts.run.traces[3] = shorter;
  EXPECT_EQ(judge(c, facts, {})[2].trace->steps.size(), 1u);
}

// Whatever makes a run doubtful: a status and a reason, and never `Proved`.
struct Doubt {
  const char* name;
  std::function<void(MachineRun&)> change;
  const char* verdict;
  const char* words;
};

const Doubt kDoubts[] = {
    {"time", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::TimeLimit; }, "inconclusive time-limit", "--time"},
    {"memory", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::MemoryLimit; }, "inconclusive memory-limit", "--memory"},
    {"depth", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::DepthLimit; }, "inconclusive depth-limit", "--depth"},
    {"interrupt", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::Interrupted; }, "inconclusive interrupted", ""},
    {"unknown text", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::UnknownText; r.outcome.cause_text = "a new word"; }, "inconclusive engine-warning", "a new word"},
    {"stopped at an error", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::StoppedAtError; }, "error engine-failure", ""},
    {"not exhaustive", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::NotExhaustive; }, "error engine-failure", ""},
    {"model fault", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::ModelFault; }, "error engine-failure", ""},
    {"no statistics", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::MissingStatistics; }, "error engine-failure", ""},
    {"crash", [](MachineRun& r) { r.outcome.cause = spin::Incomplete::Crashed; r.outcome.cause_text = "signal 11"; }, "error engine-failure", "signal 11"},
    {"no cause", [](MachineRun&) {}, "error engine-failure", "observer"},
    {"no observation", [](MachineRun& r) { r.outcome.complete = true; r.observation.reset(); }, "error engine-failure", "observer of the model did not report"},
    {"spin is missing", [](MachineRun& r) { r.failure = spin::Failure{spin::Failure::Missing, "no spin"}; }, "error engine-failure", "no spin"},
    {"spin failed", [](MachineRun& r) { r.failure = spin::Failure{spin::Failure::Failed, "exit status 1"}; }, "error engine-failure", "exit status 1"},
    {"spin timed out", [](MachineRun& r) { r.failure = spin::Failure{spin::Failure::TimedOut, "late"}; }, "inconclusive time-limit", "late; raise it with --time"},
    {"no memory for spin", [](MachineRun& r) { r.failure = spin::Failure{spin::Failure::MemoryLimit, "full"}; }, "inconclusive memory-limit", "full; raise it with --memory"},
    {"spin interrupted", [](MachineRun& r) { r.failure = spin::Failure{spin::Failure::Interrupted, "stop"}; }, "inconclusive interrupted", "stop"},
    {"a limit of spin", [](MachineRun& r) { r.failure = spin::Failure{spin::Failure::Failed, "spin: d_step sequence too long"}; }, "inconclusive unsupported", "too long"},
    {"spin warns", [](MachineRun& r) { r.failure = spin::Failure{spin::Failure::Warning, "odd"}; }, "inconclusive engine-warning", "odd"},
};

TEST(Judge, NothingDoubtfulIsProved) {
  const ir::Contract c = compact(testing::kKettle);
  for (const Doubt& doubt : kDoubts) {
    SCOPED_TRACE(doubt.name);
    MachineFacts facts = facts_of(c);
    facts.run.outcome.complete = false;
    if (std::string_view(doubt.words) == "observer") facts.run.observation.reset();
    doubt.change(facts.run);
    for (const exec::Verdict& v : judge(c, facts, {})) {
      EXPECT_EQ(text(v), doubt.verdict) << ir::id(v.property);
      EXPECT_THAT(v.detail, HasSubstr(doubt.words));
      EXPECT_FALSE(v.exhaustive);
      EXPECT_FALSE(v.statistics.configurations);
    }
    std::vector<diagnostics::Diagnostic> findings;
    EXPECT_EQ(text(judge_reachable(c, {&facts}, {}, findings)), doubt.verdict);
    EXPECT_THAT(findings, IsEmpty());
  }
}

TEST(Judge, AFailureCountsEvenIfTheOutcomeLooksComplete) {
  const ir::Contract c = compact(testing::kKettle);
  MachineFacts facts = facts_of(c);
  facts.run.failure = spin::Failure{spin::Failure::Failed, "the engines disagree"};
  for (const exec::Verdict& v : judge(c, facts, {})) EXPECT_EQ(text(v), "error engine-failure");
}

TEST(Judge, ARunIsShownEvenIfTheSearchStoppedEarly) {
  const ir::Contract c = compact(testing::kValve);
  MachineFacts facts = facts_of(c);
  facts.run.outcome.complete = false;
  facts.run.outcome.cause = spin::Incomplete::TimeLimit;
  const auto verdicts = judge(c, facts, {});
  EXPECT_EQ(texts(verdicts), (std::vector<std::string>{kViolated, "inconclusive time-limit", "inconclusive time-limit", "inconclusive time-limit"}));
  EXPECT_FALSE(verdicts[0].exhaustive);
}

TEST(Judge, AFaultThatWasSeenButNotRunIsAnError) {
  const ir::Contract c = compact(testing::kValve);
  MachineFacts facts = facts_of(c);
  facts.run.traces = {};
  facts.run.trace_problem = "the 5 steps of the trail do not lead to the violation";
  const exec::Verdict v = judge(c, facts, {})[0];
  EXPECT_EQ(text(v), "error engine-failure");
  EXPECT_THAT(v.detail, HasSubstr("the 5 steps"));
  Options without_traces;
  without_traces.want_traces = false;
  EXPECT_EQ(judge(c, facts, without_traces)[0].status, Status::Violated);
}

TEST(Judge, AFaultWithoutTimeForItsRunIsAViolation) {
  const ir::Contract c = compact(testing::kValve);
  MachineFacts facts = facts_of(c);
  facts.run.traces = {};
  facts.run.out_of_time_for_traces = true;
  EXPECT_EQ(text(judge(c, facts, {})[0]), kViolated);
}

TEST(Judge, AHeldBackSendLimitsWhatIsProved) {
  const ir::Contract c = compact(testing::kClinic);  // needs queues of two
  Options options;
  options.queue_capacity = 1;
  const auto verdicts = judge(c, facts_of(c, 1), options);
  EXPECT_EQ(texts(verdicts), (std::vector<std::string>{"proved up-to-capacity", "proved up-to-capacity", "proved up-to-capacity", "inconclusive queue-limit"}));
  EXPECT_THAT(verdicts[3].detail, HasSubstr("--queue 2"));
  EXPECT_FALSE(verdicts[0].statistics.configurations);
  EXPECT_FALSE(verdicts[0].statistics.longest_queue);
  EXPECT_EQ(texts(judge(c, facts_of(c, 2), options)), std::vector<std::string>(4, kProved));
}

TEST(Judge, AnUnboundedQueueIsShownByALoop) {
  const ir::Contract c = compact(testing::kMeter);
  const exec::Verdict v = judge(c, facts_of(c), {})[3];
  ASSERT_TRUE(v.trace);
  EXPECT_EQ(testing::steps_text(c, v.trace->steps), "I!Begin E?Begin E!Sample");
}

TEST(Judge, AnUnknownBoundStaysOpen) {
  const ir::Contract c = compact(testing::kPollPut);
  const exec::Verdict v = judge(c, facts_of(c, 4), {})[3];
  EXPECT_EQ(text(v), "inconclusive queue-limit");
  EXPECT_THAT(v.detail, HasSubstr("queues of 4"));
}

TEST(Judge, AnUnboundedQueueIsSeenInASearchThatStoppedEarly) {
  const ir::Contract c = compact(testing::kMeter);
  MachineFacts facts = facts_of(c);
  facts.run.outcome.complete = false;
  facts.run.outcome.cause = spin::Incomplete::MemoryLimit;
  EXPECT_EQ(text(judge(c, facts, {})[3]), kViolated);
}

TEST(JudgeReachable, AllIsReached) {
  const ir::Contract c = compact(testing::kClinic);
  const MachineFacts facts = facts_of(c);
  std::vector<diagnostics::Diagnostic> findings;
  const exec::Verdict v = judge_reachable(c, {&facts}, {}, findings);
  EXPECT_EQ(text(v), kProved);
  EXPECT_THAT(findings, IsEmpty());
  EXPECT_EQ(v.severity, diagnostics::Severity::Warning);
}

TEST(JudgeReachable, OneFindingPerStateAndMessage) {
  ir::Contract c = compact("S: A! T; T: B? S; Lone: A! Lone/A; Lone/A: X? Lone, Y? Other; Other: B? S");
  c.messages.add({"Spare", ir::Direction::In, {}, {}});
  const MachineFacts facts = facts_of(c);
  std::vector<diagnostics::Diagnostic> findings(1);  // one that was there before
  const exec::Verdict v = judge_reachable(c, {&facts}, {}, findings);
  EXPECT_EQ(text(v), kViolated);
  ASSERT_EQ(findings.size(), 4u);
  EXPECT_EQ(findings[1].message, "state Lone of C is never reached");
  EXPECT_THAT(findings[1].notes, ::testing::ElementsAre("X and Y are used only here, so they are never sent"));
  EXPECT_EQ(findings[2].message, "state Other of C is never reached");
  EXPECT_EQ(findings[3].message, "message Spare of C is never sent");
  EXPECT_EQ(findings[3].label, "no transition sends it");
  EXPECT_THAT(v.findings, ::testing::ElementsAre(1u, 2u, 3u));
}

TEST(JudgeReachable, AnotherEntryReachesIt) {
  const ir::Contract c = compact("S: A! T; T: B? S; Lone: C! S");
  const MachineFacts from_start = facts_of(c);
  MachineFacts from_lone = from_start;
  from_lone.machine.scope.entry = testing::state_of(c, "Lone");
  from_lone.run.sent = {true, true, true};
  from_lone.run.received = {true, true, true};
  std::vector<diagnostics::Diagnostic> findings;
  EXPECT_EQ(text(judge_reachable(c, {&from_start}, {}, findings)), kViolated);
  findings.clear();
  EXPECT_EQ(text(judge_reachable(c, {&from_start, &from_lone}, {}, findings)), kProved);
}

TEST(CompareEngines, AgreeOnTheSamples) {
  for (const std::string_view contract : {testing::kKettle, testing::kValve, testing::kSpooler, testing::kParcel, testing::kMeter}) {
    const ir::Contract c = compact(contract);
    EXPECT_EQ(compare_engines(c, facts_of(c), 1), "");
    MachineFacts several = facts_of(c);
    several.run.outcome.states_stored += overhead(3).states;
    several.run.outcome.transitions += overhead(3).transitions;
    EXPECT_EQ(compare_engines(c, several, 3), "");
    EXPECT_NE(compare_engines(c, several, 1), "");
  }
}

TEST(CompareEngines, FindEachDifference) {
  const ir::Contract c = compact(testing::kSpooler);
  const struct {
    std::function<void(MachineFacts&)> change;
    const char* words;
  } cases[] = {
      {[](MachineFacts& f) { ++f.run.outcome.states_stored; }, "configurations: the interpreter counts 11, SPIN 12"},
      {[](MachineFacts& f) { --f.run.outcome.transitions; }, "steps: the interpreter counts 13, SPIN 12"},
      {[](MachineFacts& f) { ++f.run.outcome.errors; }, "standstills: the interpreter counts 2, SPIN 3"},
      {[](MachineFacts& f) { ++f.run.observation->longest_to_exporter; }, "longest queues differ"},
      {[](MachineFacts& f) { ++f.run.observation->longest_to_importer; }, "longest queues differ"},
      {[](MachineFacts& f) { f.run.observation->cut = 1; }, "only one sees a send held back"},
      {[](MachineFacts& f) { f.run.observation->both_queues_used = 1; }, "only one sees both queues in use"},
      {[](MachineFacts& f) { f.run.observation->deadlocks = 1; }, "only one sees a deadlock with empty queues"},
      {[](MachineFacts& f) { f.run.sent[0] = false; }, "transitions taken differ"},
      {[](MachineFacts& f) { f.run.received[1] = false; }, "transitions taken differ"},
      {[](MachineFacts& f) { f.run.observation->faults[0] = 0; }, "one engine sees a fault"},
      {[](MachineFacts& f) { f.run.observation->faults[3] = 1; }, "one engine sees a fault"},
      {[](MachineFacts& f) { f.search.exploration.faults[1].reset(); }, "one engine sees a fault"},
      {[](MachineFacts& f) { f.run.traces[0]->steps.pop_back(); }, "shortest runs to a fault differ"},
  };
  for (const auto& row : cases) {
    MachineFacts facts = facts_of(c);
    row.change(facts);
    EXPECT_THAT(compare_engines(c, facts, 1), HasSubstr(row.words));
    EXPECT_THAT(compare_engines(c, facts, 1), HasSubstr("C: "));
  }
}

TEST(CompareEngines, SayNothingIfOneOfThemCouldNotLook) {
  const ir::Contract c = compact(testing::kSpooler);
  const std::function<void(MachineFacts&)> changes[] = {
      [](MachineFacts& f) { f.search.exploration.complete = false; },
      [](MachineFacts& f) { f.run.failure = spin::Failure{spin::Failure::Failed, ""}; },
      [](MachineFacts& f) { f.run.outcome.complete = false; },
      [](MachineFacts& f) { f.run.observation.reset(); },
  };
  for (const auto& change : changes) {
    MachineFacts facts = facts_of(c);
    facts.run.outcome.states_stored = 999;
    change(facts);
    EXPECT_EQ(compare_engines(c, facts, 1), "");
  }
}

TEST(MachinesOf, EachEntryUnderEachReading) {
  ir::Contract sound = compact(testing::kKettle);
  sound.entries.push_back({testing::state_of(sound, "Cold"), sound.span});
  const auto machines = machines_of(sound, {7});
  ASSERT_EQ(machines.size(), 2u);
  EXPECT_EQ(machines[0].scope.entry, sound.start);
  EXPECT_EQ(machines[1].scope.entry, testing::state_of(sound, "Cold"));
  EXPECT_EQ(machines[1].contract, ir::ContractId{7});
  const ir::Contract mixed = compact(testing::kValve);
  const auto readings = machines_of(mixed, {0});
  ASSERT_EQ(readings.size(), 2u);
  EXPECT_EQ(readings[0].scope.reading, exec::Reading::Free);
  EXPECT_EQ(readings[1].scope.reading, exec::Reading::Priority);
}

}  // namespace
}  // namespace singspin::verify
