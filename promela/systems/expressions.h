// Expressions and conditions of the IR as Promela expressions without side effects.
#pragma once

#include <string>

#include "promela/systems/symbols.h"

namespace singspin::systems {

class Expressions {
 public:
  Expressions(const ir::System& system, const Symbols& symbols) : system_(system), symbols_(symbols) {}

  // `process`: who asks, for `held(l)`; nobody from outside.
  std::string expression(ir::ExprId id, std::optional<ir::ProcessId> process) const;
  std::string condition(const ir::Condition& condition, ir::ProcessId process) const;
  // All conditions of an edge, and room for what it sends where room is a bound; "true" if there are none.
  std::string guard(const ir::Edge& edge, ir::ProcessId process) const;
  // Everything but a bound of the model is there (rule 6); empty if the edge has no such bound.
  std::string held_by_bound(const ir::Edge& edge, ir::ProcessId process) const;
  // `block` (from 1 on) is one that Condition::Block counts.
  std::string is_candidate(ir::ProcessId process, ir::PoolId pool, std::uint32_t block) const;
  std::vector<std::uint32_t> candidates(ir::PoolId pool) const;  // all blocks of a pool
  std::string is_usable(ir::PortId port) const;
  std::string is_closed(ir::PortId port) const;
  std::string is_running(ir::ProcessId process) const;
  std::string has_room(ir::PortId port) const;
  bool enters_atomic(ir::ProcessId process) const;
  // The values do not fit 32 bits, which is what Promela computes with.
  bool is_too_wide(ir::ExprId id) const;

 private:
  struct Range {
    std::int64_t lowest, highest;
    bool too_wide;
  };
  Range range(ir::ExprId id) const;
  std::string poll(ir::PortId port, ir::MessageId message) const;
  std::string any_of(const Words& words) const;
  void split(const ir::Edge& edge, ir::ProcessId process, Words& plain, Words& bounds) const;

  const ir::System& system_;
  const Symbols& symbols_;
};

std::string all_of(const Words& words);  // "a && b"; "true" if there are none, "false" if one is

std::uint32_t capacity(const ir::System& system, ir::PortId inbox);
// Fields of a queue's messages besides the message: the most blocks any message to this port carries.
std::uint32_t fields(const ir::System& system, ir::PortId inbox);
// Blocks that travel with a message to this port.
std::uint32_t blocks_of(const ir::System& system, ir::PortId inbox, ir::MessageId message);

}  // namespace singspin::systems
