// Property files (`*.check`): checks of contracts that stand elsewhere.
//
//   file = { "contract" NAME { "." NAME } "{" { check } "}" } ;
//
// with the `check` of find.h. A simple name means every contract of that name.
#pragma once

#include <string>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/source/source_map.h"

namespace singspin::claims {

struct Block {
  std::string contract;  // simple or qualified
  source::Span name;
  source::Span checks;  // between the braces
};

// What is not a block is SS0045 once; the blocks after it are read.
std::vector<Block> read_file(const source::SourceMap& sources, source::FileId file,
                             diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::claims
