// Renaming a contract, a message or a state wherever it means the same.
#pragma once

#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

// The name at the place, if it can be renamed: it is declared somewhere.
std::optional<Range> renameable(const Place& place);

// The edits in all files of the snapshot, or why not: no name here, not a name, taken already.
base::Expected<WorkspaceEdit, ResponseError> rename(const Place& place, const std::string& new_name);

// True if every name of `after` means what it meant in `before`; both have the same names in the same order.
bool same_meaning(const sema::Index& before, const sema::Index& after);

}  // namespace singspin::lsp
