// The summary of a run as Markdown, with one Mermaid chart: for GitHub's step summary.
// Promises: at most 1 MiB; names are never markup; the chart has at most 400 arrows and 50,000 characters.
#pragma once

#include <string>

#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::markdown {

std::string render(const document::Document& document, const document::Settings& settings);

}  // namespace singspin::markdown
