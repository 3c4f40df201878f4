#include "frontend/source/source_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace singspin::source {

void PrintTo(const Position& position, std::ostream* out) { *out << position.line << ':' << position.column; }

namespace {

using namespace std::string_literals;

struct Place {
  std::uint32_t offset;
  Position expected;
};

void expect_places(const std::string& text, const std::vector<Place>& places) {
  SourceMap sources;
  const FileId id = sources.add("a.sg", text);
  for (const Place& place : places) {
    EXPECT_EQ(sources.position(id, place.offset), place.expected) << "offset " << place.offset << " of " << text;
  }
}

TEST(Position, CountsLinesAtLfCrAndCrLf) {
  expect_places("a\nb", {{0, {1, 1}}, {1, {1, 2}}, {2, {2, 1}}, {3, {2, 2}}});
  expect_places("a\rb", {{1, {1, 2}}, {2, {2, 1}}});
  expect_places("a\r\nb", {{1, {1, 2}}, {2, {1, 3}}, {3, {2, 1}}});
  expect_places("\n\r\r\n\n", {{0, {1, 1}}, {1, {2, 1}}, {2, {3, 1}}, {4, {4, 1}}, {5, {5, 1}}});
}

TEST(Position, CountsUtf16Units) {
  expect_places("\xc3\xa9x", {{0, {1, 1}}, {2, {1, 2}}, {3, {1, 3}}});                  // U+00E9: one unit
  expect_places("\xe6\xbc\xa2x", {{3, {1, 2}}});                                        // U+6F22: one unit
  expect_places("\xf0\x9f\xa6\x80x", {{4, {1, 3}}, {5, {1, 4}}});                       // U+1F980: two units
  expect_places("e\xcc\x81x", {{1, {1, 2}}, {3, {1, 3}}});                              // a combining mark counts
  expect_places("\tx", {{1, {1, 2}}});                                                  // so does a tab, once
}

TEST(Position, StaysInsideTheText) {
  expect_places("", {{0, {1, 1}}, {7, {1, 1}}});
  expect_places("ab\n", {{3, {2, 1}}, {99, {2, 1}}});
}

TEST(SourceMap, GivesLinesWithoutTheirEnds) {
  SourceMap sources;
  const FileId id = sources.add("a.sg", "one\r\ntwo\rthree\n\nfive");
  const std::vector<std::string> lines{"one", "two", "three", "", "five"};
  ASSERT_EQ(sources.line_count(id), lines.size());
  for (std::uint32_t i = 0; i < lines.size(); ++i) EXPECT_EQ(sources.line_text(id, i + 1), lines[i]);
  EXPECT_EQ(sources.line_text(id, 0), "");
  EXPECT_EQ(sources.line_text(id, 6), "");
  EXPECT_EQ(sources.line_start(id, 3), 9u);
  EXPECT_EQ(sources.line_start(id, 6), sources.file(id).text.size());
}

TEST(SourceMap, ClampsSpans) {
  SourceMap sources;
  const FileId id = sources.add("a.sg", "abc");
  EXPECT_EQ(sources.text({id, 1, 2}), "b");
  EXPECT_EQ(sources.text({id, 2, 9}), "c");
  EXPECT_EQ(sources.text({id, 3, 4}), "");
  EXPECT_EQ(sources.text({id, 8, 9}), "");
}

TEST(SourceMap, NeverMovesTexts) {
  SourceMap sources;
  const FileId first = sources.add("a.sg", "contract");
  const std::string_view text = sources.file(first).text;
  for (int i = 0; i < 1000; ++i) sources.add("b.sg", "more");
  EXPECT_EQ(sources.file(first).text.data(), text.data());
  EXPECT_EQ(sources.size(), 1001u);
}

TEST(SourceMap, RemembersWhatWasOnDisk) {
  SourceMap sources;
  const FileId id = sources.add("dir/a.sg", "\xef\xbb\xbf" "abc");
  EXPECT_EQ(sources.file(id).path, "dir/a.sg");
  EXPECT_EQ(sources.file(id).text, "abc");
  EXPECT_EQ(sources.file(id).bytes, 6u);
  EXPECT_EQ(sources.file(id).sha256, sha256_hex("\xef\xbb\xbf" "abc"));
}

TEST(Sha256, OfKnownTexts) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

struct Raw {
  const char* what;
  std::string raw;
  std::string expected;
};

TEST(DecodeText, TakesEachEncoding) {
  const Raw rows[] = {
      {"nothing", "", ""},
      {"ASCII", "contract", "contract"},
      {"UTF-8", "\xc3\xa9\xe2\x86\x92\xf0\x9f\xa6\x80", "\xc3\xa9\xe2\x86\x92\xf0\x9f\xa6\x80"},
      {"UTF-8 with mark", "\xef\xbb\xbfx", "x"},
      {"a mark and nothing else", "\xef\xbb\xbf", ""},
      {"Windows-1252", "caf\xe9 \x80 \x93x\x94", "caf\xc3\xa9 \xe2\x82\xac \xe2\x80\x9cx\xe2\x80\x9d"},
      {"Windows-1252 behind a mark", "\xef\xbb\xbf\xe9", "\xc3\xa9"},
      {"UTF-16, little endian", "\xff\xfe" "a\0\xe9\0"s, "a\xc3\xa9"},
      {"UTF-16, big endian", "\xfe\xff\0a\0\xe9"s, "a\xc3\xa9"},
      {"UTF-16 pair", "\xff\xfe\x3e\xd8\x80\xdd"s, "\xf0\x9f\xa6\x80"},
      {"UTF-16, high half alone", "\xff\xfe\x3e\xd8" "a\0"s, "\xef\xbf\xbd" "a"},
      {"UTF-16, low half alone", "\xff\xfe\x80\xdd" "a\0"s, "\xef\xbf\xbd" "a"},
      {"UTF-16, high half last", "\xff\xfe" "a\0\x3e\xd8"s, "a\xef\xbf\xbd"},
      {"UTF-16, a byte too many", "\xff\xfe" "a\0b"s, "a"},
      {"UTF-16, only the mark", "\xff\xfe", ""},
  };
  for (const Raw& row : rows) EXPECT_EQ(decode_text(row.raw), row.expected) << row.what;
}

TEST(DecodeText, TakesBrokenUtf8AsWindows1252) {
  const char* rows[] = {"\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
                        "\x80", "\xe2\x86", "\xf0\x9f\xa6"};
  for (const std::string raw : rows) {
    const std::string text = decode_text(raw);
    EXPECT_GT(text.size(), raw.size()) << testing::PrintToString(raw);
    EXPECT_EQ(decode_text(text), text) << "is UTF-8 now";
  }
}

TEST(DecodeText, TakesAnyTwoBytes) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string raw{static_cast<char>(a), static_cast<char>(b)};
      const std::string text = decode_text(raw + "x");
      EXPECT_EQ(decode_text(text), text) << a << ' ' << b;
    }
  }
}

}  // namespace
}  // namespace singspin::source
