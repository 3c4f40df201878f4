// Follows a recorded conversation, one event at a time, at both ends or at one of them.
#pragma once

#include <array>
#include <deque>
#include <optional>

#include "frontend/observe/table.h"

namespace singspin::observe {

// Which ends a log records. Either: not known in advance; an end counts as recorded from its first event on.
enum class Ends : std::uint8_t { Either, Both, ExporterOnly, ImporterOnly };

// Why an event is not possible.
enum class Fault : std::uint8_t {
  NotAllowed,   // the contract has no such step where the end stands
  NotSent,      // received although the other end, which is recorded, has not sent it
  OutOfOrder,   // received although another message comes first
  NotRecorded,  // an event of the end that the log does not record
  TooMany,      // more messages are under way than can be kept: nothing is decided
};

struct Sent {
  ir::MessageId message;
  std::uint64_t line = 0;
};

struct Problem {
  Fault fault = Fault::NotAllowed;
  ir::Role end = ir::Role::Exporter;
  Event event;
  std::uint64_t line = 0;
};

class Observer {
 public:
  static constexpr std::size_t kMaxUnderWay = 1'000'000;

  // The tables outlive the observer.
  Observer(const Table& exporter, const Table& importer, Ends ends);

  // `line` is only kept for what is told about it later. After a problem nothing changes any more.
  std::optional<Problem> event(ir::Role end, Event e, std::uint64_t line);

  const Table& table(ir::Role end) const { return *side(end).table; }
  std::uint32_t node(ir::Role end) const { return side(end).node; }
  std::uint64_t since(ir::Role end) const {
    return side(end).since;
  }  // the line of its last event; 0: the start
  bool recorded(ir::Role end) const { return side(end).recorded; }
  // What has been sent to `end` and not been received, as far as both ends are recorded.
  const std::deque<Sent>& inbox(ir::Role end) const { return side(end).inbox; }

 private:
  struct Side {
    const Table* table = nullptr;
    std::uint32_t node = 0;
    std::uint64_t since = 0;
    bool recorded = false;
    std::deque<Sent> inbox;
    std::optional<Problem> assumed;  // its first receive of what nobody was seen to send
  };
  Side& side(ir::Role end) { return sides_[static_cast<std::size_t>(end)]; }
  const Side& side(ir::Role end) const { return sides_[static_cast<std::size_t>(end)]; }
  std::optional<Fault> receive(Side& here, const Side& there, const Problem& now);

  Ends ends_;
  std::array<Side, 2> sides_;
};

}  // namespace singspin::observe
