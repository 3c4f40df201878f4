// Runs as text and back. What comes back is a run of the machine or nothing, whatever the text is.
#include "promela/verify/record.h"

#include <gtest/gtest.h>

#include "frontend/exec/explore.h"
#include "tests/unit/exec/compact.h"

namespace singspin::verify {
namespace {

using testing::compact;

const char* const kRace = "Idle: Stop? Stopping, Ring! Rung\nStopping: Stopped! Idle\nRung: Seen? Idle";

exec::Scope scope_of(const ir::Contract& contract) { return {contract.start, exec::Reading::Free, {2, 3}}; }

// What SPIN would have found.
MachineRun run_of(const ir::Contract& contract) {
  const exec::Exploration explored = exec::explore(contract, scope_of(contract), {10'000});
  MachineRun run;
  run.capacity = scope_of(contract).capacity;
  run.outcome.complete = true;
  run.outcome.states_stored = explored.configurations;
  run.outcome.transitions = explored.transitions + 1;
  run.observation = Observation{explored.longest_to_importer, explored.longest_to_exporter, {}, 1, 2, 3, 4};
  run.sent = explored.sent;
  run.received = explored.received;
  for (std::size_t i = 0; i < 4; ++i) {
    run.observation->faults[i] = explored.faults[i] ? 1 : 0;
    run.traces[i] = explored.faults[i];
  }
  return run;
}

TEST(Record, ComesBack) {
  const ir::Contract contract = compact(kRace);
  const MachineRun run = run_of(contract);
  ASSERT_TRUE(run.traces[0]);
  ASSERT_TRUE(is_worth_keeping(run, true));
  const auto back = read_record(write_record(run), contract, scope_of(contract));
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->cached);
  EXPECT_TRUE(back->outcome.complete);
  EXPECT_EQ(back->outcome.states_stored, run.outcome.states_stored);
  EXPECT_EQ(back->sent, run.sent);
  EXPECT_EQ(back->traces[0]->steps, run.traces[0]->steps);
  EXPECT_EQ(write_record(*back), write_record(run));
}

TEST(Record, NothingButItself) {
  const ir::Contract contract = compact(kRace);
  const std::string text = write_record(run_of(contract));
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(read_record(text.substr(0, size), contract, scope_of(contract))) << size;
  EXPECT_FALSE(read_record(text + "\n", contract, scope_of(contract)));
  // A changed byte is noticed, or leaves a run that is just as well formed.
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'0', '9', ' ', '\n', '-', '\0', '\xff'}) {
      std::string changed = text;
      changed[i] = c;
      const auto run = read_record(changed, contract, scope_of(contract));
      if (!run) continue;
      for (std::size_t fault = 0; fault < 4; ++fault) {
        if (!run->traces[fault]) continue;
        const exec::Trace& trace = *run->traces[fault];
        EXPECT_TRUE(exec::has_fault(contract, trace.scope, trace.last(), static_cast<exec::Fault>(fault)));
      }
      EXPECT_EQ(run->sent.size(), contract.transitions.size());
    }
  }
}

TEST(Record, BelongsToOneMachine) {
  const ir::Contract contract = compact(kRace);
  const std::string text = write_record(run_of(contract));
  exec::Scope other = scope_of(contract);
  other.capacity.to_importer = 3;
  EXPECT_FALSE(read_record(text, contract, other));
  const ir::Contract longer = compact(std::string(kRace) + ", Late? Idle");
  EXPECT_FALSE(read_record(text, longer, scope_of(longer)));
}

TEST(Record, KeyKnowsWhatCounts) {
  const ir::Contract contract = compact(kRace);
  const exec::Scope scope = scope_of(contract);
  const Options options;
  const std::string key = record_key(contract, scope, options, "spin 1");
  EXPECT_EQ(key.size(), 64u);
  EXPECT_EQ(record_key(compact(kRace), scope, options, "spin 1"), key);
  EXPECT_NE(record_key(contract, scope, options, "spin 2"), key);
  exec::Scope other = scope;
  other.reading = exec::Reading::Priority;
  EXPECT_NE(record_key(contract, other, options, "spin 1"), key);
  other = scope;
  other.capacity.to_exporter = 4;
  EXPECT_NE(record_key(contract, other, options, "spin 1"), key);
  // What the tool would leave open today, it leaves open.
  Options limited;
  limited.depth_limit = 1;
  EXPECT_NE(record_key(contract, scope, limited, "spin 1"), key);
  ir::Contract changed = contract;
  changed.transitions[ir::TransitionId{0}].to = ir::StateId{0};
  EXPECT_NE(record_key(changed, scope, options, "spin 1"), key);
  changed = contract;
  changed.messages[ir::MessageId{0}].name += "x";
  EXPECT_NE(record_key(changed, scope, options, "spin 1"), key);
  changed = contract;
  changed.span.begin += 7;  // a place counts for nothing
  EXPECT_EQ(record_key(changed, scope, options, "spin 1"), key);
}

TEST(Record, KeepsOnlyWhatIsDecided) {
  const ir::Contract contract = compact(kRace);
  const MachineRun run = run_of(contract);
  MachineRun other = run;
  other.outcome.complete = false;
  EXPECT_FALSE(is_worth_keeping(other, true));
  other = run;
  other.trace_problem = "no trail";
  EXPECT_FALSE(is_worth_keeping(other, true));
  other = run;
  other.traces = {};
  EXPECT_FALSE(is_worth_keeping(other, true));
  EXPECT_TRUE(is_worth_keeping(other, false));
  other.failure = spin::Failure{};
  EXPECT_FALSE(is_worth_keeping(other, false));
}

}  // namespace
}  // namespace singspin::verify
