// The canonical layout of `singspin fmt` as edits of an open text.
#pragma once

#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

// Edits of the contracts of a file, or of those that overlap `range`. Contracts with syntax errors stay as
// they are. Empty if the result would lose anything, which would be a mistake of the formatter.
std::vector<TextEdit> formatting(const Snapshot& snapshot, source::FileId file,
                                 std::optional<source::Span> range);

}  // namespace singspin::lsp
