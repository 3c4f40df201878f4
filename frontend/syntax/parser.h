// Tokens to a tree. Promises: always a tree, for any tokens; always advances; several independent
// mistakes give several diagnostics; code around contracts is skipped by its braces.
// The grammar is grammar.ebnf; the production stands above each function.
#pragma once

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/lexer.h"

namespace singspin::syntax {

File parse(const source::SourceMap& sources, source::FileId file, const std::vector<Token>& tokens,
           diagnostics::Diagnostics& diagnostics);

// The tree as indented text.
std::string dump(const File& file, const source::SourceMap& sources);

}  // namespace singspin::syntax
