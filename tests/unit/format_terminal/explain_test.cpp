// The explanation of SS0101 is a mock of the output specification and must come out letter by
// letter; the others are held to the form that `singspin explain` promises.
#include "reports/formats/terminal/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace singspin::terminal {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string codes_md() {
  std::ifstream file(SINGSPIN_SOURCE_DIR "/frontend/diagnostics/codes.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Prose only: contracts are indented.
bool wider_than(const std::string& text, std::size_t width) {
  const auto lines = lines_of(text);
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return line.size() > width && !line.starts_with("    ");
  });
}

constexpr const char* kDeadlock =
    R"(SS0101  deadlock-free                                        property, error, on by default

Every participant waits for ever. In a contract: neither end can send, and neither can receive the
message that is first in its queue, or its queue is empty. In a driver system a thread may also
wait for a lock, an event or another thread.

Why it happens in a contract. In a state that has both sends and receives, one end can send while
the other end's message is on its way. Each then has a view of the other that is out of date.

    state Idle: one { Go? -> Busy; }
    state Busy: one {
        Stop? -> Stopped! -> Idle;      // the importer may stop the work...
        Done! -> Idle;                  // ...while the exporter reports that it is done
    }

How to repair it. Either let only one end begin something in each state:

    state Idle:   one { Go? -> Busy; }
    state Busy:   one { Ask? -> Answer;  Stop? -> Stopped! -> Idle; }
    state Answer: one { NotYet! -> Busy;  Done! -> Idle; }

or accept, at both ends, the message that was already on its way:

    state Idle:     one { Go? -> Busy;  Stop? -> Stopped! -> Idle; }
    state Busy:     one { Stop? -> Stopping;  Done! -> Idle; }
    state Stopping: one { Stopped! -> Idle;  Done! -> Late; }
    state Late:     one { Stopped! -> Idle; }

The second form keeps a state in which either end may send; the rule about such states still
reports it.

One end alone is not enough. With Stop? accepted in Idle and nothing else changed, the importer
waits for Stopped but finds Done first in its queue. With only Stopping and Late added, the
exporter is in Idle when Stop arrives and cannot receive it.

How it is checked. SPIN explores every interleaving with bounded queues. A deadlock found so is real
for longer queues too: waiting for room does not count as one. "proved" holds for any queue length
if no send was ever held back by a full queue; the report says which.
)";

// A text that has every form the reader knows.
constexpr const char* kForms = R"(# Title, not printed

```contract expect=clean
not printed either
```

## SS0006 missing-semicolon

First line
second line.

```contract expect=reports:SS0006
~ in message Hidden();
state A: one { Tap? -> A }

## not a heading
```

```contract hidden expect=clean
state Hidden: ;
```

A list:

- one two three four five
  six seven
- eight

## SS0009 error-directive

Note.

## SS9999 no-such-code

Nobody sees this.
)";

TEST(Explain, PrintsTheSpecifiedTextForDeadlock) {
  EXPECT_EQ(explain(codes_md(), diagnostics::Code::deadlock_free, 100), kDeadlock);
}

TEST(Explain, PrintsTheSameAtAnyLargerWidth) {
  EXPECT_EQ(explain(codes_md(), diagnostics::Code::deadlock_free, 500), kDeadlock);
}

TEST(Explain, EveryCodeHasAText) {
  const auto all = read_explanations(codes_md());
  const auto& codes = diagnostics::all_codes();
  ASSERT_EQ(all.size(), codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) EXPECT_EQ(all[i].code, codes[i].code) << codes[i].rule;
}

TEST(Explain, EveryTextFitsAScreenAndIsAscii) {
  for (const Explanation& explanation : read_explanations(codes_md())) {
    const std::string text = render_explanation(explanation, 100);
    const std::size_t lines = lines_of(text).size();
    const bool specified = explanation.code == diagnostics::Code::deadlock_free;
    EXPECT_TRUE(specified || (lines >= 8 && lines <= 35)) << lines << " lines\n" << text;
    for (const std::string& line : lines_of(text)) EXPECT_LE(line.size(), 100u) << line;
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) {
      return c == '\n' || (c >= ' ' && c <= '~');
    })) << text;
  }
}

TEST(Explain, NothingOfTheTestsIsPrinted) {
  for (const Explanation& explanation : read_explanations(codes_md())) {
    EXPECT_THAT(explanation.markdown, Not(HasSubstr("\n~ ")));
    EXPECT_THAT(explanation.markdown, Not(HasSubstr("expect=")));
    EXPECT_THAT(explanation.markdown, Not(HasSubstr("\n\n\n")));
    EXPECT_THAT(explanation.markdown, Not(StartsWith("\n")));
  }
}

TEST(Explain, WrapsProseAndNothingElse) {
  for (const Explanation& explanation : read_explanations(codes_md())) {
    for (const unsigned width : {60u, 80u}) {
      const std::string text = render_explanation(explanation, width);
      EXPECT_FALSE(wider_than(text, width)) << text;
    }
  }
}

TEST(Explain, NarrowWidthsLoseNoWord) {
  const auto words = [](const std::string& text) {
    std::istringstream in(text);
    return std::vector<std::string>(std::istream_iterator<std::string>(in), {});
  };
  for (const Explanation& e : read_explanations(codes_md())) {
    for (const unsigned width : {0u, 21u, 50u, 99u}) {
      EXPECT_EQ(words(render_explanation(e, width)), words(render_explanation(e, 100))) << width;
    }
  }
}

TEST(Explain, LeavesOutHiddenBlocksHiddenLinesAndAttributes) {
  const auto all = read_explanations(kForms);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].code, diagnostics::Code::missing_semicolon);
  EXPECT_EQ(all[0].markdown, R"(First line
second line.

```
state A: one { Tap? -> A }

## not a heading
```

A list:

- one two three four five
  six seven
- eight
)");
  EXPECT_EQ(all[1].markdown, "Note.\n");
}

TEST(Explain, IndentsContractsAndKeepsListItemsApart) {
  EXPECT_EQ(explain(kForms, diagnostics::Code::missing_semicolon, 20), R"(SS0006  missing-semicolon
input, warning

First line
second line.

    state A: one { Tap? -> A }

    ## not a heading

A list:

- one two three four
  five six seven
- eight
)");
}

TEST(Explain, NamesKindAndSeverity) {
  const std::string text = codes_md();
  const auto first_line = [&](diagnostics::Code code) {
    return lines_of(explain(text, code, 100).value())[0];
  };
  using diagnostics::Code;
  EXPECT_EQ(first_line(Code::unreadable_file),
            "SS0001  unreadable-file                                      input, error");
  EXPECT_EQ(first_line(Code::states_reachable),
            "SS0105  states-reachable                                     property, warning, on by default");
  EXPECT_EQ(first_line(Code::mixed_choice),
            "SS0206  mixed-choice                                         contract rule, warning");
  EXPECT_EQ(first_line(Code::unused_message),
            "SS0203  unused-message                                       contract rule, note");
  EXPECT_EQ(first_line(Code::limit_reached),
            "SS0301  limit-reached                                        limit, warning");
  EXPECT_EQ(first_line(Code::trail_mismatch),
            "SS0901  trail-mismatch                                       tool, error");
}

TEST(Explain, MovesTheKindToTheLeftWhereTheColumnDoesNotFit) {
  const std::string text = codes_md();
  const auto lines = [&](unsigned width) {
    return lines_of(explain(text, diagnostics::Code::deadlock_free, width).value());
  };
  EXPECT_EQ(lines(80)[0], "SS0101  deadlock-free                             property, error, on by default");
  EXPECT_EQ(lines(40)[0], "SS0101  deadlock-free");
  EXPECT_EQ(lines(40)[1], "property, error, on by default");
}

TEST(Explain, HasNothingToSayWithoutASection) {
  EXPECT_EQ(explain("", diagnostics::Code::deadlock_free, 100), std::nullopt);
  EXPECT_EQ(explain(kForms, diagnostics::Code::deadlock_free, 100), std::nullopt);
}

TEST(Explain, AnUnclosedBlockIsNoReasonToFail) {
  const auto all = read_explanations("## SS0006 x\n\n```contract expect=clean\nstate A: ;\n## SS0009 y\n");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_THAT(render_explanation(all[0], 100), HasSubstr("    state A: ;\n    ## SS0009 y\n"));
}

}  // namespace
}  // namespace singspin::terminal
