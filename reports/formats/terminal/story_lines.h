// A run in numbered sentences, below its chart.
// Promises: broken at the width, sanitized. Knows words only.
#pragma once

#include <string>
#include <vector>

#include "reports/formats/terminal/style.h"

namespace singspin::terminal {

std::string story_lines(const Style& style, const std::vector<std::string>& sentences);

}  // namespace singspin::terminal
