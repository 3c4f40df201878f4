// The vocabulary of pan: which lines are known, and what each of them means for a result.
// Promises: a line is one of these or Unknown; nothing is known by half. Keeps no state between lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "promela/spin/outcome.h"

namespace singspin::spin {

enum class Item {
  Harmless,
  Heading,  // "Full statespace search for:"
  NoClaim,
  Claim,  // "never claim + (NAME)"
  CyclesChecked,
  EndStatesOff,  // "(disabled by never claim)"
  AssertionsChecked,
  EndStatesChecked,
  EndStatesIgnored,
  Vector,  // bytes, depth, errors
  Stored,
  Matched,
  Transitions,
  AtomicSteps,
  Memory,
  UnreachedBlock,
  PegBlock,
  Peg,  // count, transition, "FILE:LINE"
  Elapsed,
  Unknown,
};
inline constexpr std::size_t kItemCount = static_cast<std::size_t>(Item::Unknown) + 1;

struct ReadLine {
  Item item = Item::Unknown;
  std::vector<double> numbers;
  std::string_view rest;  // of `line`
};

// `line` has single spaces only, see squeezed().
ReadLine read_line(std::string_view line);

// Blanks and tabs in a row become one blank, those at the ends vanish.
std::string squeezed(std::string_view line);

// The reason a line takes the completeness of a search away, wherever in the line it stands.
std::optional<Incomplete> tell_tale(std::string_view line);

// Messages of pan's error function that are violations of what the model says; all others are faults of
// the model or of its generator, which pan counts as errors just the same.
bool is_violation(std::string_view message);

}  // namespace singspin::spin
