#include "frontend/syntax/lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/syntax/fixture.h"

namespace singspin::syntax {
namespace {

// "Kind:text" of each token but the last, joined with blanks.
std::string kinds(std::string_view text) {
  const auto front = read_text(text);
  std::string all;
  for (const Token& token : front->tokens) {
    if (token.kind == TokenKind::End) continue;
    all += (all.empty() ? "" : " ") + std::string(token_name(token.kind)) + ":" +
           std::string(front->sources.text({front->id, token.begin, token.end}));
  }
  return all;
}

struct Row {
  const char* text;
  const char* expected;
};

void expect_kinds(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(kinds(row.text), row.expected) << row.text;
}

TEST(Lexer, ReadsNames) {
  expect_kinds({{"state", "Identifier:state"},
                {"_a1 B", "Identifier:_a1 Identifier:B"},
                {"@state", "Identifier:@state"},
                {"caf\xc3\xa9", "Identifier:caf\xc3\xa9"},
                {"a-b", "Identifier:a Minus:- Identifier:b"},
                {"@ a", "Other:@ Identifier:a"},
                {"9a 0x1F", "Number:9a Number:0x1F"}});
}

TEST(Lexer, ReadsArrowsAndSigns) {
  expect_kinds({{"a->b", "Identifier:a Arrow:-> Identifier:b"},
                {"a- >b", "Identifier:a Minus:- Greater:> Identifier:b"},
                {"a!->b?", "Identifier:a Bang:! Arrow:-> Identifier:b Question:?"},
                {"a\xe2\x86\x92" "b", "Identifier:a Arrow:\xe2\x86\x92 Identifier:b"},
                {"-->", "Minus:- Arrow:->"},
                {"{}()[]<>;:,.*=", "LeftBrace:{ RightBrace:} LeftParen:( RightParen:) LeftBracket:[ RightBracket:] Less:< "
                                   "Greater:> Semicolon:; Colon:: Comma:, Dot:. Star:* Equals:="}});
}

TEST(Lexer, ReadsStrings) {
  expect_kinds({{R"("a { b" x)", R"(String:"a { b" Identifier:x)"},
                {R"("a \" b" x)", R"(String:"a \" b" Identifier:x)"},
                {R"("a\\" x)", R"(String:"a\\" Identifier:x)"},
                {R"(@"a\" x)", R"(String:@"a\" Identifier:x)"},
                {R"(@"a ""b"" c" x)", R"(String:@"a ""b"" c" Identifier:x)"},
                {"@\"a\nb\" x", "String:@\"a\nb\" Identifier:x"},
                {"@\"\" x", "String:@\"\" Identifier:x"},
                {"\"\" x", "String:\"\" Identifier:x"},
                {"\"open\nx", "UnclosedString:\"open Identifier:x"},
                {"\"open\\\nx", "UnclosedString:\"open\\ Identifier:x"}});
}

TEST(Lexer, ReadsCharacterLiterals) {
  expect_kinds({{"'{' x", "CharLiteral:'{' Identifier:x"},
                {"'\"' x", "CharLiteral:'\"' Identifier:x"},
                {R"('\'' x)", R"(CharLiteral:'\'' Identifier:x)"},
                {R"('\\' x)", R"(CharLiteral:'\\' Identifier:x)"},
                {R"('\u007b' x)", R"(CharLiteral:'\u007b' Identifier:x)"},
                {"'\xe2\x82\xac' x", "CharLiteral:'\xe2\x82\xac' Identifier:x"},
                {"' x", "Other:' Identifier:x"},
                {"'", "Other:'"},
                {"'\nx", "Other:' Identifier:x"}});
}

TEST(Lexer, SkipsCommentsAndWhiteSpace) {
  expect_kinds({{"a // b \" {\nc", "Identifier:a Identifier:c"},
                {"a /* b\n* / ' */ c", "Identifier:a Identifier:c"},
                {"a /**/ b /***/ c", "Identifier:a Identifier:b Identifier:c"},
                {"a /* /* */ b */", "Identifier:a Identifier:b Star:* Other:/"},
                {"a\f\v\t\r\n\xc2\xa0" "b", "Identifier:a Identifier:b"},
                {"a \xef\xbb\xbf b", "Identifier:a Identifier:b"},
                {"//", ""},
                {"/", "Other:/"},
                {"", ""}});
}

TEST(Lexer, TakesDirectivesOnlyAtTheStartOfALine) {
  expect_kinds({{"#region it's\na", "Identifier:a"},
                {"  \t#pragma \"\na", "Identifier:a"},
                {"a # b", "Identifier:a Other:# Identifier:b"},
                {"a\n#line 7\nb", "Identifier:a Identifier:b"},
                {"/* c */ # b\na", "Other:# Identifier:b Identifier:a"},
                {"/* c\n*/\n#if A\nb\n#endif\na", "Identifier:a"}});
}

TEST(Lexer, EndsEveryVectorWithEnd) {
  for (const std::string text : {"", "a", "/*", "@\"", "\"", "'", "#if A", "a\n"}) {
    const auto front = read_text(text);
    ASSERT_FALSE(front->tokens.empty()) << text;
    EXPECT_EQ(front->tokens.back().kind, TokenKind::End) << text;
    EXPECT_EQ(front->tokens.back().end, text.size()) << text;
  }
}

TEST(Lexer, ReportsWhatIsNeverClosed) {
  EXPECT_THAT(read_text("a\n /* b")->reported(), testing::ElementsAre("SS0025 2:2"));
  EXPECT_THAT(read_text("a = @\"b")->reported(), testing::ElementsAre("SS0025 1:5"));
  EXPECT_THAT(read_text("a = \"b\n'c")->reported(), testing::IsEmpty());
}

TEST(Lexer, DumpsPlaceKindAndText) {
  const auto front = read_text("state\n  S :");
  EXPECT_EQ(dump_tokens(front->sources, front->id, front->tokens),
            "1:1 Identifier state\n2:3 Identifier S\n2:5 Colon :\n2:6 End \n");
}

TEST(Lexer, TakesAnyThreeBytes) {
  const std::string interesting = "a1 \n\r\t\f\"'@#/*\\-><!?(){}[];:,.=$%&|^~`+_";
  const std::string more = interesting + "\xc2\xa0\xe2\x86\x92\xff" + std::string(1, '\0');
  for (const char a : more) {
    for (const char b : more) {
      for (const char c : more) {
        const auto front = read_text(std::string{a, b, c});
        std::uint32_t at = 0;
        for (const Token& token : front->tokens) {
          ASSERT_LE(at, token.begin);
          ASSERT_LE(token.begin, token.end);
          at = token.end;
        }
        ASSERT_EQ(at, front->sources.file(front->id).text.size());
        expect_spans_inside(front->sources, front->diagnostics);
      }
    }
  }
}

}  // namespace
}  // namespace singspin::syntax
