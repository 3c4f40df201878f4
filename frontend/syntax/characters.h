// What bytes mean to the lexer, as tables.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "frontend/syntax/token.h"

namespace singspin::syntax {

// What a byte begins. Digits and letters come last: they also continue a name.
enum CharClass : std::uint8_t { kSingle, kSpace, kNewline, kSpecial, kNonAscii, kDigit, kLetter };

constexpr std::array<CharClass, 256> make_classes() {
  std::array<CharClass, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    classes[c] = letter ? kLetter : c >= '0' && c <= '9' ? kDigit : c >= 0x80 ? kNonAscii : kSingle;
  }
  for (const char c : {' ', '\t', '\f', '\v'}) classes[static_cast<unsigned char>(c)] = kSpace;
  for (const char c : {'#', '/', '"', '\'', '@', '-'}) classes[static_cast<unsigned char>(c)] = kSpecial;
  classes['\n'] = classes['\r'] = kNewline;
  return classes;
}
inline constexpr std::array<CharClass, 256> kClasses = make_classes();

constexpr std::array<TokenKind, 256> make_single_kinds() {
  std::array<TokenKind, 256> kinds{};
  kinds.fill(TokenKind::Other);
  const std::pair<char, TokenKind> all[] = {
      {'{', TokenKind::LeftBrace},  {'}', TokenKind::RightBrace},  {'(', TokenKind::LeftParen},
      {')', TokenKind::RightParen}, {'[', TokenKind::LeftBracket}, {']', TokenKind::RightBracket},
      {'<', TokenKind::Less},       {'>', TokenKind::Greater},     {';', TokenKind::Semicolon},
      {':', TokenKind::Colon},      {',', TokenKind::Comma},       {'.', TokenKind::Dot},
      {'!', TokenKind::Bang},       {'?', TokenKind::Question},    {'*', TokenKind::Star},
      {'=', TokenKind::Equals},
  };
  for (const auto& [c, kind] : all) kinds[static_cast<unsigned char>(c)] = kind;
  return kinds;
}
inline constexpr std::array<TokenKind, 256> kSingleKinds = make_single_kinds();

inline constexpr std::string_view kArrowSign = "\xe2\x86\x92";      // U+2192, in text taken from the notes
inline constexpr std::string_view kNoBreakSpace = "\xc2\xa0";       // U+00A0
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  // U+FEFF in the middle of a text

}  // namespace singspin::syntax
