#include "frontend/syntax/token.h"

#include <array>
#include <iterator>

namespace singspin::syntax {

std::string_view token_name(TokenKind kind) {
  static constexpr std::string_view kNames[] = {
#define SS_TOKEN(name, words) #name,
#include "frontend/syntax/token.def"
#undef SS_TOKEN
  };
  return kNames[static_cast<int>(kind)];
}

std::string_view token_words(TokenKind kind) {
  static constexpr std::string_view kWords[] = {
#define SS_TOKEN(name, words) words,
#include "frontend/syntax/token.def"
#undef SS_TOKEN
  };
  return kWords[static_cast<int>(kind)];
}

namespace {

constexpr std::string_view kWordTexts[] = {
    "",
#define SS_WORD(name, text) text,
#include "frontend/syntax/words.def"
#undef SS_WORD
};

constexpr std::size_t kLongestWord = 11;
constexpr std::size_t kSlots = 64;

// The factors were searched so that no two words share a slot; a word that does fails to compile.
constexpr std::size_t slot(std::string_view text) {
  const auto second = static_cast<unsigned char>(text[1]), last = static_cast<unsigned char>(text.back());
  return (second + last * 7u + text.size() * 5u) % kSlots;
}

constexpr std::array<Word, kSlots> make_slots() {
  std::array<Word, kSlots> slots{};
  for (std::size_t i = 1; i < std::size(kWordTexts); ++i) {
    Word& at = slots[slot(kWordTexts[i])];
    if (at != Word::None || kWordTexts[i].size() > kLongestWord)
      throw "two words in one slot";  // at compile time
    at = static_cast<Word>(i);
  }
  return slots;
}
constexpr std::array<Word, kSlots> kWordSlots = make_slots();

}  // namespace

std::string_view word_text(Word word) { return kWordTexts[static_cast<int>(word)]; }

Word find_word(std::string_view text) {
  if (text.size() < 2 || text.size() > kLongestWord) return Word::None;
  const Word word = kWordSlots[slot(text)];
  return word != Word::None && word_text(word) == text ? word : Word::None;
}

}  // namespace singspin::syntax
