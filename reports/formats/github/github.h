// GitHub annotations: workflow commands that mark lines of a pull request.
// Promises: one command per line; at most 10 of a kind, the last of which says how many more there are, since
// the runner drops the 11th without a word.
#pragma once

#include <string>

#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::github {

std::string render(const document::Document& document, const document::Settings& settings);

}  // namespace singspin::github
