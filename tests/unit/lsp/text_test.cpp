#include <gtest/gtest.h>

#include "frontend/source/lines.h"
#include "reports/lsp/documents.h"
#include "reports/lsp/positions.h"
#include "reports/lsp/transport.h"
#include "reports/lsp/uri.h"

namespace singspin::lsp {
namespace {

const std::string kText = "a\xc3\xa9\xf0\x9f\x98\x80z\r\nb\rc\n";  // aé😀z, b, c

TEST(Positions, CountUtf16Units) {
  const auto lines = source::line_starts(kText);
  EXPECT_EQ(lines, (std::vector<std::uint32_t>{0, 10, 12, 14}));
  EXPECT_EQ(offset_at(kText, lines, {0, 2}, Encoding::Utf16), 3u);
  EXPECT_EQ(offset_at(kText, lines, {0, 3}, Encoding::Utf16), 3u) << "between the halves of a pair";
  EXPECT_EQ(offset_at(kText, lines, {0, 4}, Encoding::Utf16), 7u);
  EXPECT_EQ(offset_at(kText, lines, {0, 99}, Encoding::Utf16), 8u) << "before the line end";
  EXPECT_EQ(offset_at(kText, lines, {99, 0}, Encoding::Utf16), kText.size());
  EXPECT_EQ(position_at(kText, lines, 7, Encoding::Utf16), (Position{0, 4}));
  EXPECT_EQ(position_at(kText, lines, 13, Encoding::Utf16), (Position{2, 1}));
}

TEST(Positions, CountBytes) {
  const auto lines = source::line_starts(kText);
  EXPECT_EQ(offset_at(kText, lines, {0, 3}, Encoding::Utf8), 3u);
  EXPECT_EQ(offset_at(kText, lines, {0, 5}, Encoding::Utf8), 3u) << "inside a character";
  EXPECT_EQ(position_at(kText, lines, 7, Encoding::Utf8), (Position{0, 7}));
}

TEST(Positions, GoThereAndBack) {
  const auto lines = source::line_starts(kText);
  for (const Encoding encoding : {Encoding::Utf16, Encoding::Utf8}) {
    for (const std::uint32_t offset : {0u, 1u, 3u, 7u, 8u, 10u, 11u, 12u, 13u, 14u})
      EXPECT_EQ(offset_at(kText, lines, position_at(kText, lines, offset, encoding), encoding), offset);
  }
}

TEST(Documents, ApplyChangesInOrder) {
  std::string text = "one\ntwo\n";
  apply(text, {{Range{{0, 0}, {0, 3}}, "1"}, {Range{{0, 1}, {1, 0}}, "; "}, {Range{{9, 9}, {0, 0}}, "x"}},
        Encoding::Utf16);
  EXPECT_EQ(text, "x");
  apply(text, {{std::nullopt, "whole"}}, Encoding::Utf16);
  EXPECT_EQ(text, "whole");
}

TEST(Documents, ApplyEditsAtOnce) {
  const std::string text = "ab\ncd\n";
  EXPECT_EQ(
      edited(text, source::line_starts(text), {{{{0, 0}, {0, 1}}, "xyz"}, {{{1, 1}, {1, 2}}, ""}}, Encoding::Utf16),
      "xyzb\nc\n");
}

TEST(Transport, CutsAnyPieces) {
  const std::string stream = framed("{}") + framed("") + framed("[1]");
  FrameReader reader;
  std::vector<std::string> bodies;
  for (const char c : stream) {
    for (const Frame& frame : reader.feed({&c, 1})) bodies.push_back(std::get<Body>(frame).text);
  }
  EXPECT_EQ(bodies, (std::vector<std::string>{"{}", "", "[1]"}));
}

TEST(Transport, GoesOnAfterRubbish) {
  FrameReader reader;
  const auto frames = reader.feed("Content-Length: -1\r\n\r\nrubbish" + framed("ok"));
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<BadFrame>(frames[0]));
  EXPECT_EQ(std::get<Body>(frames[1]).text, "ok");
}

TEST(Transport, ThrowsLongBodiesAway) {
  FrameReader reader;
  const std::string body(kLongestBody + 1, 'x');
  auto frames = reader.feed(framed(body).substr(0, 100));
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<BadFrame>(frames[0]));
  frames = reader.feed(framed(body).substr(100) + framed("ok"));
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(std::get<Body>(frames[0]).text, "ok");
}

TEST(Uri, NamesAnyPath) {
  for (const std::string path : {"/a b/c%.sg", "/\xc3\xa4/x#y?z", "/plain-._~"})
    EXPECT_EQ(path_of_uri(uri_of_path(path)), path);
  EXPECT_EQ(uri_of_path("/a b"), "file:///a%20b");
  EXPECT_EQ(path_of_uri("FILE://localhost/a%2fb"), "/a/b");
  EXPECT_EQ(path_of_uri("file:///a%zz%4"), "/a%zz%4");
  for (const std::string_view other :
       {"", "file:", "file://", "file://host/x", "untitled:x", "file:///a%00b"})
    EXPECT_EQ(path_of_uri(other), std::nullopt) << other;
}

}  // namespace
}  // namespace singspin::lsp
