// A configuration as one string of ids: cheap to hash and to compare.
#pragma once

#include <string>

#include "frontend/exec/exec.h"

namespace singspin::exec {

std::string key_of(const Configuration& configuration);

}  // namespace singspin::exec
