// The value of an `#if` of annotation text: integers, names, defined(N), ! && || == != < <= > >= + - ( ).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "frontend/base/expected.h"
#include "frontend/carrier/variants.h"

namespace singspin::carrier {

// A name that is not set counts as 0, one that is set without a value as 1. The error says what is wrong.
base::Expected<std::int64_t, std::string> evaluate(std::string_view text, const Definitions& definitions,
                                                   TestedNames& tested);

}  // namespace singspin::carrier
