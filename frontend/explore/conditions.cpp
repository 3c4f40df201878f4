// When a step is possible, what rests, what expressions are worth.
#include <algorithm>

#include "frontend/explore/configuration.h"

namespace singspin::explore {

bool Interpreter::has_begun(const std::uint8_t* bytes) const {
  for (const ir::ProcessId id : inits_) {
    const ir::LocationId here{get(bytes, layout_.locations[id.value])};
    if (!system_->processes[id].locations[here].out.empty()) return false;
  }
  return true;
}

bool Interpreter::may_step(const std::uint8_t* bytes, ir::ProcessId id) const {
  return system_->processes[id].kind == ir::Process::Kind::Init || has_begun(bytes);
}

bool Interpreter::is_usable(const std::uint8_t* bytes, ir::PortId port) const {
  return get(bytes, layout_.flags[port.value]) == kBound;
}

bool Interpreter::is_peer_gone(const std::uint8_t* bytes, ir::PortId port) const {
  return (get(bytes, layout_.flags[peer(port).value]) & kClosed) != 0;
}

bool Interpreter::has_room(const std::uint8_t* bytes, ir::PortId port) const {
  const QueueLayout& queue = layout_.queues[peer(port).value];
  return get(bytes, queue.length) < queue.capacity || is_peer_gone(bytes, port);
}

// A send that its contract does not allow is a violation at once (rule 2), whatever the queue holds.
bool Interpreter::waits_for_room(const std::uint8_t* bytes, const ir::Op& op) const {
  if (has_room(bytes, op.port)) return false;
  const ir::Contract& follows = contract(op.port);
  const ir::Role role = system_->ports[op.port].role;
  const auto& out = follows.states[{get(bytes, layout_.nodes[op.port.value])}].out;
  return std::any_of(out.begin(), out.end(), [&](ir::TransitionId id) {
    const ir::Transition& row = follows.transitions[id];
    return row.message == op.message && ir::sender(row.sign) == role;
  });
}

bool Interpreter::is_head(const std::uint8_t* bytes, const ir::Condition& condition) const {
  const QueueLayout& queue = layout_.queues[condition.port.value];
  if (!is_usable(bytes, condition.port) || get(bytes, queue.length) == 0) return false;
  const ir::MessageId head{get(bytes, queue.message(0))};
  if (condition.kind == ir::Condition::Kind::Head) return head == condition.message;
  return std::find(condition.messages.begin(), condition.messages.end(), head) == condition.messages.end();
}

// A pool is filled from its lowest block on. A peer has what it received as well.
std::optional<std::uint32_t> Interpreter::find_block(const std::uint8_t* bytes, ir::ProcessId process,
                                                     ir::PoolId id, std::uint32_t nth) const {
  const ir::Pool& pool = system_->pools[id];
  const ir::ComponentId asker = system_->processes[process].component;
  const bool is_peer = system_->components[asker].kind == ir::Component::Kind::Peer;
  for (std::uint32_t block = pool.first; block < pool.first + pool.count; ++block) {
    const std::uint32_t owner = get(bytes, layout_.owners[block]);
    const bool is_free = owner == kNobody && pool.component == asker;
    if (!is_free && !(is_peer && owner == kFirstComponent + asker.value)) continue;
    if (nth-- == 0) return block;
  }
  return std::nullopt;
}

bool Interpreter::holds(const std::uint8_t* bytes, ir::ProcessId process, const ir::Condition& c) const {
  using Kind = ir::Condition::Kind;
  switch (c.kind) {
    case Kind::Head:
    case Kind::HeadNot: return is_head(bytes, c);
    case Kind::PeerGone:
      return is_usable(bytes, c.port) && is_peer_gone(bytes, c.port) &&
             get(bytes, layout_.queues[c.port.value].length) == 0;
    case Kind::PeerOpen: return !is_peer_gone(bytes, c.port);
    case Kind::NodeIs: return get(bytes, layout_.nodes[c.port.value]) == c.node.value;
    case Kind::PortUsable: return is_usable(bytes, c.port);
    case Kind::Unbound: return !(get(bytes, layout_.flags[c.port.value]) & kBound);
    case Kind::Signal: return get(bytes, layout_.signals[c.signal.value]) & kPending;
    case Kind::NoSignal: return !(get(bytes, layout_.signals[c.signal.value]) & kPending);
    case Kind::Armed: return get(bytes, layout_.signals[c.signal.value]) & kArmed;
    case Kind::LockFree: return get(bytes, layout_.holders[c.lock.value]) == 0;
    case Kind::LockMine: return get(bytes, layout_.holders[c.lock.value]) == process.value + 1;
    case Kind::Done: return get(bytes, layout_.running[c.process.value]) == 0;
    case Kind::Running: return get(bytes, layout_.running[process.value]) != 0;
    case Kind::Room: return has_room(bytes, c.port);
    case Kind::Block: return find_block(bytes, process, c.pool, c.nth).has_value();
    case Kind::Atomic: return get(bytes, layout_.atomic[process.value]) != 0;
    case Kind::NotAtomic: return get(bytes, layout_.atomic[process.value]) == 0;
    case Kind::Expr: return evaluate(bytes, c.expr, process) != 0;
  }
  UNREACHABLE("condition is known");
}

bool Interpreter::is_possible(const std::uint8_t* bytes, ir::ProcessId process, const ir::Edge& edge) const {
  for (const ir::Condition& condition : edge.when) {
    if (!holds(bytes, process, condition)) return false;
  }
  for (const ir::Op& op : edge.ops) {
    if (op.kind == ir::Op::Kind::Send && waits_for_room(bytes, op)) return false;
  }
  return true;
}

bool Interpreter::held_by_bound(const std::uint8_t* bytes, ir::ProcessId process, const ir::Edge& edge,
                                Held* held) const {
  bool found = false;
  for (const ir::Condition& condition : edge.when) {
    if (holds(bytes, process, condition)) continue;
    if (!ir::is_bound(condition.kind)) return false;
    found = true;
    if (held && condition.kind == ir::Condition::Kind::Room) held->room = condition.port;
    if (held && condition.kind == ir::Condition::Kind::Block) held->pool = condition.pool;
  }
  for (const ir::Op& op : edge.ops) {
    if (op.kind != ir::Op::Kind::Send || !waits_for_room(bytes, op)) continue;
    found = true;
    if (held) held->room = op.port;
  }
  return found;
}

bool Interpreter::is_resting(const std::uint8_t* bytes, ir::ProcessId id) const {
  const ir::Process& process = system_->processes[id];
  if (process.kind == ir::Process::Kind::Source || !may_step(bytes, id)) return true;
  const ir::Location& here = process.locations[{get(bytes, layout_.locations[id.value])}];
  if (here.kind == ir::Location::Kind::Resting) return true;
  if (here.kind == ir::Location::Kind::Off && get(bytes, layout_.running[id.value]) == 0) return true;
  if (process.kind == ir::Process::Kind::Init && here.out.empty()) return true;
  return std::any_of(here.out.begin(), here.out.end(),
                     [&](ir::EdgeId edge) { return held_by_bound(bytes, id, process.edges[edge], nullptr); });
}

bool Interpreter::is_due(const std::uint8_t* bytes, const ir::Obligation& obligation) const {
  const ir::PortId asker = peer(obligation.debtor);
  return get(bytes, layout_.nodes[asker.value]) == obligation.node.value &&
         is_usable(bytes, obligation.debtor) && !(get(bytes, layout_.flags[asker.value]) & kClosed) &&
         get(bytes, layout_.queues[asker.value].length) == 0;
}

bool Interpreter::breaks(const std::uint8_t* bytes, const ir::Mapping& mapping) const {
  const ir::Component& component = system_->components[mapping.component];
  if (!component.state || get(bytes, layout_.active[mapping.component.value]) != 0) return false;
  const std::int64_t lowest = system_->variables[*component.state].lowest;
  if (lowest + get(bytes, layout_.variables[component.state->value]) != mapping.value) return false;
  const ir::StateId node{get(bytes, layout_.nodes[mapping.port.value])};
  return !(get(bytes, layout_.flags[mapping.port.value]) & kBound) ||
         std::find(mapping.nodes.begin(), mapping.nodes.end(), node) == mapping.nodes.end();
}

namespace {

// Values are kept in 64 bits; sums of what a file can write do not leave them, and if they do they wrap.
std::int64_t add(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::int64_t subtract(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

}  // namespace

std::int64_t Interpreter::evaluate(const std::uint8_t* bytes, ir::ExprId id,
                                   std::optional<ir::ProcessId> process) const {
  using Kind = ir::Expr::Kind;
  const ir::Expr& e = system_->exprs[id];
  const auto left = [&] { return evaluate(bytes, e.left, process); };
  const auto right = [&] { return evaluate(bytes, e.right, process); };
  switch (e.kind) {
    case Kind::Number: return e.value;
    case Kind::Variable:
      return std::int64_t{get(bytes, layout_.variables[e.variable.value])} +
             system_->variables[e.variable].lowest;
    case Kind::Pending: return (get(bytes, layout_.signals[e.signal.value]) & kPending) != 0;
    case Kind::PortAt: {
      const ir::StateId node{get(bytes, layout_.nodes[e.port.value])};
      return (get(bytes, layout_.flags[e.port.value]) & kBound) &&
             std::find(e.nodes.begin(), e.nodes.end(), node) != e.nodes.end();
    }
    case Kind::Active: return get(bytes, layout_.active[e.component.value]);
    case Kind::Held: return process && get(bytes, layout_.holders[e.lock.value]) == process->value + 1;
    case Kind::Not: return left() == 0;
    case Kind::Negate: return subtract(0, left());
    case Kind::And: return left() != 0 && right() != 0;
    case Kind::Or: return left() != 0 || right() != 0;
    case Kind::Equal: return left() == right();
    case Kind::NotEqual: return left() != right();
    case Kind::Less: return left() < right();
    case Kind::LessEqual: return left() <= right();
    case Kind::Greater: return left() > right();
    case Kind::GreaterEqual: return left() >= right();
    case Kind::Plus: return add(left(), right());
    case Kind::Minus: return subtract(left(), right());
  }
  UNREACHABLE("expression is known");
}

}  // namespace singspin::explore
