// Runs the layout program of Graphviz. Without a shell, in a private folder, with a time limit.
#pragma once

#include <csignal>
#include <string>

#include "frontend/base/expected.h"

namespace singspin::cli {

// The SVG that the program `dot` makes of `text`. An error says what the program said.
base::Expected<std::string> layout_svg(const std::string& dot, const std::string& text,
                                       const volatile std::sig_atomic_t* interrupted);

}  // namespace singspin::cli
