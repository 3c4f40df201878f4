// One configuration of a run of a system.
#include <nlohmann/json.hpp>

#include "reports/formats/json/system_parts.h"

namespace singspin::json {

namespace {

using explore::Configuration;
using explore::Interpreter;

Json threads(const Interpreter& in, const Configuration& at, const SourceIndex& sources) {
  Json out = Json::object();
  for (const ir::ProcessId id : in.system().processes.ids()) {
    const ir::Location& here = in.system().processes[id].locations[in.location(at, id)];
    Json row = Json::object({{"activity", report::activity(in, at, id)}});
    if (row["activity"] == "waiting" && !here.activity.empty()) row["waitsFor"] = here.activity;
    row["span"] = sources.span(here.span);
    out[report::thread_id(in.system(), id)] = std::move(row);
  }
  return out;
}

Json value(const ir::Variable& variable, std::int32_t number) {
  if (variable.is_bool) return number != 0;
  const auto row = static_cast<std::size_t>(number - variable.lowest);
  return row < variable.names.size() ? Json(variable.names[row]) : Json(number);
}

Json components(const Interpreter& in, const Configuration& at) {
  Json out = Json::object();
  const ir::System& system = in.system();
  for (const ir::ComponentId id : system.components.ids()) {
    const ir::Component& component = system.components[id];
    Json row = Json::object();
    if (component.state) {
      Json state = value(system.variables[*component.state], in.value(at, *component.state));
      row["state"] = state.is_string() ? state : Json(state.dump());
    }
    Json variables = Json::object();
    for (const ir::VariableId v : system.variables.ids()) {
      const ir::Variable& variable = system.variables[v];
      if (variable.component == id && variable.kind == ir::Variable::Kind::Data)
        variables[variable.name] = value(variable, in.value(at, v));
    }
    if (!variables.empty()) row["variables"] = std::move(variables);
    if (!row.empty()) out[component.name] = std::move(row);
  }
  return out;
}

Json channels(const Interpreter& in, const Configuration& at) {
  Json states = Json::object(), queues = Json::object();
  for (const ir::PortId id : in.system().ports.ids()) {
    const ir::Contract& contract = in.contract(id);
    states[report::endpoint_id(in.system(), id)] = contract.states[in.node(at, id)].id;
    Json& queue = queues[report::queue_id(in.system(), id)] = Json::array();
    for (const explore::QueuedMessage& m : in.queue(at, id))
      queue.push_back(contract.messages[m.message].name);
  }
  return Json::object({{"states", std::move(states)}, {"queues", std::move(queues)}});
}

}  // namespace

Json owner(const Interpreter& in, const explore::Run& run, const std::vector<report::ToldStep>& steps,
           std::size_t configuration, std::uint32_t block) {
  const ir::System& system = in.system();
  const explore::Owner who = in.owner(run.configurations[configuration], block);
  switch (who.kind) {
    case ir::OwnerKind::Nobody: return Json::object({{"kind", "none"}});
    case ir::OwnerKind::Hardware: return Json::object({{"kind", "hardware"}});
    case ir::OwnerKind::Component: {
      Json out = Json::object({{"kind", "component"}, {"component", system.components[who.component].name}});
      for (const ir::SlotId slot : system.slots.ids()) {
        const bool refers = in.block(run.configurations[configuration], slot) == block;
        if (refers && system.slots[slot].component == who.component) out["slot"] = system.slots[slot].name;
      }
      return out;
    }
    case ir::OwnerKind::Transit: {
      Json out = Json::object({{"kind", "queue"}});
      if (const auto queued = report::find_queued(in, run, steps, configuration, block)) {
        out["queue"] = report::queue_id(system, queued->receiver);
        out["messageId"] = queued->message_id;
      }
      return out;
    }
  }
  UNREACHABLE("owner is known");
}

Json system_configuration(const Interpreter& in, const explore::Run& run,
                          const std::vector<report::ToldStep>& steps, std::size_t index,
                          const SourceIndex& sources) {
  const ir::System& system = in.system();
  const Configuration& at = run.configurations[index];
  Json out = channels(in, at);
  if (Json all = components(in, at); !all.empty()) out["components"] = std::move(all);
  out["threads"] = threads(in, at, sources);
  if (system.blocks() > 0) {
    Json& tokens = out["tokens"] = Json::object();
    for (std::uint32_t b = 0; b < system.blocks(); ++b)
      tokens[report::token_id(system, b)] = owner(in, run, steps, index, b);
  }
  if (!system.locks.empty()) {
    Json& locks = out["locks"] = Json::object();
    for (const ir::LockId id : system.locks.ids()) {
      const ir::Lock& lock = system.locks[id];
      const auto holder = in.holder(at, id);
      locks[report::resource_id(system, lock.component, lock.name)] =
          holder ? Json(report::thread_id(system, *holder)) : Json(nullptr);
    }
  }
  if (!system.signals.empty()) {
    Json& events = out["events"] = Json::object();
    for (const ir::SignalId id : system.signals.ids()) {
      const ir::Signal& row = system.signals[id];
      events[report::resource_id(system, row.component, row.name)] = in.is_pending(at, id);
    }
  }
  return out;
}

}  // namespace singspin::json
