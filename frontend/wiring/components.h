// The processes of a component: rule 3 says which there are.
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

// Rows for its threads, so that `spawn` can name them. Call for all components before any is lowered.
void reserve_threads(Build& build, Scope& scope);
void lower_component(Build& build, Scope& scope);

}  // namespace singspin::wiring
