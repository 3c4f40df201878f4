// Whole documents against files beside this one. SINGSPIN_UPDATE_GOLDEN=1 rewrites the files.
#include "reports/formats/json/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/format_json/sample.h"

namespace singspin::json {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string expected_text(const std::string& name, const std::string& actual) {
  const std::string path = std::string(SINGSPIN_TEST_DATA) + "/" + name;
  if (std::getenv("SINGSPIN_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << actual;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Json parse(const std::string& text) { return Json::parse(text); }

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> out;
  for (const auto& item : object.items()) out.push_back(item.key());
  return out;
}

TEST(Report, IsTheGoldenFile) {
  const std::string actual = render(singspin::testing::sample_report(), {});
  EXPECT_EQ(actual, expected_text("sample.report.json", actual));
}

TEST(Report, DeterministicIsTheGoldenFile) {
  const std::string actual = render(singspin::testing::sample_report(), {true, true});
  EXPECT_EQ(actual, expected_text("sample-deterministic.report.json", actual));
}

TEST(Trace, IsTheGoldenFile) {
  const std::string actual = render_trace(singspin::testing::sample_report(), 0, {});
  EXPECT_EQ(actual, expected_text("sample.trace.json", actual));
}

// Printed in section 4 of the output specification, in this order of members.
TEST(Trace, LastStepIsTheOneOfTheSpecification) {
  const Json trace = parse(render_trace(singspin::testing::sample_report(), 0, {}));
  const Json expected = parse(R"(
{"index": 8, "component": "exp", "action": "send", "endpoint": "exp", "queue": "exp->imp",
 "message": "Finished", "messageId": 4, "transition": "t7", "from": "RUNNING", "to": "IDLE",
 "span": {"source": 0, "start": {"line": 16, "column": 9}, "end": {"line": 16, "column": 18}},
 "after": {"states": {"exp": "IDLE", "imp": "RUNNING/Stop"}, "queues": {"imp->exp": ["Stop"], "exp->imp": ["Finished"]}}})");
  ASSERT_EQ(trace["steps"].size(), 8u);
  EXPECT_EQ(trace["steps"][7].dump(), expected.dump());
}

// The sample is built by hand; the interpreter and its explanation say the same about it.
TEST(Trace, SampleIsWhatTheInterpreterSays) {
  const report::Report by_hand = singspin::testing::sample_report();
  report::Report executed = singspin::testing::sample_report();
  const ir::Contract& contract = executed.program.contracts[{0}];
  report::Counterexample& run = executed.counterexamples[0];
  const auto trace = exec::execute(contract, run.trace.scope, run.trace.steps);
  ASSERT_TRUE(trace.has_value());
  run.trace = *trace;
  run.ending = exec::explain_ending(contract, *trace, exec::Fault::Stuck);
  EXPECT_EQ(render_trace(executed, 0, {}), render_trace(by_hand, 0, {}));
}

TEST(Trace, ReceivesNameTheirSends) {
  const Json trace = parse(render_trace(singspin::testing::sample_report(), 0, {}));
  EXPECT_EQ(trace["steps"][1]["sentAt"], 1);
  EXPECT_EQ(trace["steps"][1]["messageId"], 0);
  EXPECT_EQ(trace["steps"][5]["sentAt"], 5);
  EXPECT_EQ(trace["steps"][5]["messageId"], 2);
  EXPECT_FALSE(trace["steps"][6].contains("sentAt"));
}

TEST(Trace, PointsToTheRace) {
  const Json trace = parse(render_trace(singspin::testing::sample_report(), 0, {}));
  EXPECT_EQ(trace["claim"]["kind"], "deadlock");
  EXPECT_EQ(trace["claim"]["span"]["start"]["line"], 15);
  EXPECT_EQ(trace["end"]["race"], parse("[7, 8]"));
  EXPECT_EQ(trace["end"]["decisiveStep"], 8);
}

TEST(Trace, BodyIsTheRowOfTheReport) {
  const report::Report report = singspin::testing::sample_report();
  const Json row = parse(render(report, {}))["counterexamples"][0];
  Json trace = parse(render_trace(report, 0, {}));
  for (const char* name : {"tool", "sources", "contracts"}) trace.erase(name);
  EXPECT_EQ(trace.dump(), row.dump());
}

TEST(Trace, HoldsOnlyTheFilesItRefersTo) {
  report::Report report = singspin::testing::sample_report();
  source::SourceMap sources;
  sources.add("contracts/Other.sg", "// nothing\n");
  const source::FileId file = sources.add("contracts/SpoolerContract.sg", singspin::testing::kSpoolerText);
  report.program.contracts[{0}] = singspin::testing::spooler_contract(sources, file).contract;
  report.diagnostics.clear();
  report.sources = std::move(sources);
  const Json trace = parse(render_trace(report, 0, {}));
  ASSERT_EQ(trace["sources"].size(), 1u);
  EXPECT_EQ(trace["sources"][0]["path"], "contracts/SpoolerContract.sg");
  EXPECT_EQ(trace["sources"][0]["text"], singspin::testing::kSpoolerText);
  EXPECT_EQ(trace["claim"]["span"]["source"], 0);
  EXPECT_EQ(parse(render(report, {}))["counterexamples"][0]["claim"]["span"]["source"], 1);
}

TEST(Trace, WithoutStepsPointsToItsStart) {
  report::Report report = singspin::testing::sample_report();
  report::Counterexample& run = report.counterexamples[0];
  const ir::StateId start = report.program.contracts[{0}].start;
  run.trace = {{start}, {}, {{start, start, {}, {}}}};
  run.ending = {};
  run.shortest = false;
  const Json trace = parse(render_trace(report, 0, {}));
  EXPECT_EQ(trace["claim"]["span"]["start"], parse(R"({"line": 9, "column": 11})"));
  EXPECT_TRUE(trace["steps"].empty());
  EXPECT_THAT(keys(trace["end"]), ElementsAre("kind", "blocked", "undelivered"));
  EXPECT_FALSE(trace.contains("shortest"));
}

TEST(Trace, GrowingQueueIsNoLoop) {
  report::Report report = singspin::testing::sample_report();
  report::Counterexample& run = report.counterexamples[0];
  run.properties = {ir::Property::QueuesBounded};
  run.ending = {};
  run.ending.kind = exec::Ending::Kind::UnboundedQueue;
  run.ending.loop_start = 6;
  const Json trace = parse(render_trace(report, 0, {}));
  EXPECT_TRUE(trace["loop"].is_null());
  EXPECT_EQ(trace["end"]["kind"], "unbounded-queue");
  EXPECT_EQ(trace["claim"]["code"], "SS0104");
  EXPECT_TRUE(trace["steps"][6].contains("detail"));
  EXPECT_FALSE(trace["steps"][7].contains("detail"));
}

TEST(Report, SummaryEqualsARecount) {
  const Json out = parse(render(singspin::testing::sample_report(), {}));
  std::map<std::string, int> verdicts, diagnostics;
  for (const Json& contract : out["contracts"]) {
    for (const Json& verdict : contract["verdicts"]) {
      if (verdict["scope"].value("reading", "free") == "free") ++verdicts[verdict["verdict"]];
    }
  }
  for (const Json& diagnostic : out["diagnostics"]) ++diagnostics[diagnostic["severity"]];
  for (const auto& item : out["summary"]["verdicts"].items()) EXPECT_EQ(item.value(), verdicts[item.key()]);
  for (const auto& item : out["summary"]["diagnostics"].items())
    EXPECT_EQ(item.value(), diagnostics[item.key()]);
  EXPECT_EQ(out["summary"]["contracts"], out["contracts"].size());
}

TEST(Report, VerdictsOfAnotherEntrySaySo) {
  report::Report report = singspin::testing::sample_report();
  ir::Contract& contract = report.program.contracts[{0}];
  contract.entries.push_back({{1}, contract.states[{1}].span});
  report.contracts[0].verdicts[2].entry = {1};
  report.contracts[0].verdicts[2].reading.reset();
  const Json verdicts = parse(render(report, {}))["contracts"][0]["verdicts"];
  EXPECT_EQ(verdicts[2]["scope"].dump(),
            R"({"queueCapacity":2,"search":"exhaustive","assumptions":["both ends start in IDLE"]})");
  EXPECT_FALSE(verdicts[3]["scope"].contains("assumptions"));
}

TEST(Report, NothingSearchedHasNoCapacity) {
  report::Report report = singspin::testing::sample_report();
  report.contracts[0].capacity = {};
  exec::Verdict& skipped = report.contracts[0].verdicts[3];
  skipped.status = exec::Status::Skipped;
  skipped.reason = exec::Reason::Unsupported;
  skipped.capacity = {};
  skipped.detail.clear();
  skipped.statistics = {};
  const Json contract = parse(render(report, {}))["contracts"][0];
  EXPECT_TRUE(contract["queues"][0]["capacity"].is_null());
  EXPECT_THAT(keys(contract["verdicts"][3]),
              ElementsAre("property", "code", "severity", "verdict", "scope", "reason"));
  EXPECT_TRUE(contract["verdicts"][3]["scope"]["queueCapacity"].is_null());
}

TEST(Report, EmptyReportHasAllRequiredMembers) {
  const Json out = parse(render({}, {}));
  EXPECT_THAT(keys(out), ElementsAre("format", "formatVersion", "tool", "engine", "run", "options", "inputs",
                                     "contracts", "systems", "counterexamples", "diagnostics", "summary"));
  EXPECT_EQ(out["engine"]["version"], "not run");
  EXPECT_THAT(keys(out["options"]), ElementsAre("queueCapacity", "search"));
}

TEST(Report, EndsWithALineFeedAndKeepsShortValuesTogether) {
  const std::string text = render(singspin::testing::sample_report(), {});
  EXPECT_TRUE(text.ends_with("}\n"));
  EXPECT_THAT(text, HasSubstr(R"("start": {"line": 16, "column": 9})"));
  EXPECT_THAT(text, Not(HasSubstr(" \n")));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool one_text = line.find("\"text\": \"") != std::string::npos;  // a text is never broken
    EXPECT_TRUE(one_text || line.size() <= 110u) << line;
  }
}

TEST(Schema, IsTheCopyInTheSourceTree) {
  EXPECT_EQ(parse(std::string(report_schema()))["$id"], "https://singspin.example/schema/report-1.json");
  EXPECT_EQ(parse(std::string(trace_schema()))["$id"], "https://singspin.example/schema/trace-1.json");
  EXPECT_TRUE(report_schema().ends_with("}\n"));
}

}  // namespace
}  // namespace singspin::json
