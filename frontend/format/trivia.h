// What stands between tokens: comments, preprocessor lines with the sections they skip, line ends.
// The lexer drops it; here it is found again in the gaps it left.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "frontend/syntax/lexer.h"

namespace singspin::format {

struct Piece {
  enum class Kind : std::uint8_t { LineComment, BlockComment, Directive };
  Kind kind;
  std::uint32_t begin = 0;
  // A line comment ends before its line end. A directive begins where its line begins, and goes on
  // through the section that it switches off, to the end of the line that switches text on again.
  std::uint32_t end = 0;
  std::uint32_t line_ends_before = 0;  // between the token or piece before and this one
};

class Trivia {
 public:
  // `symbols` are those the tokens were made with.
  Trivia(const source::SourceMap& sources, source::FileId file, const std::vector<syntax::Token>& tokens,
         const syntax::Symbols& symbols);

  // In front of token `token`.
  std::span<const Piece> pieces(std::size_t token) const {
    return std::span(pieces_).subspan(gaps_[token].first, gaps_[token].count);
  }
  std::uint32_t line_ends_after(std::size_t token) const { return gaps_[token].line_ends_after; }
  // False if the gap holds text that is none of these: tokens and symbols do not belong together.
  bool readable(std::size_t token) const { return gaps_[token].readable; }
  const std::vector<Piece>& all() const { return pieces_; }

 private:
  struct Gap {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t line_ends_after = 0;
    bool readable = true;
  };
  friend class TriviaScanner;
  std::vector<Piece> pieces_;
  std::vector<Gap> gaps_;
};

}  // namespace singspin::format
