// JUnit XML, as CI services read it: a suite for each contract, system and broken file, a case for each
// property. Promises: well-formed XML 1.0 whatever names and texts hold; names are unique; at most 64 KB of
// text per case and 30 MB in all, and what is left out is counted.
#pragma once

#include <string>

#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::junit {

std::string render(const document::Document& document, const document::Settings& settings);

}  // namespace singspin::junit
