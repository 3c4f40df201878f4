// What the explorer finds wrong with a small system.
#pragma once

#include <gtest/gtest.h>

#include "frontend/explore/explore.h"
#include "tests/unit/explore/build.h"

namespace singspin::testing {

inline std::vector<ir::SystemProperty> violated(const SystemBuilder& b) {
  const explore::Interpreter interpreter(b.program, b.system);
  const explore::Exploration e = explore::explore(interpreter, {});
  EXPECT_TRUE(e.complete);
  std::vector<ir::SystemProperty> found;
  for (std::size_t i = 0; i < ir::kSystemProperties; ++i) {
    if (e.places[i]) found.push_back(static_cast<ir::SystemProperty>(i));
  }
  return found;
}

}  // namespace singspin::testing
