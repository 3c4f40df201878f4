// The explorer against the values of section 9 of the language reference, and the search for the
// exact capacity.
#include "frontend/exec/explore.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "frontend/exec/ending.h"
#include "frontend/exec/synchronizable.h"
#include "tests/unit/exec/compact.h"

namespace singspin::exec {
namespace {

using testing::compact;
using testing::state_of;

constexpr Budget kBudget{10'000};

struct Sample {
  const char* name;
  std::string_view contract;
  std::uint64_t configurations, transitions;
  std::uint32_t longest[2];  // waiting for the importer, for the exporter
  std::uint64_t stuck;       // configurations
  int nearest[4];            // steps to each fault, -1: none
  bool half_duplex, synchronizable;
  int priority_transitions;  // -1: no mixed state
};

// Toaster stands for a derived contract, the second Turnstile for WITH_ALARM.
const Sample kSamples[] = {
    {"Kettle", testing::kKettle, 9, 10, {1, 1}, 0, {-1, -1, -1, -1}, true, true, -1},
    {"Valve", testing::kValve, 21, 30, {3, 3}, 1, {4, -1, -1, -1}, false, true, 29},
    {"Timer", testing::kTimer, 20, 28, {2, 2}, 0, {-1, -1, -1, -1}, false, true, 27},
    {"Spooler", testing::kSpooler, 11, 12, {1, 1}, 2, {3, 3, -1, -1}, true, true, -1},
    {"Parcel", testing::kParcel, 5, 6, {1, 1}, 0, {-1, -1, 2, -1}, false, false, 5},
    {"Toaster", testing::kToaster, 12, 14, {1, 1}, 0, {-1, -1, -1, -1}, true, true, -1},
    {"Desk", testing::kDesk, 7, 8, {1, 1}, 0, {-1, -1, -1, -1}, true, true, -1},
    {"Clinic", testing::kClinic, 27, 36, {2, 2}, 0, {-1, -1, -1, -1}, true, true, -1},
    {"Turnstile", testing::kTurnstile, 6, 6, {1, 1}, 0, {-1, -1, -1, -1}, true, true, -1},
    {"Turnstile with alarm", testing::kAlarmedTurnstile, 14, 20, {2, 2}, 2, {2, 2, -1, 2}, false, false, 18},
};

TEST(Explore, TheSamplesOfTheReference) {
  for (const Sample& sample : kSamples) {
    SCOPED_TRACE(sample.name);
    const ir::Contract c = compact(sample.contract);
    const CapacitySearch found = find_capacity(c, {c.start}, kBudget);
    const Exploration& e = found.exploration;
    EXPECT_TRUE(found.exact);
    EXPECT_TRUE(e.complete);
    EXPECT_FALSE(e.cut);
    EXPECT_EQ(e.configurations, sample.configurations);
    EXPECT_EQ(e.transitions, sample.transitions);
    EXPECT_EQ(e.longest_to_importer, sample.longest[0]);
    EXPECT_EQ(e.longest_to_exporter, sample.longest[1]);
    EXPECT_EQ(found.capacity, (Capacity{sample.longest[0], sample.longest[1]}));
    EXPECT_EQ(e.stuck, sample.stuck);
    EXPECT_EQ(!e.both_queues_used, sample.half_duplex);
    EXPECT_EQ(is_synchronizable(c, c.start, kBudget), sample.synchronizable);
    for (const Fault fault : kFaults) {
      const auto& trace = e.faults[static_cast<std::size_t>(fault)];
      ASSERT_EQ(trace.has_value(), sample.nearest[static_cast<std::size_t>(fault)] >= 0);
      if (!trace) continue;
      EXPECT_EQ(static_cast<int>(trace->steps.size()), sample.nearest[static_cast<std::size_t>(fault)]);
      EXPECT_TRUE(has_fault(c, trace->scope, trace->last(), fault));
    }
    EXPECT_EQ(ir::has_mixed_states(c), sample.priority_transitions >= 0);
    if (sample.priority_transitions < 0) continue;
    const CapacitySearch priority = find_capacity(c, {c.start, Reading::Priority}, kBudget);
    EXPECT_TRUE(priority.exact);
    EXPECT_EQ(priority.exploration.configurations, sample.configurations);
    EXPECT_EQ(static_cast<int>(priority.exploration.transitions), sample.priority_transitions);
  }
}

TEST(Explore, AutonomousAndDeterministicContracts) {
  for (const Sample& sample : kSamples) {
    const ir::Contract c = compact(sample.contract);
    const Exploration e = find_capacity(c, {c.start}, kBudget).exploration;
    std::vector<bool> reached = e.exporter_at;
    for (std::size_t i = 0; i < reached.size(); ++i) reached[i] = reached[i] || e.importer_at[i];
    const bool expected = sample.priority_transitions < 0 && sample.name != std::string_view("Spooler");
    EXPECT_EQ(is_autonomous_and_deterministic(c, reached), expected) << sample.name;
    EXPECT_FALSE(expected && e.both_queues_used) << sample.name;
  }
}

TEST(Explore, OnlyValveHasTheNarrowDeadlock) {
  for (const Sample& sample : kSamples) {
    const ir::Contract c = compact(sample.contract);
    const Exploration e = find_capacity(c, {c.start}, kBudget).exploration;
    EXPECT_EQ(e.deadlock.has_value(), sample.name == std::string_view("Valve")) << sample.name;
  }
}

TEST(Explore, TellsWhatFiredAndWhereThePartiesWere) {
  const ir::Contract c = compact("S: A! T; T: B? S; Lone: C! S");
  const Exploration e = explore(c, {c.start, Reading::Free, {1, 1}}, kBudget);
  EXPECT_EQ(e.sent, (std::vector<bool>{true, true, false}));
  EXPECT_EQ(e.received, (std::vector<bool>{true, true, false}));
  EXPECT_EQ(e.exporter_at, (std::vector<bool>{true, true, false}));
  const Exploration lone = explore(c, {state_of(c, "Lone"), Reading::Free, {1, 1}}, kBudget);
  EXPECT_EQ(lone.sent, (std::vector<bool>{true, true, true}));
  EXPECT_EQ(lone.importer_at, (std::vector<bool>{true, true, true}));
}

TEST(Explore, WithoutBudgetIsIncomplete) {
  const ir::Contract c = compact(testing::kValve);
  for (const std::uint64_t budget : {1u, 5u, 20u}) {
    const Exploration e = explore(c, {c.start, Reading::Free, {4, 4}}, {budget});
    EXPECT_FALSE(e.complete) << budget;
  }
  EXPECT_TRUE(explore(c, {c.start, Reading::Free, {4, 4}}, {21}).complete);
}

// `n` sends of the exporter in a row, then one of the importer.
std::string row_of_sends(int n) {
  std::string text = "S0: A! S1";
  for (int i = 1; i < n; ++i) text += fmt::format("; S{}: A! S{}", i, i + 1);
  return text + fmt::format("; S{}: B? S0", n);
}

TEST(FindCapacity, IsTheLongestQueueOfTheSmallestExactSearch) {
  for (const std::uint32_t n : {1u, 2u, 3u, 4u, 5u, 8u, 9u, 20u}) {
    const ir::Contract c = compact(row_of_sends(static_cast<int>(n)));
    const CapacitySearch found = find_capacity(c, {c.start}, kBudget);
    EXPECT_TRUE(found.exact) << n;
    EXPECT_EQ(found.capacity, (Capacity{n, 1})) << n;
    EXPECT_FALSE(found.exploration.cut) << n;
    // The same at exactly this capacity, and not with less.
    const Exploration same = explore(c, {c.start, Reading::Free, found.capacity}, kBudget);
    EXPECT_FALSE(same.cut);
    EXPECT_EQ(same.configurations, found.exploration.configurations);
    EXPECT_TRUE(explore(c, {c.start, Reading::Free, {n - 1, 1}}, kBudget).cut) << n;
  }
}

TEST(FindCapacity, IsAtLeastOneForQueuesThatStayEmpty) {
  const ir::Contract silent = compact("S:");
  EXPECT_EQ(find_capacity(silent, {silent.start}, kBudget).capacity, (Capacity{1, 1}));
  EXPECT_EQ(find_capacity(silent, {silent.start}, kBudget).exploration.configurations, 1u);
  const ir::Contract one_way = compact("S: A! T");
  EXPECT_EQ(find_capacity(one_way, {one_way.start}, kBudget).capacity, (Capacity{1, 1}));
}

TEST(FindCapacity, StopsAtEightForACycleOfSends) {
  const ir::Contract c = compact(testing::kMeter);
  const CapacitySearch found = find_capacity(c, {c.start}, kBudget);
  EXPECT_FALSE(found.exact);
  EXPECT_TRUE(found.exploration.complete);
  EXPECT_TRUE(found.exploration.cut);
  EXPECT_EQ(found.capacity, (Capacity{8, 8}));
}

TEST(FindCapacity, ACycleThatNobodyReachesDoesNotMatter) {
  const ir::Contract c = compact("S: A! T; T: B? S; Lone: C! Lone");
  EXPECT_TRUE(find_capacity(c, {c.start}, kBudget).exact);
  EXPECT_FALSE(find_capacity(c, {state_of(c, "Lone")}, kBudget).exact);
}

TEST(FindCapacity, PollAndPutKeepTheCycleRuleAndHaveNoBound) {
  const ir::Contract c = compact(testing::kPollPut);
  const CapacitySearch found = find_capacity(c, {c.start}, kBudget);
  EXPECT_FALSE(found.exact);
  EXPECT_GE(found.capacity.to_importer, 16u);  // as far as the budget goes
  EXPECT_TRUE(found.exploration.complete);
  const Exploration& e = found.exploration;
  EXPECT_FALSE(find_send_cycle(c, ir::Role::Exporter, e.exporter_at));
  EXPECT_FALSE(find_send_cycle(c, ir::Role::Importer, e.importer_at));
  EXPECT_EQ(e.longest_to_importer, found.capacity.to_importer);
}

TEST(FindCapacity, GivesTheLastCompleteSearchWhenTheBudgetEnds) {
  const ir::Contract c = compact(testing::kPollPut);
  const std::uint64_t at_four = explore(c, {c.start, Reading::Free, {4, 4}}, kBudget).configurations;
  const CapacitySearch found = find_capacity(c, {c.start}, {at_four});
  EXPECT_FALSE(found.exact);
  EXPECT_EQ(found.capacity, (Capacity{4, 4}));
  EXPECT_TRUE(found.exploration.complete);
  EXPECT_FALSE(find_capacity(c, {c.start}, {1}).exploration.complete);
}

TEST(FindSendCycle, Table) {
  const struct {
    const char* contract;
    std::vector<std::uint32_t> exporter, importer;  // transitions of the cycle
  } cases[] = {
      {"S: A! S", {0}, {}},
      {"S: A? S", {}, {0}},
      {"S: A! T; T: B? S", {}, {}},
      {"S: A! T; T: A! S", {0, 1}, {}},
      {"S: X? T; T: A! U; U: A! V; V: B! T, Y? S", {1, 2, 3}, {}},
      {"S: A! T, A! U; T:; U: B? S, C! U", {3}, {}},
      {"S: A! T; T: A? S, N? T", {}, {2}},
  };
  for (const auto& row : cases) {
    const ir::Contract c = compact(row.contract);
    const std::vector<bool> everywhere(c.states.size(), true);
    for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
      const auto cycle = find_send_cycle(c, role, everywhere);
      std::vector<std::uint32_t> found;
      if (cycle) {
        for (const ir::TransitionId t : cycle->transitions) found.push_back(t.value);
      }
      EXPECT_EQ(found, role == ir::Role::Exporter ? row.exporter : row.importer) << row.contract;
      EXPECT_FALSE(find_send_cycle(c, role, std::vector<bool>(c.states.size())));
    }
  }
}

TEST(RunAround, LeadsToTheCycleAndOnceRound) {
  const ir::Contract c = compact("Idle: Begin? Flow; Flow: Sample! More; More: Sample! Flow, Stop? Idle");
  const Exploration e = explore(c, {c.start, Reading::Free, {8, 8}}, kBudget);
  const auto cycle = find_send_cycle(c, ir::Role::Exporter, e.exporter_at);
  ASSERT_TRUE(cycle);
  const auto trace = run_around(c, {c.start, Reading::Free, {8, 8}}, *cycle, kBudget);
  ASSERT_TRUE(trace);
  EXPECT_EQ(testing::steps_text(c, trace->steps), "I!Begin E?Begin E!Sample E!Sample");
  const std::size_t start = trace->steps.size() - cycle->transitions.size();
  EXPECT_EQ(trace->configurations[start].exporter, trace->last().exporter);
}

TEST(RunAround, StartsWhereTheCycleIsEnteredFirst) {
  const ir::Contract c = compact("S: B? T; T: A! U; U: C! V; V: A! T, X? U");
  const SendCycle cycle{ir::Role::Exporter, {{2}, {3}, {1}}};  // U -> V -> T -> U; T is reached first
  const auto trace = run_around(c, {c.start}, cycle, kBudget);
  ASSERT_TRUE(trace);
  EXPECT_EQ(testing::steps_text(c, trace->steps), "I!B E?B E!A E!C E!A");
  EXPECT_FALSE(run_around(c, {c.start}, cycle, {0}));
}

// Section 8.6: item 4 says that both of these are synchronizable and get stuck.
TEST(Synchronizable, IsNoProofOfSafety) {
  for (const std::string_view text : {testing::kSpooler, testing::kValve}) {
    const ir::Contract c = compact(text);
    EXPECT_EQ(is_synchronizable(c, c.start, kBudget), true);
    EXPECT_TRUE(find_capacity(c, {c.start}, kBudget).exploration.faults[0]);
  }
}

TEST(Synchronizable, IsUnknownIfTooLarge) {
  const ir::Contract c = compact(testing::kClinic);
  EXPECT_EQ(is_synchronizable(c, c.start, {3}), std::nullopt);
}

// Random walks: what enabled() offers can be executed, queues obey the capacity, normal forms keep
// the end and are stable.
class Walk {
 public:
  Walk(const ir::Contract& contract, Scope scope, unsigned seed) : contract_(contract), scope_(scope), random_(seed) {}

  std::vector<Step> run(std::size_t length) {
    std::vector<Step> steps;
    Configuration at = initial(scope_);
    while (steps.size() < length) {
      const std::vector<Step> possible = enabled(contract_, scope_, at);
      if (possible.empty()) break;
      steps.push_back(possible[random_() % possible.size()]);
      at = apply(contract_, at, steps.back());
      EXPECT_LE(at.to_importer.size(), scope_.capacity.to_importer);
      EXPECT_LE(at.to_exporter.size(), scope_.capacity.to_exporter);
    }
    end_ = at;
    return steps;
  }
  const Configuration& end() const { return end_; }

 private:
  const ir::Contract& contract_;
  Scope scope_;
  std::mt19937 random_;
  Configuration end_;
};

TEST(RandomWalks, ReplayAndNormalize) {
  std::vector<std::string_view> contracts = {testing::kMeter, testing::kPollPut};
  for (const Sample& sample : kSamples) contracts.push_back(sample.contract);
  for (const std::string_view text : contracts) {
    const ir::Contract c = compact(text);
    for (const Reading reading : {Reading::Free, Reading::Priority}) {
      for (unsigned seed = 0; seed < 20; ++seed) {
        const Scope scope{c.start, reading, {3, 2}};
        Walk walk(c, scope, seed);
        const std::vector<Step> steps = walk.run(30);
        const auto trace = execute(c, scope, steps);
        ASSERT_TRUE(trace);
        EXPECT_EQ(trace->last(), walk.end());
        EXPECT_EQ(trace->configurations.size(), steps.size() + 1);
        const Trace normal = normalize(c, *trace);
        EXPECT_EQ(normal.last(), trace->last());
        EXPECT_EQ(normal.steps.size(), trace->steps.size());
        EXPECT_EQ(normalize(c, normal).steps, normal.steps);
        // The order of each party's own steps is kept.
        for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
          std::vector<Step> before, after;
          for (const Step& s : trace->steps) if (s.actor == role) before.push_back(s);
          for (const Step& s : normal.steps) if (s.actor == role) after.push_back(s);
          EXPECT_EQ(before, after);
        }
        EXPECT_TRUE(reading == Reading::Free || normal.steps == trace->steps);
      }
    }
  }
}

}  // namespace
}  // namespace singspin::exec
