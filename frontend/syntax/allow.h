// Comments that silence a rule at one place: `// singspin: allow(mixed-choice) -- why`.
// At the end of a line they concern that line; on lines of their own what begins directly below: a
// whole contract, state or message, a sequence, else the line.
#pragma once

#include <optional>
#include <vector>

#include "frontend/diagnostics/suppressions.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/preprocessor.h"
#include "frontend/syntax/token.h"

namespace singspin::syntax {

struct Comment {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;       // the line end is not part of it
  std::size_t next_token = 0;  // the token behind it
};

// The comments of the live sections of a text with these tokens.
std::vector<Comment> comments(const source::SourceMap& sources, source::FileId file,
                              const std::vector<Token>& tokens, const Symbols& symbols);
// Those for singspin.
std::vector<Comment> comments_for_singspin(const source::SourceMap& sources, source::FileId file,
                                           const std::vector<Token>& tokens, const Symbols& symbols);

// Comments that begin with `//@` or `/*@`, in the live sections.
std::vector<Comment> annotation_comments(const source::SourceMap& sources, source::FileId file,
                                         const std::vector<Token>& tokens, const Symbols& symbols);

// Adds what the comments of `file` silence. A comment that is not understood, or names a rule that
// is unknown or cannot be silenced, is SS0040.
void find_suppressions(const source::SourceMap& sources, const File& file, const std::vector<Token>& tokens,
                       const Symbols& symbols, diagnostics::Suppressions& suppressions,
                       diagnostics::Diagnostics& diagnostics);

// Where such a comment, on a line of its own, silences what is reported at `place`: the begin of the line
// to put it before. nullopt if it would not: the place is in no token, its line begins inside of a comment
// or text, or behind something else that begins on that line and ends before the place.
std::optional<std::uint32_t> line_to_allow_above(const source::SourceMap& sources, const File& file,
                                                 const std::vector<Token>& tokens, const Symbols& symbols,
                                                 source::Span place);

}  // namespace singspin::syntax
