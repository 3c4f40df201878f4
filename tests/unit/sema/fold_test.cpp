#include "frontend/sema/fold.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/fixture.h"

namespace singspin::sema {
namespace {

using testing::Contains;
using testing::ElementsAre;

using diagnostics::Code;

std::vector<Code> codes(const diagnostics::Diagnostics& diagnostics) {
  std::vector<Code> all;
  for (const diagnostics::Diagnostic& d : diagnostics.list()) all.push_back(d.code);
  return all;
}

// `all` over `n` messages has two to the power of n states.
std::string interleaving(int n) {
  std::string messages, sequences;
  for (int i = 0; i < n; ++i) {
    messages += fmt::format("out message M{}(); ", i);
    sequences += fmt::format("M{}!; ", i);
  }
  return fmt::format("contract X {{ {} state S: all {{ {} }} }}", messages, sequences);
}

TEST(Fold, CountsTheProductOfAll) {
  for (const int n : {1, 2, 5, 10}) {
    const AnalyzedText text = analyze_text(interleaving(n));
    ASSERT_EQ(text.analysis.program.contracts.size(), 1u) << n;
    EXPECT_EQ(text.analysis.program.contracts[ir::ContractId{0}].states.size(), 1u << n);
  }
}

// S0 calls S1, which calls S2, and so on; each level sends on its way back.
std::string calls(std::size_t depth) {
  std::string states;
  for (std::size_t i = 0; i < depth; ++i) states += fmt::format("state S{}: S{} -> M!;\n", i, i + 1);
  return fmt::format("contract X {{ out message M(); {} state S{}: M!; }}", states, depth);
}

TEST(Fold, FollowsCallsUpToItsLimit) {
  const AnalyzedText fits = analyze_text(calls(kMaxPendingCalls - 1));
  ASSERT_EQ(fits.analysis.program.contracts.size(), 1u);
  EXPECT_EQ(fits.analysis.program.contracts[ir::ContractId{0}].states.size(), kMaxPendingCalls + 1);
  const AnalyzedText too_deep = analyze_text(calls(kMaxPendingCalls + 1));
  EXPECT_TRUE(too_deep.analysis.program.contracts.empty());
  EXPECT_THAT(codes(too_deep.front->diagnostics), Contains(Code::machine_too_large));
}

TEST(Fold, EndsOnRecursion) {
  for (const char* states : {"state S: S -> M!;", "state S: M! -> S -> M!;", "state S: P -> M!; state P: Q -> M!; state Q: M! -> P -> M!;",
                             "state S: (S or S) -> M!;", "state S: T; state T: S;", "state S: S;", "state S: (S);"}) {
    const AnalyzedText text = analyze_text(fmt::format("contract X {{ out message M(); {} }}", states));
    for (const ir::Contract& contract : text.analysis.program.contracts) EXPECT_EQ(ir::validate(contract), "") << states;
    syntax::expect_spans_inside(text.front->sources, text.front->diagnostics);
  }
}

TEST(Fold, EndsOnLongChainsOfBasesAndStates) {
  constexpr int kLong = 1000;
  std::string bases = "contract C0 { out message M(); state S: M! -> T; state T: ; }\n";
  for (int i = 1; i < kLong; ++i) bases += fmt::format("contract C{} : C{} {{ }}\n", i, i - 1);
  EXPECT_EQ(analyze_text(bases).analysis.program.contracts.size(), static_cast<std::size_t>(kLong));
  constexpr int kLongJumps = 900;  // 1000 and more are SS0302
  std::string jumps;
  for (int i = 0; i < kLongJumps; ++i) jumps += fmt::format("state S{}: S{};\n", i, i + 1);
  const AnalyzedText text = analyze_text(fmt::format("contract X {{ out message M(); {} state S{}: M! -> S0; }}", jumps, kLongJumps));
  ASSERT_EQ(text.analysis.program.contracts.size(), 1u);
  EXPECT_EQ(text.analysis.program.contracts[ir::ContractId{0}].states[ir::StateId{0}].out.size(), 1u);
}

TEST(Analyze, KeepsTheOrderOfTheSource) {
  const AnalyzedText text = analyze_text("contract B : A { } contract A { out message M(); state S: M! -> T; state T: ; } contract C { }");
  std::vector<std::string> names;
  for (const Analyzed& a : text.analysis.contracts) names.push_back(a.name);
  EXPECT_THAT(names, ElementsAre("B", "A", "C"));
  EXPECT_TRUE(text.analysis.contracts[0].contract);
  EXPECT_FALSE(text.analysis.contracts[2].contract);
}

TEST(Analyze, MarksContractsWhoseBaseIsMissing) {
  const AnalyzedText text = analyze_text("contract B : A { } contract C : B { } contract D { }");
  std::vector<bool> missing;
  for (const Analyzed& a : text.analysis.contracts) missing.push_back(a.missing_input);
  EXPECT_THAT(missing, ElementsAre(true, true, false));
}

// What no sample may do to the analysis: abort, throw, point outside of the file, break the machine.
TEST(Analyze, TakesEveryMutationOfTheSamples) {
  for (const std::string& text : syntax::sample_texts()) {
    syntax::for_each_mutation(text, [](const std::string& mutation) {
      ASSERT_NO_THROW({
        const AnalyzedText result = analyze_text(mutation);
        syntax::expect_spans_inside(result.front->sources, result.front->diagnostics);
        for (const ir::Contract& contract : result.analysis.program.contracts) ASSERT_EQ(ir::validate(contract), "") << mutation;
      }) << mutation;
      ASSERT_FALSE(testing::Test::HasFailure()) << mutation;
    });
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace singspin::sema
