#include "frontend/wiring/properties.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/wiring/expressions.h"

namespace singspin::wiring {

using Property = ir::SystemProperty;

// Drivers owe, environments do not.
void add_obligations(Build& build) {
  ir::System& system = build.system;
  for (const ir::PortId p : system.ports.ids()) {
    const ir::Port& port = system.ports[p];
    if (system.components[port.component].kind != ir::Component::Kind::Driver) continue;
    const ir::Channel& channel = system.channels[port.channel];
    const ir::Contract& contract = build.contract(channel.contract);
    const auto owes = owing(contract);
    const auto comes = reachable(contract, channel.start);
    for (const ir::StateId s : contract.states.ids()) {
      if (comes[s.value] && owes[s.value] == port.role) system.obligations.push_back({p, s});
    }
  }
}

void add_mappings(Build& build, Scope& scope) {
  for (std::size_t i = 0; i < scope.tree->states.size(); ++i) {
    const annotation::StateDecl& s = scope.tree->states[i];
    if (!s.port || !s.node) continue;
    const Item* item = build.find(scope, *s.port, {Item::Kind::Port}, "port");
    if (item == nullptr) continue;
    Ref ref;
    ref.name = *s.port;
    ref.span = s.port->span;
    const auto row = build.element(*item, ref, {});
    const auto at = row ? port_at(build, {*row}, *s.node) : std::nullopt;
    if (!at) continue;
    build.system.mappings.push_back(
        {scope.id, static_cast<std::int32_t>(i), {*row}, build.system.exprs[*at].nodes, s.name.span});
  }
}

void add_checks(Build& build, const std::vector<const annotation::Check*>& checks) {
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const annotation::Check& c = *checks[i];
    ir::Check row;
    row.id = fmt::format("user:check-{}", i + 1);
    row.span = c.span;
    switch (c.kind) {
      case annotation::Check::Kind::Never: row.kind = ir::Check::Kind::Never; break;
      case annotation::Check::Kind::Always: row.kind = ir::Check::Kind::Always; break;
      case annotation::Check::Kind::Reachable: row.kind = ir::Check::Kind::Reachable; break;
      case annotation::Check::Kind::LeadsTo: row.kind = ir::Check::Kind::LeadsTo; break;
      case annotation::Check::Kind::Progress: row.kind = ir::Check::Kind::Progress; break;
    }
    if (row.kind != ir::Check::Kind::Progress) {
      const auto first = lower_expression(build, {}, c.first);
      row.first = first.value_or(ir::ExprId{});
    }
    if (row.kind == ir::Check::Kind::LeadsTo) {
      const auto second = lower_expression(build, {}, c.second);
      row.second = second.value_or(ir::ExprId{});
    }
    build.system.checks.push_back(std::move(row));
  }
}

namespace {

void mark(ir::System& system, Property property) {
  system.applicable[static_cast<std::size_t>(property)] = true;
}

// A value that is no constant of the range may be outside.
bool may_leave_range(const ir::System& system, const ir::Op& o) {
  const ir::Variable& v = system.variables[o.variable];
  const ir::Expr& e = system.exprs[o.expr];
  return e.kind != ir::Expr::Kind::Number || e.value < v.lowest || e.value > v.highest;
}

void mark_op(ir::System& system, const ir::Op& o, bool peer) {
  using Kind = ir::Op::Kind;
  switch (o.kind) {
    case Kind::Send:
      if (!peer) mark(system, Property::Conformance);
      return;
    case Kind::Receive: return mark(system, Property::NoUnexpectedMessage);
    case Kind::Close:
      if (!peer) mark(system, Property::SendAfterClose);
      return;
    case Kind::Acquire:
    case Kind::Release: return mark(system, Property::LockDiscipline);
    case Kind::Use:
    case Kind::Free:
    case Kind::Give:
    case Kind::Take_Back: return mark(system, Property::Ownership);
    case Kind::Spawn: return mark(system, Property::ThreadReuse);
    case Kind::Assert: return mark(system, Property::Assertion);
    case Kind::Assign:
      if (may_leave_range(system, o)) mark(system, Property::Assertion);
      return;
    case Kind::Fail: return mark(system, o.property);
    case Kind::RaceEnter: return mark(system, Property::Race);
    default: return;
  }
}

}  // namespace

void find_applicable(Build& build) {
  ir::System& system = build.system;
  mark(system, Property::DeadlockFree);
  if (!system.obligations.empty()) mark(system, Property::OwedReply);
  if (!system.mappings.empty()) mark(system, Property::StateMapping);
  if (!system.checks.empty()) mark(system, Property::User);
  if (!system.slots.empty()) mark(system, Property::Ownership), mark(system, Property::Leak);
  for (const ir::Port& p : system.ports) {
    if (!p.bound_at_start && system.components[p.component].kind != ir::Component::Kind::Peer)
      mark(system, Property::UnboundPort);
  }
  for (const ir::Process& p : system.processes) {
    for (const ir::Edge& e : p.edges) {
      for (const ir::Op& o : e.ops) mark_op(system, o, p.kind == ir::Process::Kind::Peer);
    }
  }
}

}  // namespace singspin::wiring
