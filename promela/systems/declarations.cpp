// Global names and data of a model.
#include <fmt/format.h>

#include "promela/print/comment.h"
#include "promela/systems/emitter.h"

namespace singspin::systems {

namespace {

std::string_view type_of(std::int64_t lowest, std::int64_t highest) {
  if (lowest >= 0 && highest <= 1) return "bool";
  if (lowest >= 0 && highest <= 255) return "byte";
  if (lowest >= -32768 && highest <= 32767) return "short";
  return "int";
}

std::string value_names(const ir::Variable& variable) {
  std::string text;
  for (std::size_t i = 0; i < variable.names.size(); ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", variable.lowest + static_cast<std::int64_t>(i),
                        variable.names[i]);
  return text;
}

}  // namespace

void Emitter::declare(std::string_view type, const std::string& name, const std::string& value,
                      std::string_view comment) {
  std::string line = fmt::format("{} {}", type, name);
  if (value != "0") line += " = " + value;
  line += ";";
  if (!comment.empty()) line += fmt::format("  /* {} */", pml::comment_text(comment));
  put(line);
  result_.vector_bytes += 4;
}

void Emitter::declare(std::string_view type, const std::string& name, std::int64_t value,
                      std::string_view comment) {
  declare(type, name, std::to_string(value), comment);
}

// SPIN numbers the names of a set from the last one, which is 1.
void Emitter::put_set(std::string_view set, const Words& names) {
  if (names.empty()) return;
  put(fmt::format("mtype:{} = {{ {} }};", symbols_.names.global(set), fmt::join(names, ", ")));
}

void Emitter::put_names() {
  put("");
  put_set("endings", symbols_.ends);
  declare("byte", symbols_.over, 0, "not 0: the run has ended, and why");
  const auto count = static_cast<unsigned>(symbols_.ends.size());
  const auto add = [&](RunEnd end, unsigned index) {
    end.value = count - index;
    result_.ends.push_back(end);
  };
  unsigned index = 0;
  add({RunEnd::Kind::Abandoned, {}, 0, 0}, index++);
  for (std::size_t i = 0; i < ir::kSystemProperties; ++i) {
    const auto property = static_cast<ir::SystemProperty>(i);
    if (property != ir::SystemProperty::User) add({RunEnd::Kind::Property, property, 0, 0}, index++);
  }
  for (std::size_t i = 0; i < system_.checks.size(); ++i)
    add({RunEnd::Kind::Check, ir::SystemProperty::User, i, 0}, index++);
  for (const auto& [id, contract] : symbols_.contracts) {
    if (contract.named_messages) put_set(contract.set + "_messages", contract.messages);
    if (contract.named_nodes) put_set(contract.set + "_states", contract.nodes);
  }
}

void Emitter::put_channels() {
  for (const ir::ChannelId id : system_.channels.ids()) {
    const ir::Channel& channel = system_.channels[id];
    const ir::Contract& contract = program_.contracts[channel.contract];
    put("");
    put(fmt::format("/* {} */",
                    pml::comment_text(fmt::format("channel {}: {}", channel.name, contract.name))));
    for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
      const ir::PortId port = channel.end(role);
      const PortNames& names = symbols_.ports[port.value];
      const ContractWords& words = symbols_.contract(port);
      const std::string start =
          contract.states.contains(channel.start) ? words.nodes[channel.start.value] : "0";
      declare(words.named_nodes ? "byte" : "int", names.node, start, "");
      if (!names.closed.empty()) declare("bool", names.closed, 0, "");
      if (!names.bound.empty()) declare("bool", names.bound, 0, "");
      std::string cells = contract.messages.size() == 0 ? "byte" : words.named_messages ? "mtype" : "int";
      for (std::uint32_t i = 0; i < fields(system_, port); ++i) cells += ", byte";
      put(fmt::format("chan {} = [{}] of {{ {} }};", names.inbox, capacity(system_, port), cells));
      result_.vector_bytes += 16 + std::uint64_t{capacity(system_, port)} * 4 * (1 + fields(system_, port));
    }
  }
}

void Emitter::put_data() {
  put("");
  for (const ir::ComponentId id : system_.components.ids()) {
    std::int64_t active = 0;
    for (const ir::Process& p : system_.processes) active += p.component == id && p.starts_active ? 1 : 0;
    declare("byte", symbols_.components[id.value], active, "");
  }
  for (const ir::VariableId id : system_.variables.ids()) {
    const ir::Variable& v = system_.variables[id];
    const VariableNames& names = symbols_.variables[id.value];
    declare(type_of(v.lowest, v.highest), names.value, v.initial, value_names(v));
    if (!names.readers.empty()) declare("byte", names.readers, 0, "");
    if (!names.writers.empty()) declare("byte", names.writers, 0, "");
  }
  for (const SignalNames& names : symbols_.signals) {
    declare("bool", names.pending, 0, "");
    if (!names.armed.empty()) declare("bool", names.armed, 0, "");
  }
  for (const std::string& lock : symbols_.locks) declare("byte", lock, 0, "");
}

void Emitter::put_blocks() {
  if (system_.blocks() > 0 || !system_.slots.empty()) {
    put(fmt::format(
        "byte {}[{}];  /* of blocks, from 1 on: 0 nobody, 1 hardware, 2 in transit, then components */",
        symbols_.owners, system_.blocks() + 1));
    result_.vector_bytes += system_.blocks() + 8;
  }
  for (const std::string& slot : symbols_.slots) declare("byte", slot, 0, "");
  std::uint32_t most = 0;
  for (const ir::PortId port : system_.ports.ids()) most = std::max(most, fields(system_, port));
  if (most > 0) put(fmt::format("byte {}[{}];  /* within a step */", symbols_.scratch, most));
  result_.vector_bytes += most + 8;
}

void Emitter::put_processes_data() {
  std::int64_t begun = 0;
  for (const ir::ProcessId id : system_.processes.ids()) {
    const ir::Process& process = system_.processes[id];
    if (process.kind == ir::Process::Kind::Thread)
      declare("bool", symbols_.running[id.value], process.starts_running ? 1 : 0, "");
    if (expressions_.enters_atomic(id)) declare("byte", symbols_.atomic[id.value], 0, "");
    const bool done = process.kind == ir::Process::Kind::Init && process.locations[process.start].out.empty();
    begun += done ? 1 : 0;
    result_.vector_bytes += 16;
  }
  if (inits_ > 0) declare("byte", symbols_.begun, begun, "processes that had to run before all others");
}

}  // namespace singspin::systems
