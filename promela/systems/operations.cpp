#include "promela/systems/operations.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::systems {

using ir::Op;
using ir::SystemProperty;

std::string Operations::owner_of(const std::string& block) const {
  return fmt::format("{}[{}]", symbols_.owners, block);
}

// An empty slot is block 0, which nobody ever owns.
std::string Operations::is_not_mine(ir::SlotId slot) const {
  return fmt::format("{} != {}", owner_of(symbols_.slots[slot.value]),
                     symbols_.owner(system_.slots[slot].component));
}

// Rule 9 (a).
std::string Operations::would_leak(ir::SlotId slot) const {
  const std::string owner = owner_of(symbols_.slots[slot.value]);
  return fmt::format("{} == {} || {} == {}", owner, symbols_.owner(system_.slots[slot].component), owner,
                     kHardware);
}

Operations::Piece Operations::fail(SystemProperty property) const {
  return {fmt::format("{}({})", symbols_.fail, symbols_.end_of(property)), true};
}

Operations::Piece Operations::fault_or(const std::string& condition, SystemProperty property,
                                       const std::string& then) const {
  return {fmt::format("if :: {} -> {} :: else -> {} fi", condition, fail(property).text, then), true};
}

Operations::Piece Operations::fault(const std::string& condition, SystemProperty property) const {
  return fault_or(condition, property, "skip");
}

std::string Operations::composed(const Pieces& pieces) const {
  std::string text;
  for (std::size_t i = pieces.size(); i-- > 0;) {
    if (text.empty()) text = pieces[i].text;
    else if (!pieces[i].may_fail) text = fmt::format("{}; {}", pieces[i].text, text);
    else
      text = fmt::format("{}; if :: {} != 0 -> skip :: else -> {} fi", pieces[i].text, symbols_.over, text);
  }
  return text.empty() ? "skip" : text;
}

// One text for all edges that do the same.
Operations::Piece Operations::called(const std::string& name, const Pieces& body) {
  const bool may_fail = std::any_of(body.begin(), body.end(), [](const Piece& p) { return p.may_fail; });
  std::string text = composed(body);
  for (const auto& [known, known_body] : inlines_) {
    if (known_body == text) return {known + "()", may_fail};
  }
  inlines_.emplace_back(symbols_.names.global(name), std::move(text));
  return {inlines_.back().first + "()", may_fail};
}

std::string Operations::statements(const ir::Edge& edge, ir::ProcessId process, std::uint32_t choice) {
  Pieces pieces;
  for (const Op& op : edge.ops) pieces.push_back(piece(op, process, choices(op) > 1 ? choice : 0));
  return composed(pieces);
}

Operations::Piece Operations::new_block(const Op& op, ir::ProcessId process) const {
  const std::string& slot = symbols_.slots[op.slot.value];
  return fault_or(would_leak(op.slot), SystemProperty::Leak,
                  fmt::format("{}; {} = {}", choose_block(process, op.pool, 0, slot), owner_of(slot),
                              symbols_.owner(system_.slots[op.slot].component)));
}

Operations::Piece Operations::on_slot(const Op& op) const {
  const std::string& slot = symbols_.slots[op.slot.value];
  const std::string owner = owner_of(slot);
  if (op.kind == Op::Kind::Take_Back) {
    return fault_or(fmt::format("{} != {}", owner, kHardware), SystemProperty::Ownership,
                    fmt::format("{} = {}", owner, symbols_.owner(system_.slots[op.slot].component)));
  }
  std::string then = "skip";
  if (op.kind == Op::Kind::Give) then = fmt::format("{} = {}", owner, kHardware);
  if (op.kind == Op::Kind::Free) then = fmt::format("{} = {}; {} = 0", owner, kNobody, slot);
  return fault_or(is_not_mine(op.slot), SystemProperty::Ownership, then);
}

// Rule 9 (b): who comes to rest holds blocks in `keep` slots only.
Operations::Piece Operations::rest(const Op& op) const {
  const std::string& active = symbols_.components[op.component.value];
  std::string held;
  for (const ir::SlotId slot : system_.slots.ids()) {
    const ir::Slot& row = system_.slots[slot];
    if (row.component != op.component || row.keep) continue;
    held += fmt::format("{}{} == {}", held.empty() ? "" : " || ", owner_of(symbols_.slots[slot.value]),
                        symbols_.owner(row.component));
  }
  const std::string less = fmt::format("{} = {} - 1", active, active);
  if (held.empty()) return {less, false};
  return {fmt::format("{}; {}", less,
                      fault(fmt::format("{} == 0 && ({})", active, held), SystemProperty::Leak).text),
          true};
}

Operations::Piece Operations::race(const Op& op) const {
  const VariableNames& v = symbols_.variables[op.variable.value];
  const std::string& mine = op.write ? v.writers : v.readers;
  if (op.kind == Op::Kind::RaceLeave) return {fmt::format("{} = {} - 1", mine, mine), false};
  const std::string others =
      op.write ? fmt::format("{} != 0 || {} != 0", v.writers, v.readers) : fmt::format("{} != 0", v.writers);
  return fault_or(others, SystemProperty::Race, fmt::format("{} = {} + 1", mine, mine));
}

Operations::Piece Operations::assign(const Op& op, ir::ProcessId process) const {
  const ir::Variable& v = system_.variables[op.variable];
  const std::string& name = symbols_.variables[op.variable.value].value;
  const std::string value = expressions_.expression(op.expr, process);
  const std::string set = fmt::format("{} = {}", name, value);
  const ir::Expr& e = system_.exprs[op.expr];
  const bool fits = e.kind == ir::Expr::Kind::Number && e.value >= v.lowest && e.value <= v.highest;
  if (fits) return {set, false};
  return fault_or(fmt::format("{} < {} || {} > {}", value, v.lowest, value, v.highest),
                  SystemProperty::Assertion, set);
}

Operations::Piece Operations::piece(const Op& op, ir::ProcessId process, std::uint32_t choice) {
  const auto& signal = [&]() -> const SignalNames& { return symbols_.signals[op.signal.value]; };
  const auto set = [](const std::string& name, std::string_view value) {
    return Piece{fmt::format("{} = {}", name, value), false};
  };
  const auto both = [&](std::string_view pending, std::string_view armed) {
    std::string text = fmt::format("{} = {}", signal().pending, pending);
    if (!signal().armed.empty()) text += fmt::format("; {} = {}", signal().armed, armed);
    return Piece{text, false};
  };
  const std::string me = std::to_string(process.value + 1);
  switch (op.kind) {
    case Op::Kind::Send: return called(inline_name("send", op, choice), send(op, process, choice));
    case Op::Kind::Receive: return called(inline_name("receive", op, choice), receive(op, choice));
    case Op::Kind::Close: return called(inline_name("close", op, 0), close(op));
    case Op::Kind::Take:
      if (system_.signals[op.signal].kind == ir::Signal::Kind::Latch) return {"skip", false};
      return set(signal().pending, "0");
    case Op::Kind::Signal: return set(signal().pending, "1");
    case Op::Kind::Reset: return set(signal().pending, "0");
    case Op::Kind::Arm: return signal().armed.empty() ? Piece{"skip", false} : set(signal().armed, "1");
    case Op::Kind::Cancel: return both("0", "0");
    case Op::Kind::Fire: return both("1", "0");
    case Op::Kind::Acquire: {
      const std::string& lock = symbols_.locks[op.lock.value];
      return fault_or(fmt::format("{} == {}", lock, me), SystemProperty::LockDiscipline, set(lock, me).text);
    }
    case Op::Kind::Release: {
      const std::string& lock = symbols_.locks[op.lock.value];
      return fault_or(fmt::format("{} != {}", lock, me), SystemProperty::LockDiscipline, set(lock, "0").text);
    }
    case Op::Kind::CheckUnlocked: {
      Words held;
      for (const std::string& lock : symbols_.locks) held.push_back(fmt::format("{} == {}", lock, me));
      if (held.empty()) return {"skip", false};
      return fault(fmt::format("{}", fmt::join(held, " || ")), SystemProperty::LockDiscipline);
    }
    case Op::Kind::New: return new_block(op, process);
    case Op::Kind::Use:
    case Op::Kind::Free:
    case Op::Kind::Give:
    case Op::Kind::Take_Back: return on_slot(op);
    case Op::Kind::Assign: return assign(op, process);
    case Op::Kind::Spawn: {
      const std::string& runs = symbols_.running[op.process.value];
      return fault_or(runs, SystemProperty::ThreadReuse, set(runs, "1").text);
    }
    case Op::Kind::End: return set(symbols_.running[process.value], "0");
    case Op::Kind::Activate: {
      const std::string& active = symbols_.components[op.component.value];
      return set(active, active + " + 1");
    }
    case Op::Kind::Rest: return rest(op);
    case Op::Kind::EnterAtomic:
      return set(symbols_.atomic[process.value], symbols_.atomic[process.value] + " + 1");
    case Op::Kind::LeaveAtomic:
      return set(symbols_.atomic[process.value], symbols_.atomic[process.value] + " - 1");
    case Op::Kind::Assert:
      return fault(fmt::format("!{}", expressions_.expression(op.expr, process)), SystemProperty::Assertion);
    case Op::Kind::Assume:
      return {fmt::format("if :: !{} -> {} = {} :: else -> skip fi",
                          expressions_.expression(op.expr, process), symbols_.over, symbols_.abandoned),
              true};
    case Op::Kind::Fail: return fail(op.property);
    case Op::Kind::RaceEnter:
    case Op::Kind::RaceLeave: return race(op);
  }
  UNREACHABLE("operation is known");
}

}  // namespace singspin::systems
