// Text nobody would write on purpose: it must never break the syntax or the encoding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/formats/json/json.h"
#include "tests/unit/format_json/sample.h"

namespace singspin::json {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

Json parse(const std::string& text) { return Json::parse(text); }

Json inputs_of(const std::string& path, std::string_view raw, const Options& options) {
  report::Report report;
  report.sources.add(path, raw);
  return parse(render(report, options))["inputs"];
}

TEST(Hostile, WordsComeBackAsTheyWere) {
  const std::string words =
      "quote \" backslash \\ escape \x1b[31m null-free tab \t </script> \xe2\x80\xa8 \xe2\x80\xae \x7f";
  report::Report report = singspin::testing::sample_report();
  report.diagnostics[0].message = words;
  report.counterexamples[0].message = words;
  report.run.arguments = {words};
  const std::string text = render(report, {});
  const Json out = parse(text);
  EXPECT_EQ(out["diagnostics"][0]["message"], words);
  EXPECT_EQ(out["counterexamples"][0]["claim"]["message"], words);
  EXPECT_EQ(out["run"]["arguments"][0], words);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("\\u001b[31m"));
}

TEST(Hostile, InvalidBytesAreReplaced) {
  report::Report report;
  report.run.arguments = {"verify", "caf\xe9.sg", "\xf0\x9f", "\xed\xa0\x80"};
  report.sources.add("caf\xe9.sg", "");
  const Json out = parse(render(report, {}));
  EXPECT_EQ(out["run"]["arguments"][1], "caf\xef\xbf\xbd.sg");
  EXPECT_EQ(out["inputs"][0]["path"], "caf\xef\xbf\xbd.sg");
}

TEST(Hostile, NamesOfStatesAndMessages) {
  report::Report report = singspin::testing::sample_report();
  ir::Contract& contract = report.program.contracts[{0}];
  contract.qualified_name = "<img onerror>\"";
  for (const ir::StateId id : contract.states.ids()) contract.states[id].id += "\n\"\xe2\x80\xa9";
  for (const ir::MessageId id : contract.messages.ids()) contract.messages[id].name += "{\\";
  const Json trace = parse(render_trace(report, 0, {}));
  EXPECT_EQ(trace["subject"]["name"], "<img onerror>\"");
  EXPECT_EQ(trace["initial"]["states"]["exp"], "START\n\"\xe2\x80\xa9");
  EXPECT_EQ(trace["steps"][0]["message"], "Ready{\\");
}

TEST(Hostile, PathsKeepTheFormOfTheSchema) {
  EXPECT_EQ(inputs_of("./a/b.sg", "", {})[0]["path"], "a/b.sg");
  EXPECT_EQ(inputs_of(".//a.sg", "", {})[0]["path"], "a.sg");
  EXPECT_EQ(inputs_of("a\\b.sg", "", {})[0]["path"], "a/b.sg");
  EXPECT_EQ(inputs_of("../a.sg", "", {})[0]["path"], "../a.sg");
  EXPECT_EQ(inputs_of("/srv/a.sg", "", {})[0]["path"], "srv/a.sg");
  EXPECT_EQ(inputs_of("/srv/a.sg", "", {true, false})[0]["path"], "a.sg");
  EXPECT_EQ(inputs_of("", "", {})[0]["path"], "");
}

TEST(Hostile, LineEndsBecomeLineFeeds) {
  const Json input = inputs_of("a.sg", "one\r\ntwo\rthree\n\r\n\r", {false, true})[0];
  EXPECT_EQ(input["text"], "one\ntwo\nthree\n\n\n");
  EXPECT_EQ(input["bytes"], 18);
}

TEST(Hostile, ColumnsCountUtf16Units) {
  report::Report report;
  const source::FileId file = report.sources.add("a.sg", "\xf0\x9f\x98\x80\xc3\xa9 x\r\n");
  diagnostics::Diagnostics list;
  list.add(diagnostics::Code::parse_error, {file, 7, 8}, "found x");
  report.diagnostics = list.list();
  const Json span = parse(render(report, {}))["diagnostics"][0]["span"];
  EXPECT_EQ(span["start"]["column"], 5);
  EXPECT_EQ(span["end"]["column"], 6);
}

TEST(Hostile, ParameterWithoutName) {
  report::Report report = singspin::testing::sample_report();
  report.program.contracts[{0}].messages[{2}].parameters[0].name.clear();
  const Json contract = parse(render(report, {}))["contracts"][0];
  EXPECT_EQ(contract["messages"][2]["parameters"][0]["name"], "#1");
}

TEST(Hostile, LongWordsDoNotSplit) {
  report::Report report;
  report.run.arguments = {std::string(500, 'x'), ""};
  const std::string text = render(report, {});
  EXPECT_THAT(text, HasSubstr("      \"" + std::string(500, 'x') + "\",\n      \"\"\n"));
}

// Thousands of steps are thousands of rows, not a stack overflow or a quadratic wait.
TEST(Hostile, LongRun) {
  report::Report report = singspin::testing::sample_report();
  report::Counterexample& run = report.counterexamples[0];
  const ir::StateId idle{1};
  std::vector<exec::Step> steps;
  for (int i = 0; i < 1000; ++i) {
    for (const std::uint32_t transition : {1u, 2u}) {
      const ir::Role sender = transition == 1 ? ir::Role::Importer : ir::Role::Exporter;
      steps.push_back({sender, {transition}});
      steps.push_back({ir::other(sender), {transition}});
    }
  }
  run.trace = singspin::testing::make_trace(report.program.contracts[{0}], idle, steps);
  run.ending = {};
  const Json trace = parse(render_trace(report, 0, {}));
  EXPECT_EQ(trace["steps"].size(), 4000u);
  EXPECT_EQ(trace["steps"][3999]["sentAt"], 3999);
  EXPECT_EQ(trace["steps"][3999]["messageId"], 1999);
}

}  // namespace
}  // namespace singspin::json
