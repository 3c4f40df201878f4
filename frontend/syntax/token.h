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

// Which contextual keyword an identifier could be; None for all others and for `@name`.
enum class Word : std::uint8_t {
  None,
#define SS_WORD(name, text) name,
#include "frontend/syntax/words.def"
#undef SS_WORD
};

struct Token {
  TokenKind kind = TokenKind::End;
  Word word = Word::None;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

std::string_view token_name(TokenKind kind);   // `LeftBrace`
std::string_view token_words(TokenKind kind);  // "`{`"
std::string_view word_text(Word word);         // `contract`
// The keyword with exactly this text, else None.
Word find_word(std::string_view text);

}  // namespace singspin::syntax
