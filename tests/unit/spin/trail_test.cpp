#include "promela/spin/trail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

namespace singspin::spin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string recorded(const std::string& name) {
  std::ifstream file(SINGSPIN_TEST_DATA "/recorded/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return (std::stringstream() << file.rdbuf()).str();
}

TEST(ReadTrail, Recorded) {
  const auto trail = read_trail(recorded("deadlock.trail"));
  ASSERT_TRUE(trail);
  EXPECT_THAT(trail->records, ElementsAre(TrailRecord{1, 1, 15}, TrailRecord{2, 0, 2}, TrailRecord{3, 0, 10},
                                          TrailRecord{4, 0, 0}, TrailRecord{5, 0, 6}));
  EXPECT_TRUE(trail->markers.empty());
}

TEST(ReadTrail, MarkersAreKeptApart) {
  const auto trail = read_trail("-2:1:-2\n-4:-4:-4\n1:0:9997\n3:2:19\n-1:-1:-1\n4:0:9999\n");
  ASSERT_TRUE(trail);
  EXPECT_THAT(trail->records,
              ElementsAre(TrailRecord{1, 0, 9997}, TrailRecord{3, 2, 19}, TrailRecord{4, 0, 9999}));
  EXPECT_THAT(trail->markers,
              ElementsAre(TrailRecord{-2, 1, -2}, TrailRecord{-4, -4, -4}, TrailRecord{-1, -1, -1}));
}

TEST(ReadTrail, EmptyIsATrailWithoutSteps) { EXPECT_TRUE(read_trail("")->records.empty()); }

struct BadTrail {
  const char* text;
  const char* message;
};

class ReadBadTrail : public ::testing::TestWithParam<BadTrail> {};

TEST_P(ReadBadTrail, IsAnError) {
  const auto trail = read_trail(GetParam().text);
  ASSERT_FALSE(trail);
  EXPECT_THAT(trail.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ReadBadTrail,
    ::testing::Values(BadTrail{"1:1:15", "line 1: cut short"}, BadTrail{"1:1:15\n2:0:", "line 2: cut short"},
                      BadTrail{"\n", "line 1: no record"}, BadTrail{"1:1\n", "line 1: no record"},
                      BadTrail{"1:1:1:1\n", "no record"}, BadTrail{"1 :1:1\n", "no record"},
                      BadTrail{" 1:1:1\n", "no record"}, BadTrail{"1:1:+1\n", "no record"},
                      BadTrail{"1:1:1\r\n", "no record: `1:1:1?`"}, BadTrail{"one:1:1\n", "no record"},
                      BadTrail{"1:1:99999999999999999999\n", "no record"}, BadTrail{"1:-1:1\n", "negative"},
                      BadTrail{"1:1:-1\n", "negative"},
                      BadTrail{"2:1:1\n1:1:1\n", "line 2: the steps are out of order"},
                      BadTrail{"2:1:1\n2:1:1\n", "out of order"}));

TEST(ReadTrail, AnyBytesAreAnErrorOrATrail) {
  std::mt19937 random(7);
  const std::string alphabet(
      "0123456789:-\n\r \0\xff"
      "a",
      18);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto length = random() % 24; length > 0; --length) text += alphabet[random() % alphabet.size()];
    const auto trail = read_trail(text);
    EXPECT_TRUE(trail || !trail.error().message.empty());
  }
}

}  // namespace
}  // namespace singspin::spin
