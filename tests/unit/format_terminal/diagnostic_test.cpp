#include <gtest/gtest.h>

#include "fixture.h"

namespace singspin::terminal {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;
using diagnostics::Severity;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

Diagnostic diagnostic(Code code, source::Span span, std::string message, std::string label) {
  Diagnostic one;
  one.code = code;
  one.severity = diagnostics::info(code).severity;
  one.span = span;
  one.message = std::move(message);
  one.label = std::move(label);
  return one;
}

// The two edits of section 5.3 of the output specification.
report::Report warnings_report() {
  report::Report report;
  std::string text = replaced(std::string(kSpooler), "Accepted! -> RUNNING;", "Accepted! -> IDLE;");
  text = replaced(std::move(text), "Finished();", "Finished();                   out message Jammed();");
  const source::FileId file = report.sources.add("contracts/SpoolerContract.sg", text);
  report.diagnostics.push_back(diagnostic(Code::states_reachable, find(report.sources, file, "Jammed"),
                                          "message Jammed of SpoolerContract is never sent",
                                          "no transition sends it"));
  report.diagnostics.push_back(diagnostic(Code::states_reachable, find(report.sources, file, "RUNNING"),
                                          "state RUNNING of SpoolerContract is never reached",
                                          "no run from START enters this state"));
  report.diagnostics.back().notes.push_back(
      "Stop, Stopped and Finished are used only here, so they are never sent");
  return report;
}

constexpr std::string_view kWarnings = R"(warning[SS0105]: message Jammed of SpoolerContract is never sent
  --> contracts/SpoolerContract.sg:7:59
   |
 7 |     out message Finished();                   out message Jammed();
   |                                                           ^^^^^^ no transition sends it

warning[SS0105]: state RUNNING of SpoolerContract is never reached
  --> contracts/SpoolerContract.sg:14:11
   |
14 |     state RUNNING: one {
   |           ^^^^^^^ no run from START enters this state
   |
   = note: Stop, Stopped and Finished are used only here, so they are never sent
)";

TEST(Diagnostic, Warnings) {
  const report::Report report = warnings_report();
  EXPECT_EQ(render(report, {}), std::string(kWarnings) + "\n2 warnings\n");
}

// The two edits of section 5.4.
report::Report bad_input_report() {
  report::Report report;
  std::string text = replaced(std::string(kSpooler), "        Print? ", "\t\tPrnt? ");
  text = replaced(std::move(text), "Stopped! -> IDLE;", "Stopped! -> IDLE");
  const source::FileId file = report.sources.add("contracts/SpoolerContract.sg", text);
  report.diagnostics.push_back(diagnostic(Code::undeclared_message, find(report.sources, file, "Prnt"),
                                          "message Prnt is not declared in SpoolerContract",
                                          "not a message of this contract"));
  report.diagnostics.back().help = "a declared `in` message has a similar name: Print";
  report.diagnostics.back().help_span = find(report.sources, file, "Print");
  const source::Span line = find(report.sources, file, "Stopped! -> IDLE");
  report.diagnostics.push_back(diagnostic(Code::parse_error, {file, line.end, line.end},
                                          "expected `;` after the target state", "expected `;`"));
  report.diagnostics.back().labels.push_back(
      {find(report.sources, file, "Finished!"), "the next sequence starts here"});
  report.contracts_not_verified = 1;
  return report;
}

TEST(Diagnostic, BadInput) {
  EXPECT_EQ(render(bad_input_report(), {}), R"(error[SS0012]: message Prnt is not declared in SpoolerContract
  --> contracts/SpoolerContract.sg:12:3
   |
12 |         Prnt?     -> Accepted! -> RUNNING;
   |         ^^^^ not a message of this contract
   |
help: a declared `in` message has a similar name: Print
  --> contracts/SpoolerContract.sg:5:17

error[SS0003]: expected `;` after the target state
  --> contracts/SpoolerContract.sg:15:38
   |
15 |         Stop?     -> Stopped! -> IDLE
   |                                      ^ expected `;`
16 |         Finished! -> IDLE;
   |         --------- the next sequence starts here

2 errors; 1 contract not verified
)");
}

TEST(Diagnostic, CheckEndsWithCounts) {
  const std::string text = render_check(bad_input_report(), {});
  EXPECT_TRUE(text.ends_with("\n\n1 contract: 2 errors\n")) << text;
  report::Report report = warnings_report();
  report.contracts_not_verified = 3;
  EXPECT_TRUE(render_check(report, {}).ends_with("\n\n3 contracts: no errors, 2 warnings\n"));
  EXPECT_EQ(render_check({}, {}), "0 contracts: no errors\n");
}

TEST(Diagnostic, WithoutPlace) {
  Diagnostic one;
  one.code = Code::unreadable_file;
  one.message = "cannot read a\nb.sg: \x1b[2J";
  one.notes.emplace_back("first");
  one.help = "give another path";
  EXPECT_EQ(render_diagnostic(one, {}, {}),
            "error[SS0001]: cannot read a\\x0ab.sg: \\x1b[2J\n   = note: first\nhelp: give another path\n");
}

TEST(Diagnostic, GapsOtherFilesAndWideGutter) {
  source::SourceMap sources;
  std::string text;
  for (int i = 1; i <= 120; ++i) text += "line" + std::to_string(i) + ";\n";
  const source::FileId a = sources.add("a.sg", text), b = sources.add("b/b.sg", "first\nsecond\n");
  Diagnostic one = diagnostic(Code::duplicate_state, find(sources, a, "line103"), "two states", "again");
  one.labels = {{find(sources, b, "second"), "elsewhere"},
                {find(sources, a, "line101"), "first"},
                {find(sources, a, "line4;"), "far away"}};
  EXPECT_EQ(render_diagnostic(one, sources, {}), R"(error[SS0014]: two states
   --> a.sg:103:1
    |
  4 | line4;
    | ------ far away
...
101 | line101;
    | ------- first
102 | line102;
103 | line103;
    | ^^^^^^^ again
    |
   ::: b/b.sg:2:1
    |
  2 | second
    | ------ elsewhere
)");
}

TEST(Diagnostic, SeveralMarksOnALine) {
  source::SourceMap sources;
  const source::FileId file = sources.add("a.sg", "abc def ghi\n");
  Diagnostic one = diagnostic(Code::mixed_group, find(sources, file, "def"), "m", "main");
  one.labels = {{find(sources, file, "abc"), "left"},
                {find(sources, file, "ghi"), "right"},
                {find(sources, file, "abc def"), "both"}};
  EXPECT_EQ(render_diagnostic(one, sources, {}), R"(error[SS0208]: m
  --> a.sg:1:5
   |
 1 | abc def ghi
   | ----^^^ --- right
   | left
   | both
   |     main
)");
}

TEST(Diagnostic, LongLinesAreCutAroundTheMark) {
  source::SourceMap sources;
  const std::string text = std::string(300, 'a') + "MARK" + std::string(300, 'b') + "END";
  const source::FileId file = sources.add("a.sg", text);
  Diagnostic one = diagnostic(Code::parse_error, find(sources, file, "MARK"), "m", "here");
  one.labels = {{find(sources, file, "END"), "the end"}};
  Options options;
  options.width = 40;
  EXPECT_EQ(render_diagnostic(one, sources, options), R"(error[SS0003]: m
  --> a.sg:1:301
   |
 1 | ...aaaaaaaaaaaaMARKbbbbbbbbbbbbb...
   |                ^^^^ here
 1 | ...bbbbbbbbbbbbbbbbbbbbbbbbbbbbbEND
   |                                 ---
   |                             the end
)");
}

TEST(Diagnostic, WideAndCombiningCharacters) {
  source::SourceMap sources;
  const source::FileId file = sources.add("a.sg", "\t\xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81x\x1b y\r\nz\r\n");
  const Diagnostic wide = diagnostic(Code::parse_error, find(sources, file, "\xe5\xad\x97"), "m", "wide");
  EXPECT_EQ(render_diagnostic(wide, sources, {}),
            "error[SS0003]: m\n  --> a.sg:1:3\n   |\n 1 |     \xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81x\\x1b y\n"
            "   |       ^^ wide\n");
  const Diagnostic after = diagnostic(Code::parse_error, find(sources, file, "y"), "m", "y");
  EXPECT_EQ(render_diagnostic(after, sources, {}),
            "error[SS0003]: m\n  --> a.sg:1:10\n   |\n 1 |     \xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81x\\x1b y\n"
            "   |                 ^ y\n");
}

TEST(Diagnostic, AtMostSoManyOfEachSeverity) {
  report::Report report = bad_input_report();
  for (int i = 0; i < 3; ++i) report.diagnostics.push_back(report.diagnostics.front());
  Options options;
  options.max_errors = 2;
  const std::string text = render(report, options);
  EXPECT_TRUE(
      text.ends_with("\n\n3 more errors not shown: raise --max-errors to 5\n\n"
                     "5 errors; 1 contract not verified\n"))
      << text;
}

}  // namespace
}  // namespace singspin::terminal
