// What must hold for any input, one function per structure. Each aborts with the broken rule in words.
#pragma once

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/ir.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/token.h"

namespace singspin::fuzz {

// Inside its text and not in the middle of a character.
void check_span(const source::SourceMap& sources, source::Span span);
// In order, without overlap, nothing but the last one empty, and the last one is End. What lies between
// tokens is white space, comments and preprocessor sections.
void check_tokens(const source::SourceMap& sources, source::FileId file,
                  const std::vector<syntax::Token>& tokens);
// Every span of the tree is in its text, names are what the text says, contracts stand in order.
void check_tree(const source::SourceMap& sources, const syntax::File& file);
// Every diagnostic has a place, every place is inside its text, messages are one line.
void check_diagnostics(const source::SourceMap& sources, const diagnostics::Diagnostics& diagnostics);
// `ir::validate`, and every span is inside its text.
void check_contract(const source::SourceMap& sources, const ir::Contract& contract);
// Valid UTF-8 without control characters but the line feed: what may go to a terminal.
void check_printable(std::string_view text);

}  // namespace singspin::fuzz
