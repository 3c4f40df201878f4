// Variants of an annotation text: lines that begin with `#` (section 2.3).
#pragma once

#include <map>
#include <set>
#include <string>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::carrier {

using Definitions = std::map<std::string, std::string, std::less<>>;  // name to value as written
using TestedNames = std::set<std::string, std::less<>>;

// `text` with directives and excluded lines masked with blanks. `tested` gets the names that conditions
// asked for. A directive that is not understood is SS0403 and excludes nothing that it does not have to.
std::string select_variant(std::string text, source::FileId file, const Definitions& definitions,
                           TestedNames& tested, diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::carrier
