// Tokens of contracts and of the C#-like code around them: kind and place, no text copies.
#pragma once

#include <cstdint>
#include <string_view>

#include "frontend/source/source_map.h"

namespace singspin::syntax {

enum class TokenKind : std::uint8_t {
#define SS_TOKEN(name, words) name,
#include "frontend/syntax/token.def"
#undef SS_TOKEN
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

std::string_view token_name(TokenKind kind);   // `LeftBrace`
std::string_view token_words(TokenKind kind);  // "`{`"

}  // namespace singspin::syntax
