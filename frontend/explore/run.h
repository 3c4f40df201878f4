// Runs: what a report shows. They exist only because the interpreter executed them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "frontend/base/expected.h"
#include "frontend/explore/configuration.h"

namespace singspin::explore {

// configurations[0] is initial, configurations[k] the one after steps[k - 1]; a step that ends in a
// violation or is abandoned is the last one and has none after it.
struct Run {
  std::vector<Step> steps;
  std::vector<Configuration> configurations;
  std::optional<Violation> violation;
  bool abandoned = false;
  // An infinite run: the steps from here on (0-based) repeat for ever; the last configuration equals
  // configurations[*loop_start]. If it is the number of steps, the run stays in its last configuration.
  std::optional<std::uint32_t> loop_start;
  const Configuration& last() const { return configurations.back(); }
};

// The first step (0-based) that was not enabled, or the number of steps if the loop does not close.
struct Mismatch {
  std::size_t step = 0;
};
base::Expected<Run, Mismatch> execute(const Interpreter&, const std::vector<Step>& steps,
                                      std::optional<std::uint32_t> loop_start = std::nullopt);

}  // namespace singspin::explore
