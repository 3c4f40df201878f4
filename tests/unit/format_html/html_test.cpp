// What the page holds, byte by byte. How it behaves is tested in a browser: tests/html.
#include "reports/formats/html/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/formats/html/parts.h"
#include "tests/unit/format_json/sample.h"

namespace singspin::html {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Words no_words() {
  return {"text", [](diagnostics::Code) { return std::string(); },
          [](std::size_t) { return std::vector<Fact>(); }, [](std::size_t) { return std::string("{}"); }};
}

std::string page_of(const report::Report& report, const Options& options = {},
                    const Words& words = no_words()) {
  std::string page;
  write(report, words, options, [&](std::string_view part) { page += part; });
  return page;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(JsonText, EscapesWhatCouldEndAScript) {
  EXPECT_EQ(quoted("</script>&"), "\"\\u003c/script\\u003e\\u0026\"");
  EXPECT_EQ(quoted("a\"b\\c\n\t\x1b\x7f"), "\"a\\\"b\\\\c\\n\\t\\u001b\\u007f\"");
  EXPECT_EQ(quoted("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae"), "\"\\u2028\\u2029\xe2\x80\xae\"");
}

TEST(JsonText, BytesThatAreNoTextAreReplaced) {
  EXPECT_EQ(quoted("a\xff"), "\"a\\ufffd\"");
  EXPECT_EQ(quoted("\xc0\x80"), "\"\\ufffd\\ufffd\"");
  EXPECT_EQ(quoted("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");
  EXPECT_EQ(quoted("\xf4\x90\x80\x80"), "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
  EXPECT_EQ(quoted("\xe2\x82"), "\"\\ufffd\\ufffd\"");
  EXPECT_EQ(quoted("\xf0\x9f\x98\x80"), "\"\xf0\x9f\x98\x80\"");
}

TEST(JsonText, CommasComeByThemselves) {
  JsonText out;
  out.open_object()
      .number("a", 1)
      .key("b")
      .open_array()
      .number(2)
      .open_array()
      .close_array()
      .null()
      .close_array();
  out.boolean("c", true).close_object();
  EXPECT_EQ(out.take(), R"({"a":1,"b":[2,[],null],"c":true})");
}

TEST(Window, EndsOfALongRun) {
  const Window window = window_of(9000, Shown::Ends);
  EXPECT_EQ(window.first, 1000u);
  EXPECT_EQ(window.gap, 4000u);
  EXPECT_TRUE(window.shows(999));
  EXPECT_FALSE(window.shows(1000));
  EXPECT_FALSE(window.shows(4999));
  EXPECT_TRUE(window.shows(5000));
  EXPECT_EQ(window_of(5000, Shown::Ends).gap, 0u);
  EXPECT_EQ(window_of(9000, Shown::All).gap, 0u);
  EXPECT_EQ(window_of(9000, Shown::Nothing).gap, 9000u);
}

TEST(Page, StandsAloneUnderAStrictPolicy) {
  const std::string page = page_of(testing::sample_report());
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(page, EndsWith("</html>\n"));
  EXPECT_THAT(page,
              HasSubstr("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"));
  EXPECT_THAT(page, HasSubstr("base-uri 'none'; form-action 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
  EXPECT_THAT(page, Not(HasSubstr("src=\"http")));
  EXPECT_THAT(page, Not(HasSubstr("innerHTML")));
}

TEST(Page, SameReportSameBytes) {
  const report::Report report = testing::sample_report();
  EXPECT_EQ(page_of(report), page_of(report));
}

TEST(Page, DeterministicMeansNoTimesAndNoFolders) {
  report::Report report = testing::sample_report();
  report.sources.add("/home/somebody/lamp.sg", "");
  const std::string page = page_of(report, {.deterministic = true});
  EXPECT_THAT(page, Not(HasSubstr("2024-05-01")));
  EXPECT_THAT(page, Not(HasSubstr("somebody")));
  EXPECT_THAT(page, HasSubstr("\"lamp.sg\""));
}

TEST(Page, NamesAreDataNeverMarkup) {
  const std::size_t scripts = count(page_of(testing::sample_report()), "<script");
  report::Report report = testing::sample_report();
  report.program.contracts[{0}].name = "</script><script>alert(1)</script>";
  report.counterexamples[0].message = "<!--<script>";
  Words words = no_words();
  words.report_text = "</pre></noscript><script>alert(1)</script>\x1b";
  words.trace_file = [](std::size_t) { return std::string("</script><script>"); };
  const std::string page = page_of(report, {}, words);
  EXPECT_EQ(count(page, "<script"), scripts);
  EXPECT_EQ(count(page, "</script>"), scripts);
  EXPECT_THAT(page, HasSubstr("&lt;/pre&gt;&lt;/noscript&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("\x1b")));
}

TEST(Page, LeavesOutWhatIsTooLarge) {
  report::Report report = testing::sample_report();
  report.sources.add("large.sg", std::string(200'000, 'x'));
  EXPECT_THAT(page_of(report), HasSubstr("id=\"source-1\""));
  const std::string page = page_of(report, {.most_bytes = 100'000});
  EXPECT_THAT(page, Not(HasSubstr("id=\"source-1\"")));
  EXPECT_THAT(page, HasSubstr("id=\"run-0\""));
  EXPECT_LE(page_of(report, {.most_bytes = 100'000}).size(), 300'000u);
}

TEST(Page, ComesInPieces) {
  std::size_t pieces = 0, largest = 0;
  write(testing::sample_report(), no_words(), {}, [&](std::string_view part) {
    ++pieces;
    largest = std::max(largest, part.size());
  });
  EXPECT_GT(pieces, 10u);
  EXPECT_LT(largest, 100'000u);
}

}  // namespace
}  // namespace singspin::html
