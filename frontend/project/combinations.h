// Which combinations of symbols are worth a reading: the distinct choices of sections that they make in
// files which are read together.
#pragma once

#include <span>

#include "frontend/project/sections.h"

namespace singspin::project {

inline constexpr std::size_t kMaxCombinations = 64;

// What a run may spend on its combinations, so that no text makes it endless.
struct Budget {
  std::size_t directives = 20'000'000;  // looked at
  std::size_t bytes = 64u << 20;        // read and analysed beyond the first reading
  static bool take(std::size_t& of, std::size_t amount) {
    const bool enough = amount <= of;
    of -= enough ? amount : of;
    return enough;
  }
};

struct Part {
  const Sections* sections;
  const syntax::Symbols* fixed;  // defined in any case
};

struct Combinations {
  // The symbols to define, a least set for each choice of sections, smaller sets first: the first is empty.
  std::vector<syntax::Symbols> chosen;
  std::set<std::string> asked;  // the symbols that were tried
  std::size_t found = 0;        // choices, left out ones included
  bool complete = true;         // false: there may be even more
  bool all() const { return complete && found <= kMaxCombinations; }
};
// By number, then by name.
bool is_simpler(const syntax::Symbols& a, const syntax::Symbols& b);

Combinations combine_parts(std::span<const Part> parts, Budget& budget);

}  // namespace singspin::project
