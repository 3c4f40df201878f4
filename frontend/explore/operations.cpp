// What the operations of a step do, each with its fault (rules 1, 3, 5, 8 and 9).
#include <algorithm>

#include "frontend/explore/configuration.h"

namespace singspin::explore {

// The operations of one edge on one configuration. Every function returns whether the run goes on.
class Operation {
 public:
  Operation(const Interpreter& interpreter, std::uint8_t* bytes, ir::ProcessId process, std::uint32_t choice)
      : in_(interpreter),
        layout_(interpreter.layout_),
        system_(interpreter.system()),
        bytes_(bytes),
        process_(process),
        choice_(choice) {}

  bool run(const ir::Op& op);
  bool abandoned() const { return abandoned_; }
  std::uint32_t choices() const { return choices_; }
  Violation violation;

 private:
  std::uint32_t at(Field field) const { return get(bytes_, field); }
  void put(Field field, std::uint32_t value) { set(bytes_, field, value); }
  bool fail(ir::SystemProperty property) {
    violation.property = property;
    return false;
  }
  bool fail_at_slot(ir::SystemProperty property, ir::SlotId slot);

  bool move_node(ir::PortId port, ir::MessageId message, ir::Role sender);
  bool send(const ir::Op& op);
  bool take_arguments(const ir::Op& op, std::vector<std::uint32_t>& blocks);
  bool receive(const ir::Op& op);
  bool accept(const ir::Argument& argument, std::uint32_t block, ir::ComponentId component);
  bool fill(ir::SlotId slot, std::uint32_t block);
  void destroy(ir::PortId inbox);
  void pop(const QueueLayout& queue);
  bool close(const ir::Op& op);
  bool on_signal(const ir::Op& op);
  bool on_lock(const ir::Op& op);
  bool on_slot(const ir::Op& op);
  bool on_process(const ir::Op& op);
  bool on_race(const ir::Op& op);
  bool assign(const ir::Op& op);
  bool rest(const ir::Op& op);
  bool is_mine(ir::SlotId slot) const;

  const Interpreter& in_;
  const Layout& layout_;
  const ir::System& system_;
  std::uint8_t* bytes_;
  ir::ProcessId process_;
  std::uint32_t choice_;
  std::uint32_t choices_ = 1;
  bool abandoned_ = false;
};

bool Operation::fail_at_slot(ir::SystemProperty property, ir::SlotId slot) {
  violation.slot = slot;
  if (const std::uint32_t block = at(layout_.slots[slot.value])) violation.block = block - 1;
  return fail(property);
}

bool Operation::is_mine(ir::SlotId slot) const {
  const std::uint32_t block = at(layout_.slots[slot.value]);
  return block != 0 && at(layout_.owners[block - 1]) == kFirstComponent + system_.slots[slot].component.value;
}

// Follows the contract; false: there is no such transition at the node of this end.
bool Operation::move_node(ir::PortId port, ir::MessageId message, ir::Role sender) {
  const ir::Contract& contract = in_.contract(port);
  const ir::State& node = contract.states[{at(layout_.nodes[port.value])}];
  const auto fits = [&](ir::TransitionId id) {
    const ir::Transition& transition = contract.transitions[id];
    return transition.message == message && ir::sender(transition.sign) == sender;
  };
  const auto count = static_cast<std::uint32_t>(std::count_if(node.out.begin(), node.out.end(), fits));
  if (count == 0) return false;
  std::uint32_t wanted = choice_ % count;
  choice_ /= count;
  choices_ *= count;
  for (const ir::TransitionId id : node.out) {
    if (!fits(id) || wanted-- != 0) continue;
    put(layout_.nodes[port.value], contract.transitions[id].to.value);
    break;
  }
  return true;
}

// The blocks of a message leave their owners. Those of a peer are chosen before any leaves.
bool Operation::take_arguments(const ir::Op& op, std::vector<std::uint32_t>& blocks) {
  for (const ir::Argument& argument : op.arguments) {
    if (argument.kind != ir::Argument::Kind::Pool) continue;
    const auto block = in_.find_block(bytes_, process_, argument.pool, argument.nth);
    CHECK(block, "a peer sends a block it has");
    blocks.push_back(*block);
  }
  std::size_t pooled = 0;
  std::vector<std::uint32_t> in_order;
  for (const ir::Argument& argument : op.arguments) {
    if (argument.kind == ir::Argument::Kind::Pool) {
      in_order.push_back(blocks[pooled++]);
    } else if (argument.kind == ir::Argument::Kind::Slot) {
      if (!is_mine(argument.slot)) return fail_at_slot(ir::SystemProperty::Ownership, argument.slot);
      in_order.push_back(at(layout_.slots[argument.slot.value]) - 1);
      put(layout_.slots[argument.slot.value], 0);
    } else {
      continue;
    }
    put(layout_.owners[in_order.back()], kTransit);
  }
  blocks = std::move(in_order);
  return true;
}

bool Operation::send(const ir::Op& op) {
  violation.port = op.port;
  violation.message = op.message;
  const std::uint32_t flags = at(layout_.flags[op.port.value]);
  if (!(flags & kBound)) return fail(ir::SystemProperty::UnboundPort);
  if (flags & kClosed) return fail(ir::SystemProperty::SendAfterClose);
  const std::uint32_t node = at(layout_.nodes[op.port.value]);
  if (!move_node(op.port, op.message, system_.ports[op.port].role))
    return fail(ir::SystemProperty::Conformance);
  std::vector<std::uint32_t> blocks;
  if (!take_arguments(op, blocks)) {
    put(layout_.nodes[op.port.value], node);
    return false;
  }
  const ir::PortId inbox = in_.peer(op.port);
  if (at(layout_.flags[inbox.value]) & kClosed) {
    for (const std::uint32_t block : blocks) put(layout_.owners[block], kNobody);
    return true;
  }
  const QueueLayout& queue = layout_.queues[inbox.value];
  const std::uint32_t cell = at(queue.length);
  CHECK(cell < queue.capacity, "a message fits its queue");
  put(queue.message(cell), op.message.value);
  for (std::uint32_t nth = 0; nth < blocks.size(); ++nth) put(queue.block(cell, nth), blocks[nth] + 1);
  put(queue.length, cell + 1);
  return true;
}

void Operation::pop(const QueueLayout& queue) {
  const std::uint32_t length = at(queue.length);
  const std::uint32_t size = queue.cell_bytes();
  std::memmove(bytes_ + queue.cells, bytes_ + queue.cells + size, (length - 1) * size);
  std::memset(bytes_ + queue.cells + (length - 1) * size, 0, size);
  put(queue.length, length - 1);
}

// Rule 9 (a): what stood in the slot must not get lost.
bool Operation::fill(ir::SlotId slot, std::uint32_t block) {
  const std::uint32_t old = at(layout_.slots[slot.value]);
  if (old != 0 && old - 1 != block) {
    const std::uint32_t owner = at(layout_.owners[old - 1]);
    const bool kept = owner == kHardware || owner == kFirstComponent + system_.slots[slot].component.value;
    if (kept) return fail_at_slot(ir::SystemProperty::Leak, slot);
  }
  put(layout_.slots[slot.value], block + 1);
  put(layout_.owners[block], kFirstComponent + system_.slots[slot].component.value);
  return true;
}

bool Operation::accept(const ir::Argument& argument, std::uint32_t block, ir::ComponentId component) {
  switch (argument.kind) {
    case ir::Argument::Kind::Slot: return fill(argument.slot, block);
    case ir::Argument::Kind::Keep: put(layout_.owners[block], kFirstComponent + component.value); return true;
    case ir::Argument::Kind::Pool:
    case ir::Argument::Kind::Free: put(layout_.owners[block], kNobody); return true;
    case ir::Argument::Kind::Endpoint: return true;
  }
  UNREACHABLE("argument is known");
}

bool Operation::receive(const ir::Op& op) {
  violation.port = op.port;
  violation.message = op.message;
  const QueueLayout& queue = layout_.queues[op.port.value];
  CHECK(at(queue.length) > 0 && at(queue.message(0)) == op.message.value, "what is received comes first");
  const ir::Port& port = system_.ports[op.port];
  if (!move_node(op.port, op.message, ir::other(port.role))) {
    return fail(ir::SystemProperty::NoUnexpectedMessage);
  }
  std::vector<std::uint32_t> blocks;
  for (std::uint32_t nth = 0; nth < queue.blocks; ++nth) {
    if (const std::uint32_t block = at(queue.block(0, nth))) blocks.push_back(block - 1);
  }
  pop(queue);
  std::size_t next = 0;
  for (const ir::Argument& argument : op.arguments) {
    if (argument.kind == ir::Argument::Kind::Endpoint) {
      for (const ir::PortId bound : argument.binds) {
        put(layout_.flags[bound.value], at(layout_.flags[bound.value]) | kBound);
      }
    } else if (next < blocks.size() && !accept(argument, blocks[next++], port.component)) {
      return false;
    }
  }
  // Nobody names them: they are destroyed with the message.
  for (; next < blocks.size(); ++next) put(layout_.owners[blocks[next]], kNobody);
  return true;
}

void Operation::destroy(ir::PortId inbox) {
  const QueueLayout& queue = layout_.queues[inbox.value];
  while (at(queue.length) > 0) {
    for (std::uint32_t nth = 0; nth < queue.blocks; ++nth) {
      if (const std::uint32_t block = at(queue.block(0, nth))) put(layout_.owners[block - 1], kNobody);
    }
    pop(queue);
  }
}

bool Operation::close(const ir::Op& op) {
  violation.port = op.port;
  const std::uint32_t flags = at(layout_.flags[op.port.value]);
  if (!(flags & kBound)) return fail(ir::SystemProperty::UnboundPort);
  if (flags & kClosed) return fail(ir::SystemProperty::SendAfterClose);
  put(layout_.flags[op.port.value], flags | kClosed);
  destroy(op.port);
  return true;
}

bool Operation::on_signal(const ir::Op& op) {
  const Field field = layout_.signals[op.signal.value];
  const std::uint32_t bits = at(field);
  using Kind = ir::Op::Kind;
  switch (op.kind) {
    case Kind::Take:
      if (system_.signals[op.signal].kind != ir::Signal::Kind::Latch) put(field, bits & ~kPending);
      return true;
    case Kind::Signal: put(field, bits | kPending); return true;
    case Kind::Reset: put(field, bits & ~kPending); return true;
    case Kind::Arm: put(field, bits | kArmed); return true;
    case Kind::Cancel: put(field, 0); return true;
    case Kind::Fire: put(field, kPending); return true;
    default: UNREACHABLE("operation on a signal is known");
  }
}

bool Operation::on_lock(const ir::Op& op) {
  const std::uint32_t me = process_.value + 1;
  if (op.kind == ir::Op::Kind::CheckUnlocked) {
    for (std::uint32_t lock = 0; lock < layout_.holders.size(); ++lock) {
      if (at(layout_.holders[lock]) != me) continue;
      violation.lock = ir::LockId{lock};
      return fail(ir::SystemProperty::LockDiscipline);
    }
    return true;
  }
  violation.lock = op.lock;
  const bool mine = at(layout_.holders[op.lock.value]) == me;
  const bool acquires = op.kind == ir::Op::Kind::Acquire;
  if (mine == acquires) return fail(ir::SystemProperty::LockDiscipline);
  put(layout_.holders[op.lock.value], acquires ? me : 0);
  return true;
}

bool Operation::on_slot(const ir::Op& op) {
  using Kind = ir::Op::Kind;
  const std::uint32_t block = at(layout_.slots[op.slot.value]);
  if (op.kind == Kind::New) {
    const auto fresh = in_.find_block(bytes_, process_, op.pool, 0);
    CHECK(fresh, "`new` waits for a free block");
    return fill(op.slot, *fresh);
  }
  if (op.kind == Kind::Take_Back) {
    if (block == 0 || at(layout_.owners[block - 1]) != kHardware) {
      return fail_at_slot(ir::SystemProperty::Ownership, op.slot);
    }
    put(layout_.owners[block - 1], kFirstComponent + system_.slots[op.slot].component.value);
    return true;
  }
  if (!is_mine(op.slot)) return fail_at_slot(ir::SystemProperty::Ownership, op.slot);
  if (op.kind == Kind::Give) put(layout_.owners[block - 1], kHardware);
  if (op.kind == Kind::Free) {
    put(layout_.owners[block - 1], kNobody);
    put(layout_.slots[op.slot.value], 0);
  }
  return true;
}

bool Operation::on_process(const ir::Op& op) {
  using Kind = ir::Op::Kind;
  if (op.kind == Kind::Spawn) {
    const Field field = layout_.running[op.process.value];
    violation.process = op.process;
    if (at(field)) return fail(ir::SystemProperty::ThreadReuse);
    put(field, 1);
  } else if (op.kind == Kind::End) {
    put(layout_.running[process_.value], 0);
  } else {
    const Field field = layout_.atomic[process_.value];
    const std::uint32_t depth = at(field);
    const bool enters = op.kind == Kind::EnterAtomic;
    CHECK(enters ? depth <= system_.locks.size() : depth > 0, "atomic context is entered and left in turn");
    put(field, enters ? depth + 1 : depth - 1);
  }
  return true;
}

bool Operation::on_race(const ir::Op& op) {
  const Field readers = layout_.readers[op.variable.value], writers = layout_.writers[op.variable.value];
  const Field mine = op.write ? writers : readers;
  violation.variable = op.variable;
  if (op.kind == ir::Op::Kind::RaceLeave) {
    CHECK(at(mine) > 0, "an access that is left was entered");
    put(mine, at(mine) - 1);
    return true;
  }
  if (at(writers) > 0 || (op.write && at(readers) > 0)) return fail(ir::SystemProperty::Race);
  put(mine, at(mine) + 1);
  return true;
}

bool Operation::assign(const ir::Op& op) {
  const ir::Variable& variable = system_.variables[op.variable];
  const std::int64_t value = in_.evaluate(bytes_, op.expr, process_);
  violation.variable = op.variable;
  if (value < variable.lowest || value > variable.highest) return fail(ir::SystemProperty::Assertion);
  put(layout_.variables[op.variable.value], static_cast<std::uint32_t>(value - variable.lowest));
  return true;
}

// Rule 9 (b): who comes to rest holds blocks in `keep` slots only.
bool Operation::rest(const ir::Op& op) {
  const Field field = layout_.active[op.component.value];
  CHECK(at(field) > 0, "what comes to rest was active");
  put(field, at(field) - 1);
  if (at(field) > 0) return true;
  for (ir::SlotId slot; slot.value < system_.slots.size(); ++slot.value) {
    const ir::Slot& row = system_.slots[slot];
    if (row.component != op.component || row.keep || !is_mine(slot)) continue;
    return fail_at_slot(ir::SystemProperty::Leak, slot);
  }
  return true;
}

bool Operation::run(const ir::Op& op) {
  using Kind = ir::Op::Kind;
  switch (op.kind) {
    case Kind::Send: return send(op);
    case Kind::Receive: return receive(op);
    case Kind::Close: return close(op);
    case Kind::Take:
    case Kind::Signal:
    case Kind::Reset:
    case Kind::Arm:
    case Kind::Cancel:
    case Kind::Fire: return on_signal(op);
    case Kind::Acquire:
    case Kind::Release:
    case Kind::CheckUnlocked: return on_lock(op);
    case Kind::New:
    case Kind::Use:
    case Kind::Free:
    case Kind::Give:
    case Kind::Take_Back: return on_slot(op);
    case Kind::Assign: return assign(op);
    case Kind::Spawn:
    case Kind::End:
    case Kind::EnterAtomic:
    case Kind::LeaveAtomic: return on_process(op);
    case Kind::Activate:
      put(layout_.active[op.component.value], at(layout_.active[op.component.value]) + 1);
      return true;
    case Kind::Rest: return rest(op);
    case Kind::Assert:
      return in_.evaluate(bytes_, op.expr, process_) != 0 || fail(ir::SystemProperty::Assertion);
    case Kind::Assume: abandoned_ = in_.evaluate(bytes_, op.expr, process_) == 0; return !abandoned_;
    case Kind::Fail: return fail(op.property);
    case Kind::RaceEnter:
    case Kind::RaceLeave: return on_race(op);
  }
  UNREACHABLE("operation is known");
}

Interpreter::Applied Interpreter::apply(std::uint8_t* bytes, ir::ProcessId process, const ir::Edge& edge,
                                        std::uint32_t choice, Violation* violation) const {
  Operation operation(*this, bytes, process, choice);
  for (std::uint32_t i = 0; i < edge.ops.size(); ++i) {
    if (edge.ops.size() > 1) operation.violation = {};
    if (operation.run(edge.ops[i])) continue;
    operation.violation.op = i;
    if (violation) *violation = operation.violation;
    return {operation.abandoned() ? Result::Abandoned : Result::Violation, operation.choices()};
  }
  set(bytes, layout_.locations[process.value], edge.to.value);
  return {Result::Next, operation.choices()};
}

}  // namespace singspin::explore
