// The lint for annotations that stand beside code (section 2.5): does the code name what they say?
#pragma once

#include "frontend/annotation/ast.h"
#include "frontend/carrier/carrier.h"

namespace singspin::annotation {

void check_anchors(const File& file, const carrier::Carrier& carrier, const source::SourceMap& sources,
                   diagnostics::Diagnostics& diagnostics);

// Whether `code` names `name`: as a part, case and underscores ignored, or word by word.
bool is_named_in(std::string_view name, std::string_view code);

}  // namespace singspin::annotation
