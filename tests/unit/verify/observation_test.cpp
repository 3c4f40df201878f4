// What the observer of a model printed, whole or cut short.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "promela/verify/batch.h"

namespace singspin::verify {
namespace {

const std::vector<std::string> kWhole = {"@calls 25", "@longest 3 2", "@faults 1 20 300 4", "@deadlocks 6", "@cut 7 8", "@both 9", "@end"};

TEST(ReadObservation, Whole) {
  const auto seen = read_observation(kWhole);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->longest_to_importer, 3u);
  EXPECT_EQ(seen->longest_to_exporter, 2u);
  EXPECT_THAT(seen->faults, ::testing::ElementsAre(1u, 20u, 300u, 4u));
  EXPECT_EQ(seen->deadlocks, 6u);
  EXPECT_EQ(seen->cut, 7u);
  EXPECT_EQ(seen->cut_standstill, 8u);
  EXPECT_EQ(seen->both_queues_used, 9u);
}

TEST(ReadObservation, EveryLineIsNeeded) {
  for (std::size_t i = 0; i < kWhole.size(); ++i) {
    std::vector<std::string> less = kWhole;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(read_observation(less)) << kWhole[i];
    const std::vector<std::string> first(kWhole.begin(), kWhole.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(read_observation(first)) << i;
    std::vector<std::string> more = kWhole;
    more.insert(more.begin() + static_cast<std::ptrdiff_t>(i), kWhole[i]);
    EXPECT_FALSE(read_observation(more)) << kWhole[i];
  }
  EXPECT_FALSE(read_observation({}));
}

TEST(ReadObservation, EveryLineIsWhole) {
  for (std::size_t i = 0; i + 1 < kWhole.size(); ++i) {
    const std::string& line = kWhole[i];
    const std::string without_last = line.substr(0, line.rfind(' '));
    const std::vector<std::string> broken = {without_last,  line + " 1", line + "x", line + " ", " " + line, "",
                                             "@other" + line.substr(line.find(' ')), without_last + " x",
                                             without_last + " -1", without_last + " 99999999999999999999"};
    for (const std::string& other : broken) {
      std::vector<std::string> lines = kWhole;
      lines[i] = other;
      EXPECT_FALSE(read_observation(lines)) << other;
    }
  }
  std::vector<std::string> lines = kWhole;
  lines.back() = "@end ";
  EXPECT_FALSE(read_observation(lines));
  std::swap(lines[1], lines[3]);
  EXPECT_FALSE(read_observation(lines));
}

TEST(ReadObservation, AnObserverThatWasNeverCalledSawNothing) {
  std::vector<std::string> lines = kWhole;
  lines[0] = "@calls 0";
  EXPECT_FALSE(read_observation(lines));
}

TEST(ReadObservation, ALostProcessIsNoObservation) {
  std::vector<std::string> lines = kWhole;
  lines.insert(lines.begin(), "@lost 1");
  EXPECT_FALSE(read_observation(lines));
}

}  // namespace
}  // namespace singspin::verify
