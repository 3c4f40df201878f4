// The Test Anything Protocol, version 14: a line for each property of each contract and system.
// Promises: names are one line each, with `#` and `\` escaped; no TODO directive, which harnesses take for
// success; the plan counts the lines.
#pragma once

#include <string>

#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::tap {

std::string render(const document::Document& document, const document::Settings& settings);

}  // namespace singspin::tap
