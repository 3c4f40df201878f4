// Reads trace files (output specification, section 4): any bytes give a value or the place that is wrong.
// Promises: bounded depth and time; a long trace is never a tree as a whole, only step by step; members it
// does not know are ignored. Checks what a file says, not whether it is true: that is for the interpreter.
#pragma once

#include <string_view>

#include "frontend/base/expected.h"
#include "reports/report/saved_trace.h"

namespace singspin::json {

inline constexpr std::size_t kLargestTrace = std::size_t{256} << 20;  // bytes

base::Expected<report::SavedTrace, report::Damage> read_trace(std::string_view bytes);

}  // namespace singspin::json
