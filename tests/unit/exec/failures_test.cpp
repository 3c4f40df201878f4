// Every failure once, against a search that looks at all configurations.
#include "frontend/exec/failures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/unit/exec/compact.h"

namespace singspin::exec {
namespace {

using testing::compact;
using testing::state_of;

constexpr Budget kBudget{10'000};

Scope scope_of(const ir::Contract& contract) { return {contract.start, Reading::Free, {3, 3}}; }

// Key: fewest steps to it, by brute force.
std::map<std::string, std::size_t> all_keys(const ir::Contract& contract, const Scope& scope) {
  std::map<std::string, std::size_t> keys;
  std::set<Configuration> seen = {initial(scope)}, now = seen;
  for (std::size_t steps = 0; !now.empty(); ++steps) {
    std::set<Configuration> next;
    for (const Configuration& c : now) {
      for (const Failure& f : failures_at(contract, scope, c)) keys.emplace(f.key, steps);
      for (const Step& step : enabled(contract, scope, c)) {
        if (const Configuration after = apply(contract, c, step); seen.insert(after).second) next.insert(after);
      }
    }
    now = std::move(next);
  }
  return keys;
}

class Failures : public ::testing::TestWithParam<std::string_view> {};

TEST_P(Failures, EachOnceByAShortestRun) {
  const ir::Contract contract = compact(GetParam());
  const Scope scope = scope_of(contract);
  const FailureSearch found = find_failures(contract, scope, kBudget, {});
  EXPECT_TRUE(found.complete);
  const auto keys = all_keys(contract, scope);
  std::set<std::string> shown;
  for (const Trace& trace : found.runs) {
    bool fresh = false;
    for (const Failure& f : failures_at(contract, scope, trace.last())) {
      ASSERT_TRUE(has_fault(contract, scope, trace.last(), f.fault)) << f.key;
      if (!shown.insert(f.key).second) continue;
      fresh = true;
      EXPECT_EQ(trace.steps.size(), keys.at(f.key)) << f.key;
    }
    EXPECT_TRUE(fresh) << "a run that shows nothing new";
  }
  EXPECT_EQ(shown.size(), keys.size());
}

INSTANTIATE_TEST_SUITE_P(Contracts, Failures,
                         ::testing::Values(testing::kKettle, testing::kValve, testing::kTimer, testing::kSpooler,
                                           testing::kParcel));

TEST(FailureSearch, KnownOnesNeedNoRun) {
  const ir::Contract contract = compact(testing::kSpooler);
  const Scope scope = scope_of(contract);
  std::set<std::string> known;
  for (const auto& [key, steps] : all_keys(contract, scope)) known.insert(key);
  ASSERT_FALSE(known.empty());
  EXPECT_TRUE(find_failures(contract, scope, kBudget, known).runs.empty());
}

TEST(FailureSearch, SaysThatItStopped) {
  const ir::Contract contract = compact(testing::kValve);
  EXPECT_FALSE(find_failures(contract, scope_of(contract), Budget{3}, {}).complete);
}

}  // namespace
}  // namespace singspin::exec
