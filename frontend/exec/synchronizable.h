// Whether queues allow anything that rendezvous does not (section 8.6 of the language reference).
#pragma once

#include <optional>

#include "frontend/exec/explore.h"

namespace singspin::exec {

// Compares the send traces, and the complete conversations, of the system with queues of size 1
// with those of the rendezvous product. Two parties form a ring, for which this one comparison
// decides the matter for all queue sizes (Finkel and Lozes, ICALP 2017). nullopt: too large.
std::optional<bool> is_synchronizable(const ir::Contract&, ir::StateId entry, const Budget&);

// No reachable state offers both directions, and none two transitions with one label: then there is
// no fault, the system is half-duplex and synchronizable (section 8.6, item 1).
bool is_autonomous_and_deterministic(const ir::Contract&, const std::vector<bool>& reached);

}  // namespace singspin::exec
