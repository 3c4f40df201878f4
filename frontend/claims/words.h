// The words of claims.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/source/source_map.h"

namespace singspin::claims {

struct Piece {
  enum class Kind : std::uint8_t { Name, Number, Sign, Unknown, End };
  Kind kind = Kind::End;
  std::string_view text;
  source::Span span;
};

// The pieces of the text from `begin` to `end` of a file, without comments; any bytes give pieces.
void split(std::string_view text, source::FileId file, std::uint32_t begin, std::uint32_t end,
           std::vector<Piece>& pieces);

}  // namespace singspin::claims
