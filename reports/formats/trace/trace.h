// One counterexample of a report as a trace file (output specification, section 4), with the sources and the
// tables that it refers to: what `singspin replay` reads.
#pragma once

#include <cstddef>
#include <string>

#include "reports/document/document.h"

namespace singspin::trace {

std::string render(const document::Document& document, std::size_t counterexample);

}  // namespace singspin::trace
