#include <gtest/gtest.h>

#include "frontend/sema/resolve.h"

namespace singspin::sema {
namespace {

struct Row {
  std::string_view name;
  std::vector<std::string_view> candidates;
  std::string_view expected;
};

TEST(Nearest, SuggestsWhatIsOneSlipAway) {
  const Row rows[] = {
      {"Ready", {"Reedy"}, "Reedy"},
      {"Ready", {"Redy"}, "Redy"},
      {"Ready", {"Readdy"}, "Readdy"},
      {"ready", {"Other", "Ready"}, "Ready"},
      {"GetSttaus", {"GetState", "GetStatus", "SetStatus"}, "GetStatus"},
      {"GetStatus", {"SetStatus"}, "SetStatus"},
      {"Biol", {"Stop", "Boil"}, "Boil"},
      {"eRady", {"Stop", "Ready"}, "Ready"},
      {"On", {"no", "nO"}, "nO"},
  };
  for (const Row& row : rows) EXPECT_EQ(nearest(row.name, row.candidates), row.expected) << row.name;
}

TEST(Nearest, SuggestsNothingFarAway) {
  const Row rows[] = {
      {"Ready", {}, ""},
      {"Ready", {"Ready"}, ""},
      {"Ready", {"Gone", "Started"}, ""},
      {"Read", {"Write"}, ""},
      {"", {"Ready"}, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(nearest(row.name, row.candidates), row.expected) << row.name;
}

TEST(Nearest, TakesTheFirstOfEquals) { EXPECT_EQ(nearest("Ready", {"Reads", "Readx"}), "Reads"); }

TEST(Nearest, IgnoresNamesThatNobodyTypes) {
  const std::string longest(100, 'x'), longer(101, 'x');
  EXPECT_EQ(nearest(longest, {std::string(99, 'x')}), std::string(99, 'x'));
  EXPECT_EQ(nearest(longer, {longest}), "");
  EXPECT_EQ(nearest(longest, {longer}), "");
  EXPECT_EQ(nearest("Ready", std::vector<std::string_view>(1001, "Reads")), "");
}

}  // namespace
}  // namespace singspin::sema
