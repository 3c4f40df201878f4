// Writes a tree as a text of the contract language, in an order and layout of its own: what was parsed from
// that text must mean the same.
#pragma once

#include <string>

#include "frontend/syntax/ast.h"

namespace singspin::property {

std::string print_tree(const syntax::File& file, const source::SourceMap& sources);

}  // namespace singspin::property
