// Which files make one system: a file with its imports, joined with those whose components it connects.
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

// The files of one system, the one that others hang on first.
using Group = std::vector<const Source*>;

// A `connect` to a component that several units have is SS0430; its name goes to `ambiguous`.
std::vector<Group> find_groups(std::span<const Source> sources, std::set<source::Span>& ambiguous,
                               diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::wiring
