// One version of a contract against another: the exporter follows one machine, the importer another. Two
// versions are compatible if no conversation of such a pair goes wrong in a way in which no conversation
// between equal versions goes wrong. Knows the interpreter of contracts, and no text.
//
// This is compatibility of communicating machines (Brand and Zafiropulo, On Communicating Finite-State
// Machines, JACM 1983) decided on the pair itself. It agrees with the subtyping of session types (Gay and
// Hole, Subtyping for Session Types in the Pi Calculus, Acta Informatica 2005): a new version may take more
// messages than the old one and send fewer.
#pragma once

#include <array>

#include "frontend/exec/explore.h"

namespace singspin::compat {

// Both machines in one contract: messages of one name are one, states and transitions of the second follow
// those of the first. `file_offset` is added to the files of the second.
struct Pair {
  ir::Contract contract;
  ir::StateId old_start, new_start;
};
Pair join(const ir::Contract& old_one, const ir::Contract& new_one, std::uint32_t file_offset);

struct Finding {
  exec::Fault fault = exec::Fault::Stuck;
  exec::Trace run;  // a shortest one
};

struct PairExploration {
  bool complete = false;
  bool cut = false;  // some send waited for room: longer queues may show more
  std::uint64_t configurations = 0;
  std::array<std::optional<Finding>, 4> faults;  // by exec::Fault
  std::vector<bool> sent;                        // by message
};
// Breadth first, with queues of `room` messages; a send that waits for room never counts as stuck.
PairExploration explore(const Pair& pair, ir::StateId exporter, ir::StateId importer, std::uint32_t room,
                        const exec::Budget& budget);

}  // namespace singspin::compat
