// Why a run ends badly: who waits where and for whom, who holds what, which step made it unavoidable and
// where a report should point (output specification, section 4).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "frontend/explore/verdict.h"

namespace singspin::explore {

// A process that is in the middle of something and cannot go on.
struct Waiting {
  enum class Cause : std::uint8_t { Message, Lock, Signal, Thread, Other };
  ir::ProcessId process;
  ir::LocationId location;  // has its activity and span
  Cause cause = Cause::Other;
  std::optional<ir::PortId> port;      // Message: where it waits for one
  std::vector<ir::MessageId> accepts;  // Message: what it would take there, textual order
  std::optional<ir::LockId> lock;      // Lock
  std::optional<ir::SignalId> signal;  // Signal
  std::vector<ir::ProcessId> whom;     // who could end the wait, itself left out
  std::optional<std::uint32_t> since;  // 0-based: its last step; absent: it never made one
};

struct HeldLock {
  ir::LockId lock;
  ir::ProcessId holder;
};

struct Token {
  std::uint32_t block = 0;
  Owner owner;
  std::vector<ir::SlotId> slots;  // that refer to it
};

struct Explanation {
  std::vector<Waiting> blocked;           // in the order of processes
  std::vector<HeldLock> locks;            // that are held in the last configuration
  std::vector<Token> tokens;              // that exist there
  std::vector<ir::ProcessId> cycle;       // each waits for the next one, the last one for the first
  std::vector<std::uint32_t> race;        // 0-based steps, two or none: both accesses
  std::optional<std::uint32_t> decisive;  // 0-based: after it every continuation is a violation
  source::Span main;                      // where outputs point to
};

// `owed`: which of the verdict's owed replies, if it has some. Without a run (an unreachable `reachable`)
// there is nothing to say but where the check stands.
Explanation explain(const Graph&, const Verdict&, std::size_t owed = 0);

// The same for any run, as far as the run itself tells: without the decisive step and the main place.
Explanation explain_run(const Interpreter&, const Run&);

// By node: every continuation violates what the verdict says.
Mask lost_nodes(const Graph&, const Verdict&, std::size_t owed = 0);

}  // namespace singspin::explore
