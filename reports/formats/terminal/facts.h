// The `= key: text` lines below an excerpt.
// Promises: texts are aligned with each other and broken at the width. Knows words only.
#pragma once

#include <string>
#include <vector>

#include "reports/formats/terminal/style.h"

namespace singspin::terminal {

// Lines after the first one stand below it. Without a key a line stands alone.
struct Fact {
  std::string key;
  std::vector<std::string> lines;
};

std::string fact_lines(const Style& style, unsigned gutter, const std::vector<Fact>& facts);

}  // namespace singspin::terminal
