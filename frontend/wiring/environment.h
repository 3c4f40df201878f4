// What acts besides components: sources that fire (rule 5) and generated peers (4.3).
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

void add_sources(Build& build, Scope& scope);
// For all ports that nothing connects. Call when all components are lowered.
void add_peers(Build& build);

}  // namespace singspin::wiring
