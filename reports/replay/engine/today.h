// A recorded run against the same contract or system as it is today.
#pragma once

#include "reports/replay/engine/world.h"

namespace singspin::replay {

struct Today {
  enum class Outcome : std::uint8_t { Happens, Gone, Undecided };
  Outcome outcome = Outcome::Undecided;
  std::string words;  // which step is impossible, or what the end shows now
};

// `today` stands at its start. A step is the same if the same participant does what reads the same; where
// several are, all are tried.
Today compare_today(const World& recorded, const report::SavedTrace& trace, World& today);

}  // namespace singspin::replay
