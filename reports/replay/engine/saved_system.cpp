// A configuration of a system as a trace file has it.
#include <fmt/format.h>

#include "reports/replay/engine/system_world.h"
#include "reports/report/system_run.h"

namespace singspin::replay {

namespace {

using explore::Configuration;
using explore::Interpreter;

std::string activity(const Interpreter& in, const Configuration& at, ir::ProcessId id) {
  const ir::Process& process = in.system().processes[id];
  const ir::Location& here = process.locations[in.location(at, id)];
  if (here.kind == ir::Location::Kind::Off && !in.is_running(at, id))
    return !process.starts_running && in.location(at, id) == process.start ? "not-started" : "finished";
  if (process.kind == ir::Process::Kind::Init && here.out.empty()) return "finished";
  if (in.is_resting(at, id)) return "resting";
  for (const ir::EdgeId edge : here.out) {
    if (in.is_enabled(at, {id, edge, 0})) return "running";
  }
  return "waiting";
}

std::string value(const ir::Variable& variable, std::int32_t number) {
  if (variable.is_bool) return number != 0 ? "true" : "false";
  const auto row = static_cast<std::size_t>(number - variable.lowest);
  return row < variable.names.size() ? variable.names[row] : std::to_string(number);
}

void add_components(const Interpreter& in, const Configuration& at, report::SavedConfiguration& out) {
  const ir::System& system = in.system();
  for (const ir::ComponentId id : system.components.ids()) {
    report::SavedComponent row;
    const ir::Component& component = system.components[id];
    if (component.state)
      row.state = value(system.variables[*component.state], in.value(at, *component.state));
    for (const ir::VariableId v : system.variables.ids()) {
      const ir::Variable& variable = system.variables[v];
      if (variable.component == id && variable.kind == ir::Variable::Kind::Data)
        row.variables[variable.name] = value(variable, in.value(at, v));
    }
    if (!row.state.empty() || !row.variables.empty()) out.components[component.name] = std::move(row);
  }
}

report::SavedOwner owner(const Interpreter& in, const explore::Run& run,
                         const std::vector<report::ToldStep>& told, std::size_t index, std::uint32_t block) {
  const ir::System& system = in.system();
  const Configuration& at = run.configurations[index];
  const explore::Owner who = in.owner(at, block);
  switch (who.kind) {
    case ir::OwnerKind::Nobody: return {"none", "", "", "", {}};
    case ir::OwnerKind::Hardware: return {"hardware", "", "", "", {}};
    case ir::OwnerKind::Component: {
      report::SavedOwner out{"component", system.components[who.component].name, "", "", {}};
      for (const ir::SlotId slot : system.slots.ids()) {
        if (in.block(at, slot) == block && system.slots[slot].component == who.component)
          out.slot = system.slots[slot].name;
      }
      return out;
    }
    case ir::OwnerKind::Transit: {
      report::SavedOwner out{"queue", "", "", "", {}};
      if (const auto queued = report::find_queued(in, run, told, index, block)) {
        out.queue = report::queue_id(system, queued->receiver);
        out.message_id = queued->message_id;
      }
      return out;
    }
  }
  UNREACHABLE("owner is known");
}

}  // namespace

report::Place place_of(const source::SourceMap& sources, source::Span span) {
  return {span.file.value, sources.position(span.file, span.begin), sources.position(span.file, span.end)};
}

report::SavedConfiguration saved_configuration(const Interpreter& in, const explore::Run& run,
                                               const std::vector<report::ToldStep>& told, std::size_t index,
                                               const source::SourceMap& sources) {
  const ir::System& system = in.system();
  const Configuration& at = run.configurations[index];
  report::SavedConfiguration out;
  for (const ir::PortId id : system.ports.ids()) {
    const ir::Contract& contract = in.contract(id);
    out.states[report::endpoint_id(system, id)] = contract.states[in.node(at, id)].id;
    auto& queue = out.queues[report::queue_id(system, id)];
    for (const explore::QueuedMessage& m : in.queue(at, id))
      queue.push_back(contract.messages[m.message].name);
  }
  add_components(in, at, out);
  for (const ir::ProcessId id : system.processes.ids()) {
    const ir::Location& here = system.processes[id].locations[in.location(at, id)];
    report::SavedThread row{activity(in, at, id), "", place_of(sources, here.span)};
    if (row.activity == "waiting") row.waits_for = here.activity;
    out.threads[report::thread_id(system, id)] = std::move(row);
  }
  for (std::uint32_t b = 0; b < system.blocks(); ++b)
    out.tokens[report::token_id(system, b)] = owner(in, run, told, index, b);
  for (const ir::LockId id : system.locks.ids()) {
    const auto holder = in.holder(at, id);
    out.locks[report::resource_id(system, system.locks[id].component, system.locks[id].name)] =
        holder ? std::optional(report::thread_id(system, *holder)) : std::nullopt;
  }
  for (const ir::SignalId id : system.signals.ids())
    out.events[report::resource_id(system, system.signals[id].component, system.signals[id].name)] =
        in.is_pending(at, id);
  return out;
}

}  // namespace singspin::replay
