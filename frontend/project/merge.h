// One contract read several times, for several projects or with several symbols: what is the same is
// told once.
#pragma once

#include <set>

#include "frontend/project/load.h"

namespace singspin::project {

// Finds rows of the analysis that say the same as an earlier row of the same declaration, gives that row
// their entry states, and drops repeated diagnostics. Rows that differ keep their variant, the others
// lose it.
void merge_repeated(Loaded& loaded, std::set<std::size_t>& repeated);

}  // namespace singspin::project
