// The reader of JSON reports. What it reads may come from anywhere: damaged, cut off, of another program or
// of a later version.
#pragma once

#include <string>
#include <string_view>

#include "frontend/base/expected.h"
#include "reports/document/document.h"

namespace singspin::document {

// An error names the place in words: `counterexamples[0].steps[6].span.start: line is missing`.
// Members that are not known are passed over, as within version 1 they may be added.
base::Expected<Document> decode(std::string_view text);

}  // namespace singspin::document
