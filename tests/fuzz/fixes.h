// What must hold for the fixes of diagnostics.
#pragma once

#include "tests/fuzz/front_end.h"

namespace singspin::fuzz {

// Those that are chosen together can be applied together. Returns the texts then, by FileId.
std::vector<std::string> apply_fixes(const source::SourceMap& sources,
                                     const diagnostics::Diagnostics& diagnostics,
                                     diagnostics::FixChoice choice);
// Fixes break no text: nothing becomes a comment or a string that was none. Safe ones keep what every
// contract means.
void check_fixes(const FrontEnd& front_end, const syntax::Symbols& symbols);

}  // namespace singspin::fuzz
