#include "frontend/diagnostics/suppressions.h"

#include <gtest/gtest.h>

namespace singspin::diagnostics {
namespace {

constexpr source::FileId kFile{0};

Diagnostic at(std::uint32_t offset, Code code = Code::mixed_choice) {
  Diagnostic d;
  d.code = code;
  d.span = source::Span{kFile, offset, offset + 1};
  return d;
}

struct Places {
  Suppressions all;
  void add(std::uint32_t begin, std::uint32_t end, Code code = Code::mixed_choice) {
    all.add({code, {kFile, begin, end}, {kFile, begin, begin}});
  }
  bool silences(Diagnostic d) { return all.apply(d) && d.suppressed; }
  std::vector<bool> used() const {
    std::vector<bool> result;
    for (const Suppression& s : all.list()) result.push_back(s.used);
    return result;
  }
};

TEST(Suppressions, CoverTheirRangeAndNoMore) {
  Places places;
  places.add(10, 20);
  EXPECT_FALSE(places.silences(at(9)));
  EXPECT_TRUE(places.silences(at(10)));
  EXPECT_TRUE(places.silences(at(19)));
  EXPECT_FALSE(places.silences(at(20)));
}

TEST(Suppressions, CoverOneRuleOnly) {
  Places places;
  places.add(0, 100);
  EXPECT_FALSE(places.silences(at(5, Code::mixed_order)));
  Diagnostic elsewhere = at(5);
  elsewhere.span->file = source::FileId{1};
  EXPECT_FALSE(places.silences(elsewhere));
  elsewhere.span.reset();
  EXPECT_FALSE(places.silences(elsewhere));
  EXPECT_EQ(places.used(), std::vector<bool>{false});
}

TEST(Suppressions, TheInnermostIsUsed) {
  Places places;
  places.add(0, 100);
  places.add(10, 50);
  places.add(20, 30);
  EXPECT_TRUE(places.silences(at(40)));
  EXPECT_EQ(places.used(), (std::vector<bool>{false, true, false}));
  EXPECT_TRUE(places.silences(at(25)));
  EXPECT_EQ(places.used(), (std::vector<bool>{false, true, true}));
  EXPECT_TRUE(places.silences(at(60)));
  EXPECT_EQ(places.used(), (std::vector<bool>{true, true, true}));
}

TEST(Suppressions, ClosedRangesBetweenDoNotHideAnOuterOne) {
  Places places;
  places.add(0, 1000);
  for (std::uint32_t i = 0; i < 10; ++i) places.add(10 * i, 10 * i + 5);
  EXPECT_TRUE(places.silences(at(99)));
  EXPECT_TRUE(places.silences(at(999)));
  EXPECT_FALSE(places.silences(at(1000)));
}

TEST(Suppressions, OfEqualRangesTheFirstCounts) {
  Places places;
  places.add(0, 10);
  places.add(0, 10);
  EXPECT_TRUE(places.silences(at(3)));
  EXPECT_EQ(places.used(), (std::vector<bool>{true, false}));
}

TEST(Suppressions, RangesMayOverlap) {
  Places places;
  places.add(0, 10);
  places.add(5, 20);
  places.add(12, 13);
  for (const std::uint32_t offset : {0u, 9u, 15u, 12u, 19u})
    EXPECT_TRUE(places.silences(at(offset))) << offset;
  EXPECT_FALSE(places.silences(at(20)));
}

}  // namespace
}  // namespace singspin::diagnostics
