// Declarations to resolved contracts: bases, inherited members, overrides, names that are declared
// twice or not at all.
#pragma once

#include <vector>

#include "frontend/base/nearest.h"
#include "frontend/diagnostics/diagnostic.h"
#include "frontend/sema/undeclared.h"

namespace singspin::sema {

// Indexed by DeclarationId. Contracts without a machine to analyse have `usable == false`; each has
// an error or follows from one, or its base is missing (a warning).
std::vector<Resolved> resolve_all(const Names& names, const source::SourceMap& sources,
                                  Suggestions& suggestions, diagnostics::Diagnostics& diagnostics);

using base::nearest;

}  // namespace singspin::sema
