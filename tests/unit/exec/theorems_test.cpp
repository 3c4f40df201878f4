// What the theorems prove, against what exploring shows: on chosen contracts and on thousands of
// random ones.
#include "frontend/exec/theorems.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "frontend/exec/growth.h"
#include "frontend/exec/synchronizable.h"
#include "tests/unit/exec/random_contract.h"

namespace singspin::exec {
namespace {

using ir::Property;
using testing::compact;

constexpr Budget kBudget{1'000};

std::string bases_text(const std::vector<Basis>& bases) {
  std::string text;
  for (const Basis basis : bases) text += (text.empty() ? "" : " ") + std::string(basis_text(basis));
  return text;
}

struct Sample {
  const char* contract;
  const char* deadlock_free;
  const char* no_unexpected_message;
  const char* no_orphan_message;
  const char* queues_bounded;
};

TEST(Theorems, ProveWhatTheySay) {
  const char* lockstep = "autonomous-deterministic";
  const Sample samples[] = {
      {"S: A? T; T: B! S, C! S", lockstep, lockstep, lockstep, lockstep},
      // Nothing stops the sender.
      {"S: A? T; T: B! T, C! S", lockstep, lockstep, lockstep, ""},
      // Ambiguous, but both ways go on alike.
      {"S: A? T, A? U; T: B! S; U: B! S", "equal-choices", "equal-choices", "equal-choices", "equal-choices"},
      // Ambiguous, and the ends may disagree about the answer: stuck, but nothing is left behind.
      {"S: A? T, A? U; T: B! S; U: C! S", "", "", "takes-turns", "takes-turns"},
      // Ambiguous whether it is over: nothing is known.
      {"S: A! T, A! U; T: B! S; U:", "", "", "", ""},
      // Mixed and ambiguous.
      {"S: A? S, A? T, B! S; T: B! T", "", "", "", ""},
      // Mixed, and every crossing is provided for.
      {"S: A? T, B! U; T: B! V; U: A? V; V: C! W", "", "synchronizable-deterministic",
       "synchronizable-deterministic", ""},
      // The same that goes on for ever.
      {"S: A? S, B! S", "", "synchronizable-deterministic", "synchronizable-deterministic", ""},
      // Synchronizable and deterministic, and a deadlock all the same (valve.sg).
      {"Idle: Open? Opening, Shut! Closing; Opening: Shut! O/S; O/S: Report! Idle; Closing: Open? C/O; C/O: "
       "Seal? Idle",
       "", "synchronizable-deterministic", "synchronizable-deterministic", ""},
  };
  for (const Sample& sample : samples) {
    const ir::Contract contract = compact(sample.contract);
    const Theorems theorems = find_theorems(contract, contract.start, kBudget);
    const auto text = [&](Property p) { return bases_text(proofs_of(theorems, p)); };
    EXPECT_EQ(text(Property::DeadlockFree), sample.deadlock_free) << sample.contract;
    EXPECT_EQ(text(Property::NoUnexpectedMessage), sample.no_unexpected_message) << sample.contract;
    EXPECT_EQ(text(Property::NoOrphanMessage), sample.no_orphan_message) << sample.contract;
    EXPECT_EQ(text(Property::QueuesBounded), sample.queues_bounded) << sample.contract;
    EXPECT_EQ(text(Property::StatesReachable), "");
  }
}

TEST(Theorems, AnUndecidedPreconditionProvesNothing) {
  const ir::Contract contract = compact("S: A? T, B! U; T: B! V; U: A? V; V: C! W");
  const Theorems theorems = find_theorems(contract, contract.start, {2});
  EXPECT_EQ(theorems.synchronizable, std::nullopt);
  for (const Property p : ir::kProperties) EXPECT_EQ(bases_text(proofs_of(theorems, p)), "");
}

// Wrong words about a search are found out.
TEST(Theorems, AContradictionIsSeen) {
  const ir::Contract good = compact("S: A? T; T: B! S"), spooler = compact("S: A? T, A? U; T: B! S; U: C! S"),
                     parcel = compact("S: A? T, B! T"), kinds[] = {good, spooler};
  const Exploration bad = explore(parcel, {parcel.start, Reading::Free, {1, 1}}, kBudget);
  for (const ir::Contract& contract : kinds) {
    const Theorems theorems = find_theorems(contract, contract.start, kBudget);
    EXPECT_NE(contradiction(theorems, observed({1, 1}, bad)), "");
    const Exploration own = explore(contract, {contract.start, Reading::Free, {1, 1}}, kBudget);
    EXPECT_EQ(contradiction(theorems, observed({1, 1}, own)), "");
  }
}

bool has_fault_of(const Exploration& found, Property property) {
  const auto seen = [&](Fault f) { return found.faults[static_cast<std::size_t>(f)].has_value(); };
  switch (property) {
    case Property::DeadlockFree: return seen(Fault::Stuck);
    case Property::NoUnexpectedMessage: return seen(Fault::UnspecifiedReception);
    case Property::NoOrphanMessage: return seen(Fault::OrphanMessage) || seen(Fault::FinalWithPending);
    case Property::QueuesBounded:
    case Property::StatesReachable:
    case Property::CanFinish:
    case Property::ReturnsToStart:
    case Property::User: return false;
  }
  return false;
}

TEST(Theorems, HoldOnRandomContracts) {
  constexpr std::uint32_t kContracts = 1'200;
  std::size_t applied[7] = {}, searches = 0;
  for (std::uint32_t seed = 0; seed < kContracts; ++seed) {
    const std::string text = testing::random_contract_text(seed);
    const ir::Contract contract = compact(text);
    const Theorems theorems = find_theorems(contract, contract.start, kBudget);
    for (const Property p : ir::kProperties) {
      for (const Basis basis : proofs_of(theorems, p)) ++applied[static_cast<std::size_t>(basis)];
    }
    for (const Reading reading : {Reading::Free, Reading::Priority}) {
      for (const std::uint32_t k : {1u, 2u, 4u}) {
        const Exploration found = explore(contract, {contract.start, reading, {k, k}}, kBudget);
        if (!found.complete) continue;
        ++searches;
        EXPECT_EQ(contradiction(theorems, observed({k, k}, found)), "") << "seed " << seed << ": " << text;
        for (const Property p : ir::kProperties) {
          const bool proved = !proofs_of(theorems, p).empty();
          EXPECT_FALSE(proved && has_fault_of(found, p))
              << "seed " << seed << ": " << text << " " << ir::id(p);
        }
        // Autonomous and deterministic implies synchronizable.
        if (theorems.lockstep && k == 1) {
          EXPECT_NE(is_synchronizable(contract, contract.start, kBudget), false) << text;
        }
      }
      const bool bounded = !proofs_of(theorems, Property::QueuesBounded).empty();
      if (bounded) {
        EXPECT_TRUE(find_capacity(contract, {contract.start, reading, {}}, kBudget).exact) << text;
      }
    }
  }
  std::printf("seeds 0 to %u, %zu searches, theorems applied:", kContracts - 1, searches);
  for (const Basis basis : {Basis::AutonomousDeterministic, Basis::EqualChoices, Basis::TakesTurns,
                            Basis::SynchronizableDeterministic}) {
    const std::size_t count = applied[static_cast<std::size_t>(basis)];
    std::printf(" %s %zu", std::string(basis_text(basis)).c_str(), count);
    EXPECT_GT(count, 15u) << basis_text(basis) << " hardly ever applies: the contracts show nothing";
  }
  std::printf("\n");
}

// Section 8.5: obeys the cycle rule and gains one Poll each time.
constexpr const char* kPollPut = "S: Poll! T, Put? P; T: Put? S; P: Put? U; U: Poll! S";

TEST(Growth, ARoundIsFoundThatTheInterpreterRepeats) {
  const ir::Contract contract = compact(kPollPut);
  const auto growth = find_growth(contract, contract.start, kBudget);
  ASSERT_TRUE(growth);
  std::vector<Step> steps = growth->run.steps;
  ASSERT_EQ(steps.size(), growth->start + 2 * growth->length);
  const std::vector<Step> round(steps.end() - growth->length, steps.end());
  for (int times = 0; times < 50; ++times) steps.insert(steps.end(), round.begin(), round.end());
  const auto run = execute(contract, {contract.start, Reading::Free, {}}, steps);
  ASSERT_TRUE(run);
  EXPECT_GE(run->last().to_importer.size() + run->last().to_exporter.size(), 50u);
}

TEST(Growth, BoundedContractsHaveNone) {
  for (const char* text : {"S: A? T; T: B! S", "S: A? T, B! U; T: B! V; U: A? V; V: C! W"}) {
    const ir::Contract contract = compact(text);
    EXPECT_FALSE(find_growth(contract, contract.start, kBudget)) << text;
  }
}

// Whatever is found can be repeated as often as one likes, and then no capacity is exact.
TEST(Growth, HoldsOnRandomContracts) {
  std::size_t found = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const std::string text = testing::random_contract_text(seed);
    const ir::Contract contract = compact(text);
    const auto growth = find_growth(contract, contract.start, {500});
    if (!growth) continue;
    ++found;
    std::vector<Step> steps(growth->run.steps.begin(), growth->run.steps.begin() + growth->start);
    const std::vector<Step> round(growth->run.steps.end() - growth->length, growth->run.steps.end());
    for (int times = 0; times < 30; ++times) steps.insert(steps.end(), round.begin(), round.end());
    const auto run = execute(contract, {contract.start, Reading::Free, {}}, steps);
    ASSERT_TRUE(run) << "seed " << seed << ": " << text;
    EXPECT_GE(run->last().to_importer.size() + run->last().to_exporter.size(), 30u) << text;
    EXPECT_FALSE(find_capacity(contract, {contract.start, Reading::Free, {}}, {500}).exact) << text;
  }
  std::printf("seeds 0 to 299, %zu growing\n", found);
  EXPECT_GT(found, 50u);
}

}  // namespace
}  // namespace singspin::exec
