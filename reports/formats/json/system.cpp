// The tables of a system.
#include <nlohmann/json.hpp>

#include "reports/formats/json/system_parts.h"
#include "reports/report/system_run.h"

namespace singspin::json {

namespace {

using report::resource_id;

std::string_view kind_text(ir::Component::Kind kind) {
  switch (kind) {
    case ir::Component::Kind::Driver: return "driver";
    case ir::Component::Kind::Env: return "environment";
    case ir::Component::Kind::Peer: return "endpoint";
  }
  UNREACHABLE("component kind is known");
}

std::string_view kind_text(ir::Process::Kind kind) {
  switch (kind) {
    case ir::Process::Kind::Init: return "init";
    case ir::Process::Kind::Loop: return "main";
    case ir::Process::Kind::Server: return "handler";
    case ir::Process::Kind::Thread: return "worker";
    case ir::Process::Kind::Source: return "source";
    case ir::Process::Kind::Peer: return "generated";
  }
  UNREACHABLE("process kind is known");
}

std::string_view kind_text(ir::Signal::Kind kind) {
  switch (kind) {
    case ir::Signal::Kind::Event: return "event";
    case ir::Signal::Kind::Latch: return "latch";
    case ir::Signal::Kind::Irq:
    case ir::Signal::Kind::ArmedIrq: return "interrupt";
    case ir::Signal::Kind::Timer: return "timer";
    case ir::Signal::Kind::Unplug: return "unplug";
  }
  UNREACHABLE("signal kind is known");
}

std::string type_text(const ir::Variable& v) {
  if (v.is_bool) return "bool";
  if (v.names.empty()) return std::to_string(v.lowest) + ".." + std::to_string(v.highest);
  std::string text = "{";
  for (std::size_t i = 0; i < v.names.size(); ++i) text += (i == 0 ? "" : ", ") + v.names[i];
  return text + "}";
}

Json threads(const ir::System& system, ir::ComponentId component, const SourceIndex& sources) {
  Json out = Json::array();
  for (const ir::ProcessId id : system.processes.ids()) {
    const ir::Process& process = system.processes[id];
    if (process.component != component) continue;
    out.push_back(Json::object({{"id", report::thread_id(system, id)},
                                {"kind", kind_text(process.kind)},
                                {"span", sources.span(process.span)}}));
  }
  if (out.empty()) out.push_back(Json::object({{"id", system.components[component].name}, {"kind", "main"}}));
  return out;
}

Json ports(const ir::Program& program, const ir::System& system, ir::ComponentId component,
           const SourceIndex& sources) {
  Json out = Json::array();
  for (const ir::Port& port : system.ports) {
    if (port.component != component) continue;
    const ir::Channel& channel = system.channels[port.channel];
    out.push_back(Json::object({{"name", port.name},
                                {"contract", program.contracts[channel.contract].qualified_name},
                                {"role", ir::role_text(port.role)},
                                {"channel", port.bound_at_start ? Json(channel.name) : Json(nullptr)},
                                {"span", sources.span(port.span)}}));
  }
  return out;
}

Json resources(const ir::System& system, ir::ComponentId component, const SourceIndex& sources) {
  Json out = Json::array();
  const auto add = [&](const auto& row, std::string_view kind) -> Json& {
    out.push_back(Json::object({{"id", resource_id(system, component, row.name)}, {"kind", kind}}));
    return out.back();
  };
  const auto place = [&](Json& made, source::Span span) { made["span"] = sources.span(span); };
  for (const ir::Lock& row : system.locks) {
    if (row.component == component) place(add(row, row.spin ? "spin-lock" : "mutex"), row.span);
  }
  for (const ir::Slot& row : system.slots) {
    if (row.component == component) place(add(row, row.keep ? "slot-keep" : "slot"), row.span);
  }
  for (const ir::Signal& row : system.signals) {
    if (row.component == component) place(add(row, kind_text(row.kind)), row.span);
  }
  for (const ir::Variable& row : system.variables) {
    if (row.component != component || row.kind != ir::Variable::Kind::Data) continue;
    Json& made = add(row, "variable");
    made["type"] = type_text(row);
    place(made, row.span);
  }
  return out;
}

Json component(const ir::Program& program, const ir::System& system, ir::ComponentId id,
               const SourceIndex& sources) {
  const ir::Component& row = system.components[id];
  Json out = Json::object({{"id", row.name}, {"kind", kind_text(row.kind)}});
  if (row.kind == ir::Component::Kind::Peer) out["generated"] = true;
  else out["mode"] = row.loop ? "loop" : "threads";
  if (row.state) {
    const ir::Variable& state = system.variables[*row.state];
    const auto start = static_cast<std::size_t>(state.initial - state.lowest);
    if (start < state.names.size()) out["start"] = state.names[start];
    Json& states = out["states"] = Json::array();
    for (const std::string& name : state.names) states.push_back(Json::object({{"id", name}}));
  }
  out["threads"] = threads(system, id, sources);
  out["ports"] = ports(program, system, id, sources);
  if (Json all = resources(system, id, sources); !all.empty()) out["resources"] = std::move(all);
  out["span"] = sources.span(row.span);
  return out;
}

Json endpoint(const ir::System& system, ir::PortId id) {
  const ir::Port& port = system.ports[id];
  return Json::object({{"id", report::endpoint_id(system, id)},
                       {"role", ir::role_text(port.role)},
                       {"component", system.components[port.component].name},
                       {"port", port.name}});
}

Json queue(const ir::System& system, ir::PortId receiver, std::uint32_t capacity) {
  const ir::Port& port = system.ports[receiver];
  const ir::PortId sender = system.channels[port.channel].end(ir::other(port.role));
  return Json::object({{"id", report::queue_id(system, receiver)},
                       {"from", report::endpoint_id(system, sender)},
                       {"to", report::endpoint_id(system, receiver)},
                       {"capacity", capacity}});
}

Json channel(const ir::Program& program, const ir::System& system, const ir::Channel& row) {
  const ir::Contract& contract = program.contracts[row.contract];
  return Json::object(
      {{"id", row.name},
       {"contract", contract.qualified_name},
       {"start", contract.states[row.start].id},
       {"endpoints", Json::array({endpoint(system, row.exporter), endpoint(system, row.importer)})},
       {"queues", Json::array({queue(system, row.exporter, row.to_exporter),
                               queue(system, row.importer, row.to_importer)})}});
}

}  // namespace

namespace {

Json files(const ir::System& row, const SourceIndex& sources) {
  Json out = Json::array();
  for (const source::FileId file : row.files) out.push_back(sources.span({file, 0, 0}));
  return out;
}

// What reading the files once more needs to know, where it is not what every run does.
Json settings(const report::Options& options) {
  constexpr std::uint32_t kUsualTokens = 2;
  Json out = Json::object();
  if (!options.symbols.empty()) out["symbols"] = options.symbols;
  if (options.tokens.value_or(kUsualTokens) != kUsualTokens) out["tokens"] = *options.tokens;
  if (options.fixed_capacity) out["queue"] = options.queue_capacity;
  return out;
}

}  // namespace

Json system(const ir::Program& program, const ir::System& row, const report::Options& options,
            const SourceIndex& sources) {
  Json out =
      Json::object({{"name", row.name}, {"qualifiedName", row.name}, {"span", sources.span(row.span)}});
  if (!row.files.empty()) out["files"] = files(row, sources);
  if (Json how = settings(options); !how.empty()) out["settings"] = std::move(how);
  Json& components = out["components"] = Json::array();
  for (const ir::ComponentId id : row.components.ids())
    components.push_back(component(program, row, id, sources));
  Json& channels = out["channels"] = Json::array();
  for (const ir::Channel& c : row.channels) channels.push_back(channel(program, row, c));
  return out;
}

}  // namespace singspin::json
