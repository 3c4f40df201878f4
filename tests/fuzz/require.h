// REQUIRE: an invariant of a fuzz target or a property. Aborts with the words, so that libFuzzer keeps the
// input.
#pragma once

#include "frontend/base/check.h"

#define REQUIRE(condition, words) CHECK(condition, words)
