// The comparison of the referee: every difference between a search and the explorer is found.
#include "promela/verify/referee.h"

#include <gtest/gtest.h>

#include "frontend/exec/ahead.h"
#include "promela/lower/lower.h"
#include "tests/unit/exec/compact.h"

namespace singspin::verify {
namespace {

using testing::compact;

const char* const kRace = "Idle: Stop? Stopping, Ring! Rung\nStopping: Stopped! Idle\nRung: Seen? Idle";

struct Sample {
  ir::Contract contract = compact(kRace);
  exec::CapacitySearch ours =
      exec::find_capacity(contract, {contract.start, exec::Reading::Free, {}}, {1'000});
  Configurations configurations;
  MachineRun run;  // what SPIN would have found

  Sample() {
    bool complete = false;
    exec::shortest_run_to(
        contract, {contract.start, exec::Reading::Free, ours.capacity}, {1'000},
        [&](const exec::Configuration& c) {
          configurations.insert(c);
          return false;
        },
        complete);
    const exec::Exploration& e = ours.exploration;
    run.outcome.states_stored = e.configurations;
    run.outcome.transitions = e.transitions + 1;
    run.outcome.errors = e.stuck;
    run.observation =
        Observation{e.longest_to_importer,       e.longest_to_exporter, {}, e.deadlock ? 1u : 0u, 0, 0,
                    e.both_queues_used ? 1u : 0u};
    for (std::size_t i = 0; i < 4; ++i) run.observation->faults[i] = e.faults[i] ? 1 : 0;
    run.sent = e.sent;
    run.received = e.received;
  }
  std::string compared(const RefereeSearch& search) const {
    return compare_search(search, ours, configurations, run, configurations, 1);
  }
};

TEST(Referee, EqualAnswersAgree) {
  const Sample sample;
  ASSERT_TRUE(sample.ours.exact);
  EXPECT_EQ(sample.configurations.size(), sample.ours.exploration.configurations);
  for (const RefereeSearch& search : kRefereeSearches) EXPECT_EQ(sample.compared(search), "") << search.name;
}

TEST(Referee, EveryNumberCountsWithoutReduction) {
  const auto changes = std::to_array<void (*)(MachineRun&)>({
      [](MachineRun& run) { ++run.outcome.states_stored; },
      [](MachineRun& run) { --run.outcome.transitions; },
      [](MachineRun& run) { ++run.outcome.errors; },
      [](MachineRun& run) { ++run.observation->longest_to_importer; },
      [](MachineRun& run) { ++run.observation->longest_to_exporter; },
      [](MachineRun& run) { run.observation->faults[1] = run.observation->faults[1] > 0 ? 0 : 1; },
      [](MachineRun& run) { run.observation->cut = 1; },
      [](MachineRun& run) { run.observation->both_queues_used = 0; },
      [](MachineRun& run) { run.observation->deadlocks = 1 - run.observation->deadlocks; },
      [](MachineRun& run) { run.sent.front() = false; },
      [](MachineRun& run) { run.received.flip(); },
  });
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Sample sample;
    changes[i](sample.run);
    for (const RefereeSearch& search : kRefereeSearches) {
      if (search.reduce) continue;
      EXPECT_NE(sample.compared(search), "") << i << " " << search.name;
    }
  }
}

TEST(Referee, ReductionVisitsAPartAndLosesNoStandstill) {
  Sample sample;
  constexpr RefereeSearch kReduced = kRefereeSearches[1];
  static_assert(kReduced.reduce);
  Configurations part = sample.configurations;
  part.erase(part.begin());
  --sample.run.outcome.states_stored;
  EXPECT_EQ(compare_search(kReduced, sample.ours, sample.configurations, sample.run, part, 1), "");
  EXPECT_NE(compare_search(kRefereeSearches[0], sample.ours, sample.configurations, sample.run, part, 1), "");
  exec::Configuration foreign = *part.begin();
  foreign.to_importer.insert(foreign.to_importer.end(), 9, ir::MessageId{0});
  part.insert(foreign);
  EXPECT_NE(compare_search(kReduced, sample.ours, sample.configurations, sample.run, part, 1), "");
  ++sample.run.outcome.errors;
  EXPECT_NE(sample.compared(kReduced), "");
}

TEST(Referee, ReadsWhatTheObserverLists) {
  const Sample sample;
  const lower::Request request{&sample.contract, sample.contract.start, false, 2, 2};
  source::SourceMap sources;
  sources.add("race", "contract");
  const pml::Model model = lower::lower({request}, sources, true);
  const auto importer = model.machines[0].exporter.blocks.size();
  std::vector<std::string> lines = {"@calls 1", "@state 0 " + std::to_string(importer) + " 0 0", "@end"};
  const auto found = take_configurations(lines, model, 0, sample.contract);
  ASSERT_TRUE(found);
  EXPECT_EQ(lines, (std::vector<std::string>{"@calls 1", "@end"}));
  EXPECT_EQ(*found, (Configurations{exec::initial({sample.contract.start, exec::Reading::Free, {}})}));
  for (const char* bad :
       {"@state", "@state 0", "@state 0 0 0", "@state 0 0 1 0", "@state 99 0 0 0", "@state 0 0 0 0 0",
        "@state 0 0 1 77 0", "@state -1 0 0 0", "@state 0 0 18446744073709551615 0", "@state x"}) {
    std::vector<std::string> one = {bad};
    EXPECT_FALSE(take_configurations(one, model, 0, sample.contract)) << bad;
  }
}

}  // namespace
}  // namespace singspin::verify
