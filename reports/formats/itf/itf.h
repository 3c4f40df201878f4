// One counterexample in the Informal Trace Format of Apalache, for programs that animate or check runs.
// It has the states, and not what a step was, where it stands and what it is evidence for.
#pragma once

#include <cstddef>
#include <string>

#include "reports/document/document.h"

namespace singspin::itf {

std::string render(const document::Document& document, std::size_t counterexample);

}  // namespace singspin::itf
