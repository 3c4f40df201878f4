// What is known about a system: one verdict for each property that something in its text can violate,
// and one for each of its checks (section 4.5 and 4.6 of the specification of driver annotations).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/exec/verdict.h"
#include "frontend/explore/explore.h"
#include "frontend/explore/fair.h"

namespace singspin::explore {

// A contract node whose reply a fair run owes for ever.
struct Owed {
  std::uint32_t obligation = 0;  // of System::obligations
  std::string place;             // `Camera.ctl@CUTTING`
  Run run;
};

struct Verdict {
  ir::SystemProperty property = ir::SystemProperty::DeadlockFree;
  std::optional<std::uint32_t> check;                // of System::checks, if the property is User
  std::optional<std::uint32_t> mapping;              // of System::mappings: the one that the run breaks
  std::string id;                                    // `owed-reply`, `user:check-1`
  exec::Status status = exec::Status::Inconclusive;  // Proved, Violated or Inconclusive
  exec::Reason reason = exec::Reason::NotReached;    // of Inconclusive
  // Of Violated, except for `reachable`, which no run violates; a `reachable` that is proved has the run
  // that shows it. Shortest for all but runs with a loop.
  std::optional<Run> run;
  std::vector<Owed> owed;  // of OwedReply: every node that is violated, in the order of obligations
};

// What the whole model was searched within. A bound that nothing ever waited for bounds nothing.
struct Bounds {
  struct Queue {
    ir::PortId receiver;
    std::uint32_t capacity = 0;
    std::uint32_t longest = 0;  // most messages that waited
    bool reached = false;       // a send waited for room
  };
  struct Pool {
    ir::PoolId pool;
    std::uint32_t blocks = 0;
    bool reached = false;  // somebody waited for a block
  };
  std::vector<Queue> queues;
  std::vector<Pool> pools;
};

struct Decision {
  explicit Decision(Exploration explored) : exploration(std::move(explored)) {}
  Exploration exploration;
  std::vector<Verdict> verdicts;
  exec::Statistics statistics;  // elapsed time is for whoever has a clock
  Bounds bounds;
  bool exhaustive() const { return exploration.complete; }
};

// The interpreter must outlive the result.
Decision decide(const Interpreter&, const Limits&);

std::string place_text(const Interpreter&, const ir::Obligation&);  // `Camera.ctl@CUTTING`
// The strength of every verdict of a complete search: `exhaustive`, in words `for the whole model: queues
// of 2, 2 tokens per pool`.
std::string_view strength_text();
std::string strength_words(const Interpreter&);

}  // namespace singspin::explore
