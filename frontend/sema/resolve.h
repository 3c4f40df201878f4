// Declarations to resolved contracts: bases, inherited members, overrides, names that are declared
// twice or not at all.
#pragma once

#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/sema/resolved.h"

namespace singspin::sema {

// Indexed by DeclarationId. Contracts without a machine to analyse have `usable == false`; each has
// an error or follows from one, or its base is missing (a warning).
std::vector<Resolved> resolve_all(const Names& names, const source::SourceMap& sources,
                                  diagnostics::Diagnostics& diagnostics);

// The declared name most like `name` by edit distance, empty if none is near.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace singspin::sema
