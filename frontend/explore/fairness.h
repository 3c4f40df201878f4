// Which infinite runs count (rule 10): what each step passes over and what it takes, as numbered strong
// requirements "passed over without end, so taken without end". The weak one, per process, is
// Interpreter::must_move.
//
// An event is passed over when its process leaves the location, by another event or none, while the event
// could be taken. What can be passed over without end is one occurrence: the message at the head of a
// queue, the pending bit of a signal, a peer that is gone. It is over once anybody receives from that
// queue or closes it, or clears the bit; so fewer runs are called unfair than if each location had to
// take it itself. A lock is passed over by everybody who acquires it while a process waits for it, and
// taken by any step of that process.
#pragma once

#include <cstdint>
#include <vector>

#include "frontend/explore/configuration.h"

namespace singspin::explore {

class Fairness {
 public:
  explicit Fairness(const Interpreter& interpreter);
  std::uint32_t requirements() const { return count_; }
  // What taking this edge passes over; `before`: all bytes of the configuration it leaves. Appends.
  void passed(const std::uint8_t* before, ir::ProcessId, ir::EdgeId, std::vector<std::uint32_t>& out) const;
  // What taking this edge fulfils.
  const std::vector<std::uint32_t>& taken(ir::ProcessId, ir::EdgeId) const;

 private:
  struct Offer {  // an event that a location offers
    std::uint32_t event = 0;
    std::uint32_t requirement = 0;
    std::vector<ir::EdgeId> edges;
  };
  struct Wait {  // for a lock, somewhere
    ir::ProcessId process;
    ir::EdgeId edge;
    ir::LockId lock;
    std::uint32_t requirement = 0;
  };
  void add_offers(ir::ProcessId id);
  void add_occurrence(const ir::Edge& edge, std::uint32_t requirement);
  void add_waits(ir::ProcessId id);
  void add_answers();
  void answer(const ir::Edge& edge, std::vector<std::uint32_t>& answers) const;
  bool waits(const std::uint8_t* before, const Wait& wait) const;

  using Requirements = std::vector<std::uint32_t>;

  const Interpreter& in_;
  std::uint32_t count_ = 0;
  std::vector<std::vector<std::vector<Offer>>> offers_;         // by process and location
  std::vector<std::vector<Wait>> waits_;                        // by lock
  std::vector<std::vector<std::vector<ir::LockId>>> acquired_;  // by process and edge
  std::vector<std::vector<Requirements>> answers_;              // by process and edge
  std::vector<Requirements> by_queue_, by_gone_;                // by port: whose occurrence it is
  std::vector<Requirements> by_signal_;
};

}  // namespace singspin::explore
