#include "frontend/diagnostics/edits.h"

#include <gtest/gtest.h>

namespace singspin::diagnostics {
namespace {

constexpr source::FileId kFile{0};

Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) {
  return {{kFile, begin, end}, std::move(text)};
}

Diagnostic with(std::vector<Fix> fixes) {
  Diagnostic d;
  d.fixes = std::move(fixes);
  return d;
}

TEST(Edits, AreAppliedByPlaceWhateverTheirOrder) {
  EXPECT_EQ(apply_edits("one two three", {edit(8, 13, "3"), edit(0, 3, "1"), edit(4, 7, "2")}), "1 2 3");
  EXPECT_EQ(apply_edits("ab", {edit(1, 1, "-"), edit(2, 2, "!"), edit(0, 0, "<")}), "<a-b!");
  EXPECT_EQ(apply_edits("", {edit(0, 0, "x")}), "x");
  EXPECT_EQ(apply_edits("abc", {edit(0, 3, "")}), "");
  EXPECT_EQ(apply_edits("abc", {}), "abc");
}

TEST(Edits, NewLinesEndAsTheLinesOfTheText) {
  EXPECT_EQ(apply_edits("a\r\nb", {edit(0, 0, "x\ny\n")}), "x\r\ny\r\na\r\nb");
  EXPECT_EQ(apply_edits("a\rb", {edit(0, 0, "x\n")}), "x\ra\rb");
  EXPECT_EQ(apply_edits("a\nb", {edit(0, 0, "x\n")}), "x\na\nb");
  EXPECT_EQ(apply_edits("a", {edit(1, 1, "\n")}), "a\n");
  EXPECT_EQ(apply_edits("a\r\nb", {edit(0, 0, "x\n")}, LineEnds::AsWritten), "x\na\r\nb");
}

TEST(Fixes, OnlySafeOnesAreAppliedUnasked) {
  const std::vector<Diagnostic> list = {
      with({{"unsafe", {edit(0, 1, "a")}, false}}), with({{"safe", {edit(5, 6, "b")}, true}}),
      with({{"one", {edit(9, 9, "c")}, false}, {"two", {edit(9, 9, "d")}, false}})};
  ASSERT_EQ(choose_fixes(list, FixChoice::Safe, {kFile}).size(), 1u);
  EXPECT_EQ(choose_fixes(list, FixChoice::Safe, {kFile})[0].fix->title, "safe");
  const auto all = choose_fixes(list, FixChoice::All, {kFile});
  ASSERT_EQ(all.size(), 2u);  // of two fixes nobody can choose
  EXPECT_EQ(all[0].fix->title, "unsafe");
}

TEST(Fixes, ThatTouchEachOtherWaitForTheNextRound) {
  const auto count = [](Edit a, Edit b) {
    return choose_fixes({with({{"a", {a}, true}}), with({{"b", {b}, true}})}, FixChoice::Safe, {kFile})
        .size();
  };
  EXPECT_EQ(count(edit(0, 5, ""), edit(3, 8, "")), 1u);
  EXPECT_EQ(count(edit(3, 8, ""), edit(0, 5, "")), 1u);
  EXPECT_EQ(count(edit(0, 9, ""), edit(3, 4, "")), 1u);
  EXPECT_EQ(count(edit(3, 4, ""), edit(0, 9, "")), 1u);
  EXPECT_EQ(count(edit(4, 4, "a"), edit(4, 4, "b")), 1u);
  EXPECT_EQ(count(edit(0, 4, "a"), edit(4, 4, "b")), 1u);
  EXPECT_EQ(count(edit(0, 4, "a"), edit(5, 6, "b")), 2u);
}

TEST(Fixes, AreAppliedAsAWholeOrNotAtAll) {
  const std::vector<Diagnostic> list = {with({{"a", {edit(10, 12, "")}, true}}),
                                        with({{"b", {edit(0, 2, ""), edit(11, 13, "")}, true}}),
                                        with({{"c", {edit(0, 2, "x")}, true}})};
  const auto chosen = choose_fixes(list, FixChoice::Safe, {kFile});
  ASSERT_EQ(chosen.size(), 2u);
  EXPECT_EQ(chosen[1].fix->title, "c");  // what b had taken is free again
}

TEST(Fixes, OfOtherFilesAndOfWhatIsSuppressedAreLeftOut) {
  Diagnostic suppressed = with({{"a", {edit(0, 1, "")}, true}});
  suppressed.suppressed = true;
  const Diagnostic other = with({{"b", {{{source::FileId{1}, 0, 1}, ""}}, true}});
  const Diagnostic both = with({{"c", {edit(0, 1, ""), {{source::FileId{1}, 0, 1}, ""}}, true}});
  EXPECT_TRUE(choose_fixes({suppressed, other, both}, FixChoice::All, {kFile}).empty());
}

TEST(UnifiedDiff, ShowsWhatChangedWithItsContext) {
  EXPECT_EQ(unified_diff("f", "a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(unified_diff("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  EXPECT_EQ(
      unified_diff("f", "a", "b"),
      "--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
  EXPECT_EQ(unified_diff("f", "", "a\n"), "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(unified_diff("f", "a\n", ""), "--- f\n+++ f\n@@ -1 +0,0 @@\n-a\n");
}

TEST(UnifiedDiff, FarChangesGetHunksOfTheirOwn) {
  std::string before, after;
  for (int i = 1; i <= 30; ++i) {
    before += std::to_string(i) + "\n";
    after += (i == 2 || i == 25 ? "x" : std::to_string(i)) + "\n";
  }
  const std::string diff = unified_diff("f", before, after);
  EXPECT_NE(diff.find("@@ -1,5 +1,5 @@\n"), std::string::npos);
  EXPECT_NE(diff.find("@@ -22,7 +22,7 @@\n"), std::string::npos);
}

}  // namespace
}  // namespace singspin::diagnostics
