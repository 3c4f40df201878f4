// The canonical form of one contract as data: which tokens stand on which line at which level, and
// what separates neighbours. Knows no columns; layout is the job of the writer.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/format/trivia.h"
#include "frontend/syntax/ast.h"

namespace singspin::format {

enum class Separator : std::uint8_t { None, Space, Line };

// A token that is written, with what stood in front of it.
struct Item {
  syntax::Token token;
  Separator separator = Separator::None;
  bool inserted = false;  // a `;` that the source leaves out
  std::uint32_t first_piece = 0;
  std::uint32_t end_piece = 0;
  std::uint32_t line_ends = 0;  // between the last piece, or the token before, and this token
};

struct Line {
  enum class Kind : std::uint8_t {
    Plain,     // never broken, except by comments
    Message,   // broken between parameters
    Sequence,  // broken before arrows and `or`
    Verbatim,  // as in the source
    Open,      // ends in the `{` of a block
    Close,     // `}`
  };
  Kind kind = Kind::Plain;
  std::size_t first = 0;  // items
  std::size_t end = 0;
  int level = 0;
  std::size_t body = 0;  // Sequence: its first step. Message: its `(`, or `end` if there is none
};

struct Plan {
  std::vector<Item> items;
  std::vector<Piece> pieces;
  std::vector<Line> lines;
  std::string_view why_not = {};  // not empty: the contract is better left alone, and this is the reason
};

// Plans a contract without syntax errors. `first` is the token its declaration begins with, access
// words included.
Plan plan(std::string_view text, const std::vector<syntax::Token>& tokens, std::size_t first,
          const syntax::Contract& contract, const Trivia& trivia);

}  // namespace singspin::format
