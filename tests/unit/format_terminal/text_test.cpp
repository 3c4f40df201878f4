#include "reports/formats/terminal/text.h"

#include <gtest/gtest.h>

#include "reports/formats/terminal/source_line.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::terminal {
namespace {

TEST(Sanitize, HostileText) {
  EXPECT_EQ(sanitize("plain \xc3\xa9"), "plain \xc3\xa9");
  EXPECT_EQ(sanitize("\x1b[31m\r\n\t\x7f"), "\\x1b[31m\\x0d\\x0a\\x09\\x7f");
  EXPECT_EQ(sanitize("a\xe2\x80\xae"
                     "b"),
            "a\\u202eb");
  EXPECT_EQ(sanitize("\xe2\x81\xa6\xe2\x80\x8f\xef\xbb\xbf\xe2\x80\xa8"), "\\u2066\\u200f\\ufeff\\u2028");
  EXPECT_EQ(sanitize("\xc2\x85\xf3\xa0\x80\x81"), "\\u0085\\U000e0001");
  EXPECT_EQ(sanitize("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(sanitize(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(sanitize("\xed\xa0\x80\xf4\x90\x80\x80"), "\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80");
}

TEST(Sanitize, EveryByteAloneIsHarmless) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = sanitize(std::string(1, static_cast<char>(byte)));
    for (const char c : text) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << byte;
  }
}

TEST(Width, OfWideAndCombining) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("\xe6\xbc\xa2"), 2u);
  EXPECT_EQ(display_width("e\xcc\x81"), 1u);
  EXPECT_EQ(display_width("\xc2\xa7"), 1u);  // ambiguous
  EXPECT_EQ(display_width("\x1b"), 4u);      // as it is printed
}

TEST(Fit, CutsAtTheWidth) {
  EXPECT_EQ(fit("abcdef", 6), "abcdef");
  EXPECT_EQ(fit("abcdefg", 6), "abc...");
  EXPECT_EQ(fit("abcdefg", 2), "..");
  EXPECT_EQ(fit("abcdefg", 0), "");
  EXPECT_EQ(fit("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2", 5), "\xe6\xbc\xa2...");
  for (unsigned width = 0; width < 12; ++width)
    EXPECT_LE(display_width(fit("a\xe6\xbc\xa2"
                                "bcdefgh",
                                width)),
              width);
}

TEST(Wrap, BetweenWords) {
  EXPECT_EQ(wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("averylongword x", 4), (std::vector<std::string>{"averylongword", "x"}));
  EXPECT_EQ(wrap("", 4), (std::vector<std::string>{""}));
  EXPECT_EQ(wrap("  a ", 0), (std::vector<std::string>{"  a"}));
  EXPECT_EQ(wrap("one two (8 steps) x", 12), (std::vector<std::string>{"one two", "(8 steps) x"}));
  EXPECT_EQ(wrap("a (much too long) b", 8), (std::vector<std::string>{"a (much", "too", "long) b"}));
  EXPECT_EQ(wrap("aaa bbb ccc", 7, 4), (std::vector<std::string>{"aaa bbb", "ccc"}));
}

TEST(Words, NumbersAndLists) {
  EXPECT_EQ(plural(1, "property"), "1 property");
  EXPECT_EQ(plural(2, "property"), "2 properties");
  EXPECT_EQ(plural(0, "contract"), "0 contracts");
  EXPECT_EQ(enumerate({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(alternatives({"a", "b"}), "a or b");
  EXPECT_EQ(alternatives({"a", "b", "c", "d"}), "one of 4 messages");
  EXPECT_EQ(quantity(9999), "9999");
  EXPECT_EQ(quantity(310'999), "310 k");
  EXPECT_EQ(quantity(1'250'000), "1.2 M");
  EXPECT_EQ(quantity(61'000'000), "61 M");
  EXPECT_EQ(quantity(~0ull), "18446744073 G");
}

TEST(SourceLine, TabsGoToTheNextMultipleOfFour) {
  const SourceLine line("a\tb\t\tc");
  EXPECT_EQ(line.cut({0, line.width()}), "a   b       c");
  EXPECT_EQ(line.columns(2, 3).begin, 4u);
  EXPECT_EQ(line.columns(5, 6).begin, 12u);
  EXPECT_EQ(line.columns(1, 2).end, 4u);
}

TEST(SourceLine, EveryPieceHasColumns) {
  const std::string text = "\t\xe6\xbc\xa2 e\xcc\x81\x01\xff z";
  const SourceLine line(text);
  for (std::size_t begin = 0; begin < text.size() + 3; ++begin) {
    for (std::size_t end = 0; end < text.size() + 3; ++end) {
      const Columns columns = line.columns(begin, end);
      EXPECT_LT(columns.begin, columns.end);
      EXPECT_LE(columns.begin, line.width());
    }
  }
}

}  // namespace
}  // namespace singspin::terminal
