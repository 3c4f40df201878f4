// Warnings about whole components (section 4.7).
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

void warn_unused(Build& build);

}  // namespace singspin::wiring
