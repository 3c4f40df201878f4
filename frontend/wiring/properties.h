// What is asked about a system: obligations (rule 7), state mappings, checks, and which properties apply.
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

void add_obligations(Build& build);
void add_mappings(Build& build, Scope& scope);
void add_checks(Build& build, const std::vector<const annotation::Check*>& checks);
// Call last: looks at everything that was built.
void find_applicable(Build& build);

}  // namespace singspin::wiring
