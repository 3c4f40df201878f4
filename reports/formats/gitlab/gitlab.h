// GitLab Code Quality: a JSON array of findings, for the widget of a merge request.
// Promises: fingerprints are unique in the file and stay the same when lines move; paths are relative without
// `./`; no byte order mark.
#pragma once

#include <string>

#include "reports/document/document.h"
#include "reports/document/settings.h"

namespace singspin::gitlab {

std::string render(const document::Document& document, const document::Settings& settings);

}  // namespace singspin::gitlab
