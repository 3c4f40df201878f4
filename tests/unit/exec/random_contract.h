// Small random contracts: few states, few messages, so that crossings, ambiguous choices, ends and
// growing queues are all frequent. The same number gives the same contract.
#pragma once

#include <random>
#include <string>

#include "tests/unit/exec/compact.h"

namespace singspin::testing {

inline std::string random_contract_text(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t n) { return random() % n; };
  const std::uint32_t states = 2 + below(4), messages = 1 + below(3);
  // Some contracts have no mixed states and some no ambiguous ones, or theorems would seldom apply.
  const bool one_direction = below(3) != 0;
  const bool signs_name_messages = below(2) == 0;
  std::string text;
  for (std::uint32_t s = 0; s < states; ++s) {
    text += (s == 0 ? "S" : "; S") + std::to_string(s) + ":";
    const bool sends = below(2) == 0;
    const std::uint32_t alternatives = s == 0 ? 1 + below(3) : below(4);
    for (std::uint32_t a = 0; a < alternatives; ++a) {
      const bool send = one_direction ? sends : below(2) == 0;
      const std::uint32_t m = signs_name_messages ? a % messages : below(messages);
      text += a == 0 ? " " : ", ";
      text += static_cast<char>((send ? 'A' : 'P') + m);
      text += send ? "! S" : "? S";
      text += std::to_string(below(states));
    }
  }
  return text;
}

}  // namespace singspin::testing
