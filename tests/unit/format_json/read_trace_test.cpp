// SS0031: what a trace file says, and the place where it is wrong.
#include "reports/formats/json/read_trace.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/formats/json/json.h"
#include "tests/unit/format_json/sample.h"

namespace singspin::json {
namespace {

using Json = nlohmann::ordered_json;

std::string sample() { return render_trace(singspin::testing::sample_report(), 0, {}); }

// The place and the words, or nothing.
std::string damage(const std::string& text) {
  const auto read = read_trace(text);
  return read ? "" : read.error().place + ": " + read.error().what;
}

std::string damage_of(const Json& json) { return damage(json.dump()); }

TEST(ReadTrace, GivesWhatWasWritten) {
  const auto trace = read_trace(sample());
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->id, "SpoolerContract.deadlock-free");
  EXPECT_EQ(trace->subject, "SpoolerContract");
  EXPECT_FALSE(trace->is_system);
  ASSERT_EQ(trace->steps.size(), 8u);
  EXPECT_EQ(trace->steps[7].message, "Finished");
  EXPECT_EQ(trace->steps[7].message_id, 4u);
  EXPECT_EQ(trace->steps[3].sent_at, 3u);
  EXPECT_EQ(trace->steps[7].after.queues.at("imp->exp"), std::vector<std::string>{"Stop"});
  EXPECT_EQ(trace->end.race, (std::vector<std::uint64_t>{7, 8}));
  EXPECT_EQ(trace->claim.kind, "deadlock");
  ASSERT_EQ(trace->contracts.size(), 1u);
  EXPECT_EQ(trace->contracts[0].transitions.size(), 8u);
  EXPECT_EQ(trace->sources[0].text.substr(0, 9), "// One pr");
}

TEST(ReadTrace, IgnoresMembersItDoesNotKnow) {
  Json json = Json::parse(sample());
  json["formatVersion"] = "1.7";
  json["later"] = {{"steps", {1, 2}}, {"format", "x"}};
  json["steps"][0]["later"] = {1, 2};
  const auto trace = read_trace(json.dump());
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->steps.size(), 8u);
}

// Cut off anywhere, a file is damaged and nothing else happens.
TEST(ReadTrace, RefusesEveryPrefix) {
  const std::string text = sample();
  for (std::size_t length = 0; length + 2 < text.size(); length += 61)
    EXPECT_FALSE(read_trace(text.substr(0, length)).has_value()) << length;
}

TEST(ReadTrace, NamesLineAndColumnOfWhatIsNoJson) {
  EXPECT_EQ(damage("{\n  \"format\": nope\n}").substr(0, 6), "2:14: ");
  EXPECT_EQ(damage("").substr(0, 5), "1:1: ");
}

TEST(ReadTrace, RefusesOtherFormatsAndVersions) {
  Json json = Json::parse(sample());
  EXPECT_EQ(damage("[]"), ": is not an object");
  EXPECT_EQ(damage("{}"), ": has no member `format`");
  json["format"] = "singspin-report";
  EXPECT_EQ(damage_of(json), "format: is that of a report; a trace is `singspin-trace`");
  json["format"] = "sarif";
  EXPECT_EQ(damage_of(json), "format: is not `singspin-trace`");
  json["format"] = "singspin-trace";
  for (const char* version : {"2.0", "1", "1.", "1.x", "11.0", ""}) {
    json["formatVersion"] = version;
    EXPECT_EQ(damage_of(json).substr(0, 15), "formatVersion: ") << version;
  }
}

TEST(ReadTrace, RefusesWhatNobodyExecuted) {
  Json json = Json::parse(sample());
  json["validated"] = false;
  EXPECT_EQ(damage_of(json), "validated: is false: no interpreter has executed this run");
  json.erase("validated");
  EXPECT_EQ(damage_of(json), ": has no member `validated`");
}

TEST(ReadTrace, NamesThePlaceInsideOfASteps) {
  Json json = Json::parse(sample());
  json["steps"][6]["after"]["queues"]["imp->exp"] = 3;
  EXPECT_EQ(damage_of(json), "steps[6].after.queues.imp->exp: is not an array");
  json = Json::parse(sample());
  json["steps"][2]["index"] = 2;
  EXPECT_EQ(damage_of(json), "steps[2].index: is not from 3 to 3");
  json = Json::parse(sample());
  json["steps"][3].erase("sentAt");
  EXPECT_EQ(damage_of(json), "steps[3]: has no member `sentAt`");
  json = Json::parse(sample());
  json["steps"] = 3;
  EXPECT_EQ(damage_of(json), ": has no array `steps`");
}

TEST(ReadTrace, RefusesPathsThatLeaveTheirFolder) {
  for (const char* path : {"/etc/passwd", "../x", "a/../../x", "a\\b", "./a", ""}) {
    Json json = Json::parse(sample());
    json["sources"][0]["path"] = path;
    EXPECT_EQ(damage_of(json), "sources[0].path: is not a path inside of a folder") << path;
  }
}

TEST(ReadTrace, RefusesDeepNestingEverywhere) {
  const std::string deep = std::string(100000, '[') + std::string(100000, ']');
  EXPECT_EQ(damage(deep), ": is not an object");
  EXPECT_EQ(damage("{\"later\": " + deep + "}"), ": is nested deeper than 32");
  EXPECT_EQ(damage("{\"steps\": " + deep + "}"), ": is nested deeper than 32");
}

// No value of any kind at any place makes the reader fail otherwise than by naming a place.
TEST(ReadTrace, SurvivesEveryReplacedMember) {
  const Json original = Json::parse(sample());
  const Json flat = original.flatten();
  std::size_t row = 0;
  for (const auto& item : flat.items()) {
    if (row++ % 29 != 0) continue;  // each kind of member comes by
    for (const Json& value :
         {Json(nullptr), Json(-1), Json(1e300), Json("\u2028"), Json::array(), Json::object()}) {
      Json changed = original;
      changed[Json::json_pointer(item.key())] = value;
      const auto read = read_trace(changed.dump());
      EXPECT_TRUE(read || !read.error().what.empty()) << item.key();
    }
  }
}

}  // namespace
}  // namespace singspin::json
