// The contracts that the properties are tried on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace singspin::property {

struct Sample {
  std::string path;
  std::string text;
};

// Driver models, the inputs of the golden cases and what tests/fuzz kept; sorted by path.
std::vector<Sample> samples();
// The files that tests/referee/generate.py wrote when the tests were built.
std::vector<Sample> random_samples();

// Builds that are slow run only every so manieth mutant, in each sample a different part of them; a release
// build runs all.
#if defined(SINGSPIN_SANITIZED)
inline constexpr std::size_t kStride = 23;
#elif !defined(NDEBUG)
inline constexpr std::size_t kStride = 7;
#else
inline constexpr std::size_t kStride = 1;
#endif

}  // namespace singspin::property
