// What a run is about, made smaller after loading.
#pragma once

#include "frontend/project/load.h"

namespace singspin::project {

// Removes the diagnostics inside of contracts that are not in `loaded.selected`.
void drop_deselected(Loaded& loaded);

}  // namespace singspin::project
