// What the operations of a step do, each with its fault (rules 3, 5, 8 and 9).
#include "frontend/explore/operation.h"

namespace singspin::explore {

bool Operation::fail_at_slot(ir::SystemProperty property, ir::SlotId slot) {
  violation.slot = slot;
  if (const std::uint32_t block = at(layout_.slots[slot.value])) violation.block = block - 1;
  return fail(property);
}

bool Operation::is_mine(ir::SlotId slot) const {
  const std::uint32_t block = at(layout_.slots[slot.value]);
  return block != 0 && at(layout_.owners[block - 1]) == kFirstComponent + system_.slots[slot].component.value;
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
