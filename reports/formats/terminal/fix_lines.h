// A fix as people see it: the line as it would be, with marks under what is new.
// Knows edits and source lines, not when a fix is shown.
#pragma once

#include <string>

#include "frontend/diagnostics/diagnostic.h"
#include "reports/formats/terminal/style.h"

namespace singspin::terminal {

// Empty if the fix is not within one line: then only its title can be shown.
std::string changed_line(const Style& style, const source::SourceMap& sources, unsigned gutter,
                         const diagnostics::Fix& fix);

// All lines that a fix changes, as `-` and `+` lines; edits of other files than the first are left out.
std::string changed_lines(const Style& style, const source::SourceMap& sources, const diagnostics::Fix& fix);

}  // namespace singspin::terminal
