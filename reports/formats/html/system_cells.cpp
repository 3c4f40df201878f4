#include "reports/formats/html/system_cells.h"

#include "reports/report/system_run.h"

namespace singspin::html {

namespace {

using explore::Configuration;
using explore::Interpreter;

bool is_shown(const ir::Variable& variable) { return variable.kind != ir::Variable::Kind::Quiet; }

std::string value_text(const ir::Variable& variable, std::int32_t number) {
  if (variable.is_bool) return number != 0 ? "true" : "false";
  const auto row = static_cast<std::size_t>(number - variable.lowest);
  return row < variable.names.size() ? variable.names[row] : std::to_string(number);
}

std::string owner_text(const Interpreter& in, const Configuration& at, std::uint32_t block) {
  const ir::System& system = in.system();
  const explore::Owner owner = in.owner(at, block);
  switch (owner.kind) {
    case ir::OwnerKind::Nobody: return "nobody";
    case ir::OwnerKind::Hardware: return "hardware";
    case ir::OwnerKind::Transit: return "in a message";
    case ir::OwnerKind::Component: break;
  }
  std::string text = system.components[owner.component].name;
  for (const ir::SlotId slot : system.slots.ids()) {
    const bool refers = in.block(at, slot) == block;
    if (refers && system.slots[slot].component == owner.component) text += ", as " + system.slots[slot].name;
  }
  return text;
}

std::string thread_text(const Interpreter& in, const Configuration& at, ir::ProcessId id) {
  const ir::Process& process = in.system().processes[id];
  const ir::Location& here = process.locations[in.location(at, id)];
  const std::string activity(report::activity(in, at, id));
  return here.activity.empty() || here.activity == activity ? activity : activity + ": " + here.activity;
}

}  // namespace

std::vector<Cell> cells_of(const Interpreter& in) {
  const ir::System& system = in.system();
  std::vector<Cell> cells;
  for (const ir::ProcessId id : system.processes.ids())
    cells.push_back({"Threads", report::thread_id(system, id)});
  for (const ir::PortId id : system.ports.ids())
    cells.push_back({"Endpoints", report::endpoint_id(system, id)});
  for (const ir::PortId id : system.ports.ids())
    cells.push_back({"Queues", report::queue_id(system, id), true});
  for (const ir::LockId id : system.locks.ids())
    cells.push_back(
        {"Locks", report::resource_id(system, system.locks[id].component, system.locks[id].name)});
  for (std::uint32_t b = 0; b < system.blocks(); ++b)
    cells.push_back({"Tokens", report::token_id(system, b)});
  for (const ir::Variable& v : system.variables) {
    if (is_shown(v)) cells.push_back({"Variables", report::resource_id(system, v.component, v.name)});
  }
  for (const ir::Signal& s : system.signals)
    cells.push_back({"Events", report::resource_id(system, s.component, s.name)});
  return cells;
}

std::vector<Value> values_of(const Interpreter& in, const Configuration& at) {
  const ir::System& system = in.system();
  std::vector<Value> values;
  for (const ir::ProcessId id : system.processes.ids()) values.push_back({thread_text(in, at, id)});
  for (const ir::PortId id : system.ports.ids()) {
    const std::string state = ir::state_words(in.contract(id).states[in.node(at, id)]);
    values.push_back({in.is_closed(at, id) ? "closed" : in.is_bound(at, id) ? state : "not bound"});
  }
  for (const ir::PortId id : system.ports.ids()) {
    Value& queue = values.emplace_back();
    for (const explore::QueuedMessage& m : in.queue(at, id))
      queue.push_back(in.contract(id).messages[m.message].name);
  }
  for (const ir::LockId id : system.locks.ids()) {
    const auto holder = in.holder(at, id);
    values.push_back({holder ? "held by " + report::thread_id(system, *holder) : "free"});
  }
  for (std::uint32_t b = 0; b < system.blocks(); ++b) values.push_back({owner_text(in, at, b)});
  for (const ir::VariableId id : system.variables.ids()) {
    if (is_shown(system.variables[id]))
      values.push_back({value_text(system.variables[id], in.value(at, id))});
  }
  for (const ir::SignalId id : system.signals.ids())
    values.push_back({in.is_pending(at, id) ? "pending" : "no"});
  return values;
}

}  // namespace singspin::html
