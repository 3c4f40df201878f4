#include "frontend/syntax/preprocessor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/syntax/fixture.h"

namespace singspin::syntax {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Row {
  const char* condition;
  ConditionValue expected;
};

constexpr ConditionValue kFalse = ConditionValue::False;
constexpr ConditionValue kTrue = ConditionValue::True;
constexpr ConditionValue kJunk = ConditionValue::Junk;

void expect_values(const std::vector<Row>& rows) {
  const Symbols symbols{"A", "B"};
  for (const Row& row : rows) {
    Symbols tested;
    EXPECT_EQ(evaluate_condition(row.condition, symbols, tested), row.expected) << row.condition;
  }
}

TEST(Condition, KnowsSymbolsAndConstants) {
  expect_values({{"A", kTrue}, {"N", kFalse}, {" A\t", kTrue}, {"a", kFalse}, {"AB", kFalse}, {"_A1", kFalse},
                 {"true", kTrue}, {"false", kFalse}, {"True", kFalse}, {"A // a comment", kTrue}, {"N//A", kFalse}});
}

TEST(Condition, Negates) {
  expect_values({{"!A", kFalse}, {"!N", kTrue}, {"! ! A", kTrue}, {"!(A)", kFalse}, {"!true", kFalse}, {"!!!N", kTrue}});
}

TEST(Condition, BindsAsInCSharp) {
  expect_values({{"A && B", kTrue}, {"A && N", kFalse}, {"N || A", kTrue}, {"N||M", kFalse},
                 {"A || B && N", kTrue}, {"(A || B) && N", kFalse}, {"N && N || A", kTrue}, {"N && (N || A)", kFalse},
                 {"!A && N || B", kTrue}, {"!N && A", kTrue}, {"!(N && A)", kTrue}});
}

TEST(Condition, Compares) {
  expect_values({{"A == B", kTrue}, {"A == N", kFalse}, {"A != N", kTrue}, {"A != B", kFalse}, {"N == false", kTrue},
                 {"A==true", kTrue}, {"!A == N", kTrue}, {"A == B == N", kFalse}, {"A != N && A", kTrue},
                 {"A == (N || B)", kTrue}, {"A!=!A", kTrue}});
}

TEST(Condition, CallsTheRestJunk) {
  expect_values({{"", kJunk}, {"   ", kJunk}, {"// A", kJunk}, {"A B", kJunk}, {"A?", kJunk}, {"?", kJunk}, {"A &&", kJunk},
                 {"&& A", kJunk}, {"A & B", kJunk}, {"A | B", kJunk}, {"A ||", kJunk}, {"(A", kJunk}, {"A)", kJunk},
                 {"()", kJunk}, {"!", kJunk}, {"!(", kJunk}, {"A = B", kJunk}, {"A === B", kJunk}, {"A ==", kJunk},
                 {"== A", kJunk}, {"!= A", kJunk}, {"A ! B", kJunk}, {"A, B", kJunk}, {"\"A\"", kJunk}, {"A /* c */", kJunk},
                 {"A + B", kJunk}, {"A.B", kJunk}, {"{A}", kJunk}});
}

TEST(Condition, EndsOnDeepNesting) {
  Symbols tested;
  const auto nested = [](std::size_t n) { return std::string(n, '(') + "A" + std::string(n, ')'); };
  EXPECT_EQ(evaluate_condition(nested(100), {"A"}, tested), kTrue);
  EXPECT_EQ(evaluate_condition(nested(100'000), {"A"}, tested), kJunk);
  EXPECT_EQ(evaluate_condition(std::string(100'000, '!') + "A", {"A"}, tested), kJunk);
}

TEST(Condition, ListsTheSymbolsItTests) {
  Symbols tested;
  evaluate_condition("A && !(N || true) == M", {"A"}, tested);
  EXPECT_THAT(tested, ElementsAre("A", "M", "N"));
}

// The names of the contracts that are live in `lines`.
std::vector<std::string> live(const std::string& lines, const Symbols& symbols = {}) {
  const auto front = read_text(lines, symbols);
  std::vector<std::string> names;
  for (const Contract& contract : front->file.contracts) names.emplace_back(contract.name.text);
  return names;
}

TEST(Sections, TakeTheFirstTrueBranch) {
  const std::string text =
      "#if A\ncontract One {}\n#elif B\ncontract Two {}\n#elif C\ncontract Three {}\n#else\ncontract Four {}\n#endif\n";
  EXPECT_THAT(live(text, {"A", "B"}), ElementsAre("One"));
  EXPECT_THAT(live(text, {"B", "C"}), ElementsAre("Two"));
  EXPECT_THAT(live(text, {"C"}), ElementsAre("Three"));
  EXPECT_THAT(live(text), ElementsAre("Four"));
}

TEST(Sections, NestInLiveAndDeadText) {
  const std::string text =
      "#if A\n#if B\ncontract AB {}\n#else\ncontract A {}\n#endif\n#else\n#if B\ncontract B {}\n#else\ncontract No {}\n#endif\n#endif\n";
  EXPECT_THAT(live(text, {"A", "B"}), ElementsAre("AB"));
  EXPECT_THAT(live(text, {"A"}), ElementsAre("A"));
  EXPECT_THAT(live(text, {"B"}), ElementsAre("B"));
  EXPECT_THAT(live(text), ElementsAre("No"));
}

TEST(Sections, NeverLookAtDeadText) {
  EXPECT_THAT(live("#if N\n\" { ' /* @\"\n#error x\n#define A\n#if ??\n#endif\n#endif\n#if !A\ncontract Live {}\n#endif"),
              ElementsAre("Live"));
}

TEST(Sections, StandAnywhereOnALineOfTheirOwn) {
  EXPECT_THAT(live(" \t # if A // why\ncontract One {}\n\f#\telse\ncontract Two {}\n  # endif // A"), ElementsAre("Two"));
  EXPECT_THAT(live("#if A\r\ncontract One {}\r\n#else\r\ncontract Two {}\r\n#endif\r\n"), ElementsAre("Two"));
  EXPECT_THAT(live("#if A\rcontract One {}\r#else\rcontract Two {}\r#endif"), ElementsAre("Two"));
}

TEST(Sections, AreNoneInCommentsAndStrings) {
  EXPECT_THAT(live("/*\n#if A\n*/\ncontract One {}\n/*\n#endif\n*/"), ElementsAre("One"));
  EXPECT_THAT(live("x = @\"\n#if A\n\";\ncontract One {}\n"), ElementsAre("One"));
  EXPECT_THAT(live("// #if A\ncontract One {}"), ElementsAre("One"));
  EXPECT_THAT(live("; #if A\ncontract One {}"), ElementsAre("One"));
}

TEST(Sections, FollowDefineAndUndef) {
  EXPECT_THAT(live("#define A\n#if A\ncontract One {}\n#endif\n#undef A\n#if A\ncontract Two {}\n#endif"), ElementsAre("One"));
  EXPECT_THAT(live("#undef A // gone\n#if A\ncontract One {}\n#endif", {"A"}), IsEmpty());
}

TEST(Sections, ReportWhatDoesNotPairUp) {
  EXPECT_THAT(read_text("#endif\n")->reported(), ElementsAre("SS0008 1:1"));
  EXPECT_THAT(read_text("\n  #else\n")->reported(), ElementsAre("SS0008 2:3"));
  EXPECT_THAT(read_text("#elif A\n")->reported(), ElementsAre("SS0008 1:1"));
  EXPECT_THAT(read_text("#if A\n#if B\n")->reported(), ElementsAre("SS0008 1:1", "SS0008 2:1"));
  EXPECT_THAT(read_text("#if A\n#else\n#elif B\n#else\n#endif")->reported(), ElementsAre("SS0008 3:1", "SS0008 4:1"));
}

TEST(Sections, ReportJunkOnlyWhereItDecides) {
  EXPECT_THAT(read_text("#if A?\n#endif")->reported(), ElementsAre("SS0007 1:1"));
  EXPECT_THAT(read_text("#if A\n#if B?\n#endif\n#endif")->reported(), IsEmpty());
  EXPECT_THAT(read_text("#if true\n#elif B?\n#endif")->reported(), IsEmpty());
}

TEST(Sections, TellWhichSymbolsCount) {
  EXPECT_THAT(read_text("#if A && !B\n#elif C\n#endif\n#define D\n")->tested, ElementsAre("A", "B", "C"));
}

}  // namespace
}  // namespace singspin::syntax
