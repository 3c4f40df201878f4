// Small systems by hand.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "frontend/explore/configuration.h"
#include "tests/unit/lower/compact_ir.h"

namespace singspin::testing {

inline ir::Condition when(ir::Condition::Kind kind) {
  ir::Condition condition;
  condition.kind = kind;
  return condition;
}
inline ir::Condition head(ir::PortId port, ir::MessageId message) {
  ir::Condition condition = when(ir::Condition::Kind::Head);
  condition.port = port;
  condition.message = message;
  return condition;
}
inline ir::Condition on_lock(ir::Condition::Kind kind, ir::LockId lock) {
  ir::Condition condition = when(kind);
  condition.lock = lock;
  return condition;
}
inline ir::Condition on_signal(ir::Condition::Kind kind, ir::SignalId signal) {
  ir::Condition condition = when(kind);
  condition.signal = signal;
  return condition;
}
inline ir::Op op(ir::Op::Kind kind) {
  ir::Op made;
  made.kind = kind;
  return made;
}
inline ir::Op message(ir::Op::Kind kind, ir::PortId port, ir::MessageId id,
                      std::vector<ir::Argument> arguments = {}) {
  ir::Op made = op(kind);
  made.port = port;
  made.message = id;
  made.arguments = std::move(arguments);
  return made;
}
inline ir::Op lock(ir::Op::Kind kind, ir::LockId id) {
  ir::Op made = op(kind);
  made.lock = id;
  return made;
}
inline ir::Op signal(ir::Op::Kind kind, ir::SignalId id) {
  ir::Op made = op(kind);
  made.signal = id;
  return made;
}
inline ir::Op slot(ir::Op::Kind kind, ir::SlotId id) {
  ir::Op made = op(kind);
  made.slot = id;
  return made;
}
inline ir::Op component(ir::Op::Kind kind, ir::ComponentId id) {
  ir::Op made = op(kind);
  made.component = id;
  return made;
}
inline ir::Argument of_slot(ir::SlotId id) {
  ir::Argument argument;
  argument.slot = id;
  return argument;
}

inline ir::Condition that(ir::ExprId expr) {
  ir::Condition condition = when(ir::Condition::Kind::Expr);
  condition.expr = expr;
  return condition;
}
inline ir::Op assign(ir::VariableId variable, ir::ExprId expr) {
  ir::Op made = op(ir::Op::Kind::Assign);
  made.variable = variable;
  made.expr = expr;
  return made;
}

struct SystemBuilder {
  ir::Program program;
  ir::System system;

  ir::ComponentId component(std::string name, ir::Component::Kind kind = ir::Component::Kind::Driver) {
    ir::Component row;
    row.name = std::move(name);
    row.kind = kind;
    return system.components.add(row);
  }
  // The exporter's port and the importer's.
  std::pair<ir::PortId, ir::PortId> channel(std::string_view contract, ir::ComponentId exporter,
                                            ir::ComponentId importer, std::uint32_t capacity = 1) {
    ir::Channel row;
    row.contract = program.contracts.add(compact(contract));
    row.start = program.contracts[row.contract].start;
    row.name = "channel" + std::to_string(system.channels.size());
    row.to_exporter = row.to_importer = capacity;
    const ir::ChannelId id = system.channels.add(row);
    const auto port = [&](ir::ComponentId component, ir::Role role) {
      ir::Port made;
      made.component = component;
      made.name = "port" + std::to_string(system.ports.size());
      made.channel = id;
      made.role = role;
      return system.ports.add(made);
    };
    system.channels[id].exporter = port(exporter, ir::Role::Exporter);
    system.channels[id].importer = port(importer, ir::Role::Importer);
    return {system.channels[id].exporter, system.channels[id].importer};
  }
  // Locations 0 to count - 1, the start is 0.
  ir::ProcessId process(ir::ComponentId component, std::string name, ir::Process::Kind kind, int count) {
    ir::Process row;
    row.component = component;
    row.name = std::move(name);
    row.kind = kind;
    for (int i = 0; i < count; ++i) row.locations.add({});
    return system.processes.add(row);
  }
  void rest(ir::ProcessId process, std::uint32_t location) {
    system.processes[process].locations[{location}].kind = ir::Location::Kind::Resting;
  }
  ir::Edge& edge(ir::ProcessId process, std::uint32_t from, std::uint32_t to, std::vector<ir::Condition> when,
                 std::vector<ir::Op> ops) {
    ir::Edge row;
    row.from = {from};
    row.to = {to};
    row.when = std::move(when);
    row.ops = std::move(ops);
    const ir::EdgeId id = system.processes[process].edges.add(row);
    system.processes[process].locations[{from}].out.push_back(id);
    return system.processes[process].edges[id];
  }
  ir::LockId lock(ir::ComponentId component, std::string name) {
    ir::Lock row;
    row.component = component;
    row.name = std::move(name);
    return system.locks.add(row);
  }
  ir::SignalId signal(ir::ComponentId component, std::string name, ir::Signal::Kind kind) {
    ir::Signal row;
    row.component = component;
    row.name = std::move(name);
    row.kind = kind;
    return system.signals.add(row);
  }
  ir::VariableId variable(ir::ComponentId component, std::string name, int highest = 1) {
    ir::Variable row;
    row.component = component;
    row.name = std::move(name);
    row.highest = highest;
    return system.variables.add(row);
  }
  ir::ExprId number(int value) {
    ir::Expr row;
    row.value = value;
    return system.exprs.add(row);
  }
  ir::ExprId equals(ir::VariableId variable, int value) {
    ir::Expr read;
    read.kind = ir::Expr::Kind::Variable;
    read.variable = variable;
    ir::Expr row;
    row.kind = ir::Expr::Kind::Equal;
    row.left = system.exprs.add(read);
    row.right = number(value);
    return system.exprs.add(row);
  }
  void leads_to(ir::ExprId first, ir::ExprId second) {
    ir::Check check;
    check.kind = ir::Check::Kind::LeadsTo;
    check.id = "user:check-" + std::to_string(system.checks.size() + 1);
    check.first = first;
    check.second = second;
    system.checks.push_back(check);
  }
  ir::SlotId slot(ir::ComponentId component, std::string name) {
    ir::Slot row;
    row.component = component;
    row.name = std::move(name);
    return system.slots.add(row);
  }
};

}  // namespace singspin::testing
