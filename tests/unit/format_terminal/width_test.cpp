// No width, span or text makes the report fail.
#include <gtest/gtest.h>

#include "fixture.h"
#include "reports/formats/terminal/text.h"

namespace singspin::terminal {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

void expect_clean(const std::string& text) {
  for (const std::string& line : lines_of(text)) {
    EXPECT_EQ(sanitize(line), line);
    EXPECT_FALSE(line.ends_with(' ')) << "[" << line << "]";
  }
}

const char* const kTexts[] = {
    "",
    "\n",
    "\r\n",
    "one line",
    "\tx\t\ty\r\n\r\n\tz\r\n",
    "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97 wide \xe6\xbc\xa2\xe5\xad\x97\n\xe6\xbc\xa2",
    "e\xcc\x81\xcc\x81 \xcc\x81\n\xcc\x81",
    "\x1b[31m \xe2\x80\xae \x01\x02\x7f",
    "a long line a long line a long line a long line a long line a long line a long line a long "
    "line\nb\nc\nd\ne",
};

TEST(Widths, EveryExcerpt) {
  for (const char* text : kTexts) {
    source::SourceMap sources;
    const source::FileId file = sources.add("a.sg", text);
    const auto size = static_cast<std::uint32_t>(sources.file(file).text.size());
    const std::uint32_t places[] = {0, 1, size / 3, size / 2, size, size + 1, size + 100, 0xffffffffu};
    for (const std::uint32_t begin : places) {
      for (const std::uint32_t end : places) {
        diagnostics::Diagnostic one;
        one.span = source::Span{file, begin, end};
        one.message = "m";
        one.label = "a label of some words";
        one.labels = {
            {{file, end, begin}, "another label"}, {{file, size / 2, size}, ""}, {{{7}, 0, 1}, "lost"}};
        one.notes = {"a note of some words that may have to be broken"};
        Options options;
        for (const unsigned width : {0u, 1u, 2u, 7u, 19u, 20u, 33u, 60u, 100u, 200u}) {
          options.width = width;
          expect_clean(render_diagnostic(one, sources, options));
        }
      }
    }
  }
}

TEST(Widths, OneToTwoHundred) {
  const report::Report report = spooler_report();
  Options options;
  for (options.width = 1; options.width <= 200; ++options.width) {
    options.unicode = options.width % 2 == 0;
    const std::string text = render(report, options);
    expect_clean(text);
    if (options.width < 80) continue;
    for (const std::string& line : lines_of(text)) EXPECT_LE(display_width(line), options.width) << line;
  }
}

TEST(Widths, LongSourceLines) {
  for (unsigned width = 1; width <= 200; ++width) {
    source::SourceMap sources;
    std::string text;
    for (int i = 0; i < 60; ++i) text += "\tab\xe6\xbc\xa2 ";
    const source::FileId file = sources.add("a.sg", text);
    Options options;
    options.width = width;
    for (std::uint32_t begin = width % 7; begin < text.size(); begin += 41) {
      diagnostics::Diagnostic one;
      one.span = source::Span{file, begin, begin + 5};
      one.message = "m";
      one.label = "label";
      one.labels = {{{file, 3, 4}, "first"}, {{file, 300, 400}, "second"}};
      const std::string block = render_diagnostic(one, sources, options);
      expect_clean(block);
      for (const std::string& line : lines_of(block)) {
        if (width >= 30) {
          EXPECT_LE(display_width(line), width) << line;
        }
      }
    }
  }
}

TEST(Widths, HostileNames) {
  report::Report report = spooler_report();
  ir::Contract& contract = report.program.contracts[{0}];
  contract.name = "Evil\x1b]0;x\x07";
  for (ir::Message& message : contract.messages) message.name += "\xe2\x80\xae\n" + std::string(30, 'M');
  for (ir::State& state : contract.states) {
    state.id += "\r\xff";
    state.parent += std::string(50, '\x1b');
    state.after += "\xe6\xbc\xa2";
  }
  report.counterexamples[0].message += "\n\x1b[2J";
  report.counterexamples[0].id += "; rm \x1b";
  report.contracts[0].verdicts[2].detail = "x\x1b\ny";
  Options options;
  options.replay_hint = true;
  for (options.width = 1; options.width <= 200; ++options.width) expect_clean(render(report, options));
}

TEST(Widths, NamesThatAreTooLongAreListedBelow) {
  report::Report report = spooler_report();
  for (ir::Message& message : report.program.contracts[{0}].messages) {
    message.name = "AVeryLongNameOfAMessage" + message.name;
  }
  Options options;
  options.width = 60;
  const std::string text = render_counterexample(report, report.counterexamples[0], options);
  EXPECT_NE(text.find("\n    step 1: AVeryLongNameOfAMessageReady\n"), std::string::npos) << text;
  EXPECT_NE(text.find("needs AVery"), std::string::npos) << text;
  options.width = 120;
  const std::string wide = render_counterexample(report, report.counterexamples[0], options);
  EXPECT_NE(wide.find("◄─ AVeryLongNameOfAMessageFinished ─│"), std::string::npos) << wide;
}

}  // namespace
}  // namespace singspin::terminal
