// When a step is possible.
#include <fmt/format.h>

#include "promela/systems/expressions.h"

namespace singspin::systems {

using ir::Condition;

std::string Expressions::condition(const Condition& c, ir::ProcessId process) const {
  const auto me = process.value + 1;
  switch (c.kind) {
    case Condition::Kind::Head: return all_of({is_usable(c.port), poll(c.port, c.message)});
    case Condition::Kind::HeadNot: {
      Words all = {is_usable(c.port), fmt::format("len({}) != 0", symbols_.ports[c.port.value].inbox)};
      for (const ir::MessageId m : c.messages) all.push_back("!" + poll(c.port, m));
      return all_of(all);
    }
    case Condition::Kind::PeerGone: {
      const std::string gone = is_closed(symbols_.peer(c.port));
      const std::string empty = fmt::format("len({}) == 0", symbols_.ports[c.port.value].inbox);
      return gone == "false" ? gone : all_of({is_usable(c.port), gone, empty});
    }
    case Condition::Kind::PeerOpen: {
      const std::string gone = is_closed(symbols_.peer(c.port));
      return gone == "false" ? "true" : "!" + gone;
    }
    case Condition::Kind::NodeIs:
      return fmt::format("{} == {}", symbols_.ports[c.port.value].node,
                         symbols_.contract(c.port).nodes[c.node.value]);
    case Condition::Kind::PortUsable: return is_usable(c.port);
    case Condition::Kind::Unbound: {
      const std::string& bound = symbols_.ports[c.port.value].bound;
      return bound.empty() ? "false" : "!" + bound;
    }
    case Condition::Kind::Signal: return symbols_.signals[c.signal.value].pending;
    case Condition::Kind::NoSignal: return "!" + symbols_.signals[c.signal.value].pending;
    case Condition::Kind::Armed: {
      const std::string& armed = symbols_.signals[c.signal.value].armed;
      return armed.empty() ? "false" : armed;
    }
    case Condition::Kind::LockFree: return fmt::format("{} == 0", symbols_.locks[c.lock.value]);
    case Condition::Kind::LockMine: return fmt::format("{} == {}", symbols_.locks[c.lock.value], me);
    case Condition::Kind::Done: return "!" + is_running(c.process);
    case Condition::Kind::Running: return is_running(process);
    case Condition::Kind::Room: return has_room(c.port);
    case Condition::Kind::Block: {
      Words blocks;
      for (const std::uint32_t b : candidates(c.pool)) blocks.push_back(is_candidate(process, c.pool, b));
      if (c.nth == 0) return any_of(blocks);
      return blocks.empty() ? "false" : fmt::format("({} > {})", fmt::join(blocks, " + "), c.nth);
    }
    case Condition::Kind::Atomic:
      return enters_atomic(process) ? symbols_.atomic[process.value] + " != 0" : "false";
    case Condition::Kind::NotAtomic:
      return enters_atomic(process) ? symbols_.atomic[process.value] + " == 0" : "true";
    case Condition::Kind::Expr: return expression(c.expr, process);
  }
  UNREACHABLE("condition is known");
}

void Expressions::split(const ir::Edge& edge, ir::ProcessId process, Words& plain, Words& bounds) const {
  for (const Condition& c : edge.when)
    (ir::is_bound(c.kind) ? bounds : plain).push_back(condition(c, process));
  // Where the queue is exact there is always room, and SPIN would say so if there were not.
  for (const ir::Op& op : edge.ops) {
    const bool sends = op.kind == ir::Op::Kind::Send;
    if (sends && !system_.channels[system_.ports[op.port].channel].exact) bounds.push_back(has_room(op.port));
  }
}

std::string Expressions::guard(const ir::Edge& edge, ir::ProcessId process) const {
  Words plain, bounds;
  split(edge, process, plain, bounds);
  plain.insert(plain.end(), bounds.begin(), bounds.end());
  return all_of(plain);
}

std::string Expressions::held_by_bound(const ir::Edge& edge, ir::ProcessId process) const {
  Words plain, bounds;
  split(edge, process, plain, bounds);
  if (bounds.empty()) return {};
  plain.push_back(fmt::format("!({})", all_of(bounds)));
  return all_of(plain);
}

}  // namespace singspin::systems
