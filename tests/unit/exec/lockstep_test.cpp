// What the shape of a contract proves, against what exploring it shows.
#include "frontend/exec/lockstep.h"

#include <gtest/gtest.h>

#include "frontend/exec/explore.h"
#include "tests/unit/exec/compact.h"

namespace singspin::exec {
namespace {

using testing::compact;

struct Case {
  const char* contract;
  std::optional<Capacity> longest;
};

class LockstepHolds : public ::testing::TestWithParam<Case> {};

TEST_P(LockstepHolds, AgreesWithTheExplorer) {
  const ir::Contract contract = compact(GetParam().contract);
  const auto lockstep = find_lockstep(contract, contract.start);
  ASSERT_TRUE(lockstep);
  EXPECT_EQ(lockstep->longest, GetParam().longest);
  const CapacitySearch search = find_capacity(contract, {contract.start, Reading::Free, {}}, {10'000});
  EXPECT_EQ(search.exact, lockstep->longest.has_value());
  EXPECT_EQ(search.exploration.sent, lockstep->transitions);
  EXPECT_EQ(search.exploration.received, lockstep->transitions);
  EXPECT_EQ(search.exploration.exporter_at, lockstep->states);
  for (const auto& fault : search.exploration.faults) EXPECT_FALSE(fault);
  if (!lockstep->longest) return;
  EXPECT_EQ(search.exploration.longest_to_importer, lockstep->longest->to_importer);
  EXPECT_EQ(search.exploration.longest_to_exporter, lockstep->longest->to_exporter);
}

INSTANTIATE_TEST_SUITE_P(Contracts, LockstepHolds,
                         ::testing::Values(Case{"S: A? S/A; S/A: B! S", Capacity{1, 1}},
                                           Case{"S: A! T; T: B! U; U: C! V; V: D? S", Capacity{3, 1}},
                                           Case{"S: A? T; T: B? U, C? V; V: D? U; U: E! S", Capacity{1, 3}},
                                           Case{"S: A! T", Capacity{1, 0}},
                                           Case{"S:", Capacity{0, 0}},
                                           Case{"S: A? T; T: B! T, C! S", std::nullopt}));

TEST(Lockstep, SaysNothingWithoutItsPrecondition) {
  for (const char* text : {"S: A? S, B! S", "S: A? T, A? U; T: B! S; U: C! S"}) {
    const ir::Contract contract = compact(text);
    EXPECT_FALSE(find_lockstep(contract, contract.start)) << text;
  }
}

TEST(Lockstep, LooksOnlyAtWhatTheEntryLeadsTo) {
  const ir::Contract contract = compact("S: A? U; U: B! S; T: C? S, D! S");
  EXPECT_TRUE(find_lockstep(contract, contract.start));
  EXPECT_FALSE(find_lockstep(contract, testing::state_of(contract, "T")));
}

}  // namespace
}  // namespace singspin::exec
