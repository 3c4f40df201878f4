// SARIF 2.1.0, as GitHub code scanning and editors read it.
// Promises: one run; every result has a place with a plain relative URI; fingerprints hold no line numbers;
// at most 1000 steps per result and 10 MB in all, and what is left out is counted.
#pragma once

#include <string>

#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::sarif {

std::string render(const document::Document& document, const document::Settings& settings);

}  // namespace singspin::sarif
