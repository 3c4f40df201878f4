// Why a run ends badly: who waits for what, which messages stay, which steps raced, and which step
// made it unavoidable. Pure functions of a trace, so every report says the same.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "frontend/exec/exec.h"

namespace singspin::exec {

// Ties receives to their sends. Indexed like Trace::steps.
struct StepLink {
  std::uint32_t message_id = 0;       // sends are numbered from 0; a receive has its send's number
  std::optional<std::uint32_t> peer;  // send: 0-based index of its receive; receive: of its send
};
std::vector<StepLink> link_steps(const ir::Contract&, const Trace&);

struct Blocked {
  enum class Cause : std::uint8_t { UnexpectedMessage, EmptyQueue, FullQueue, Final };
  ir::Role role = ir::Role::Exporter;
  ir::StateId state;
  std::optional<ir::MessageId> head;   // first message in its queue
  std::vector<ir::MessageId> accepts;  // what it can receive here, textual order
  std::vector<ir::MessageId> sends;    // what it can send here
  Cause cause = Cause::EmptyQueue;
};

struct Undelivered {
  std::uint32_t message_id = 0;
  ir::MessageId message;
  ir::Role receiver = ir::Role::Exporter;
  std::uint32_t sent_at = 0;  // 0-based step
};

struct Ending {
  enum class Kind : std::uint8_t {
    Deadlock,
    UnexpectedMessage,
    OrphanMessage,
    UnboundedQueue,
    CannotFinish,
    CannotReturn,
    Claim,  // a user's check: loop_start if the run goes round for ever
  };
  Kind kind = Kind::Deadlock;
  std::vector<Blocked> blocked;             // importer first, parties that can still move left out
  std::vector<Undelivered> undelivered;     // in the order they were sent
  std::vector<std::uint32_t> race;          // 0-based steps, two or none, ascending
  std::optional<std::uint32_t> decisive;    // 0-based: after it every continuation is a violation
  std::optional<std::uint32_t> loop_start;  // unbounded queue: the steps from here on repeat for ever
  std::vector<ir::StateId> ahead;           // cannot finish or return: named states that can still be entered
};

// `fault` is what the last configuration shows.
Ending explain_ending(const ir::Contract&, const Trace&, Fault fault);
// For a run whose steps from `loop_start` on form a cycle of sends.
Ending explain_unbounded(const ir::Contract&, const Trace&, std::uint32_t loop_start);

// 0-based step that outputs point to: first step of the race, else the decisive one, else the last.
std::optional<std::uint32_t> main_step(const Ending&, const Trace&);

// The same run in normal form (output specification, section 4): within the happens-before order
// first the receive of the message just sent, else the enabled step with the smallest source
// position. Ends in the same configuration. Steps from `loop_start` on stay where they are, and so
// does a run of the priority reading, whose order the reading restrains.
Trace normalize(const ir::Contract&, const Trace&, std::optional<std::uint32_t> loop_start = std::nullopt);

}  // namespace singspin::exec
