// Text to tokens: raw preprocessor lines first, then tokens of the live sections.
// Promises: any bytes give a token vector that ends with End; spans are exact. Knows no grammar.
#pragma once

#include <string>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/syntax/preprocessor.h"
#include "frontend/syntax/token.h"

namespace singspin::syntax {

struct Tokens {
  std::vector<Token> tokens;
  Symbols tested_symbols;  // names that occur in conditions
  std::vector<Directive> directives;
};

Tokens lex(const source::SourceMap& sources, source::FileId file, const Symbols& symbols,
           diagnostics::Diagnostics& diagnostics);

// The same for a text that has the offsets of `file` but other bytes, and no preprocessor lines.
// `text` must outlive the call only.
Tokens lex_masked(const std::string& text, source::FileId file, diagnostics::Diagnostics& diagnostics);

// One token per line: place, kind, text.
std::string dump_tokens(const source::SourceMap& sources, source::FileId file,
                        const std::vector<Token>& tokens);

}  // namespace singspin::syntax
