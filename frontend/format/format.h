// The canonical layout of contracts (MANUAL.md, "One form for contracts").
// Promises: only white space and superfluous or missing `;` inside contract declarations change;
// every other byte of the file, comments and preprocessor lines included, stays. Formatting what was
// formatted changes nothing. Linear time. Knows no files and no terminal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/lexer.h"

namespace singspin::format {

// A contract that is left as it is.
struct Untouched {
  std::string name;
  source::Span span;  // of its name
  std::string reason;
};

struct Formatted {
  std::vector<diagnostics::Edit> edits;  // in order, disjoint; none: all contracts have their form
  std::vector<Untouched> untouched;
};

// Formats the contracts of a file, or those that overlap `range`. `tokens` and `tree` come from `lex`
// and `parse` of that file with `symbols`.
Formatted format(const source::SourceMap& sources, source::FileId file,
                 const std::vector<syntax::Token>& tokens, const syntax::File& tree,
                 const syntax::Symbols& symbols, std::optional<source::Span> range = std::nullopt);

// `text` after edits of `format`.
std::string apply(std::string_view text, const std::vector<diagnostics::Edit>& edits);

// The safety net: reads both texts and says in which way the second differs in more than layout;
// nullopt if it does not. Callers that write files ask before they write.
std::optional<std::string> lost(std::string_view before, std::string_view after,
                                const syntax::Symbols& symbols);

}  // namespace singspin::format
