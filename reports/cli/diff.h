// Unified diffs of a text and its edited form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::cli {

// `edits` are in order and disjoint. Three lines of context; empty without edits. `patch -p0` takes it.
std::string unified_diff(std::string_view path, std::string_view text,
                         const std::vector<diagnostics::Edit>& edits);

}  // namespace singspin::cli
