// Annotation text to a tree and, since contracts stand among annotations, the tokens of those.
// Promises: always a tree, for any tokens; always advances; nesting is limited.
// The grammar is grammar.ebnf; the production stands above each function.
#pragma once

#include "frontend/annotation/ast.h"
#include "frontend/diagnostics/diagnostic.h"
#include "frontend/syntax/token.h"

namespace singspin::annotation {

struct Parsed {
  File file;
  std::vector<syntax::Token> contracts;  // the tokens of all contracts, and End
};

// `tokens` are those of the masked text; their offsets are those of the file.
Parsed parse(const source::SourceMap& sources, source::FileId file, const std::vector<syntax::Token>& tokens,
             diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::annotation
