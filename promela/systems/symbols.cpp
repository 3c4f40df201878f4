#include "promela/systems/symbols.h"

#include <fmt/format.h>

namespace singspin::systems {

Symbols::Symbols(const ir::Program& program, const ir::System& system) : program_(program), system_(system) {
  over = names.global("over");
  abandoned = names.global("abandoned");
  owners = names.global("owner");
  scratch = names.global("scratch");
  begun = names.global("begun");
  watch = names.global("watch");
  fail = names.global("fail");
  ends.push_back(abandoned);
  for (std::size_t i = 0; i < ir::kSystemProperties; ++i) {
    const auto property = static_cast<ir::SystemProperty>(i);
    if (property == ir::SystemProperty::User) continue;
    properties.emplace(property, names.global(ir::id(property)));
    ends.push_back(properties.at(property));
  }
  for (const ir::Check& check : system.checks) {
    checks.push_back(names.global(check.id));
    ends.push_back(checks.back());
  }
  name_contracts();
  name_ports();
  name_data();
  name_processes();
}

const ContractWords& Symbols::contract(ir::PortId port) const {
  return contracts.at(system_.channels[system_.ports[port].channel].contract);
}

ir::PortId Symbols::peer(ir::PortId port) const {
  const ir::Port& row = system_.ports[port];
  return system_.channels[row.channel].end(ir::other(row.role));
}

namespace {

template <class Rows, class Name>
Words words(pml::NameTable& names, const Rows& rows, bool& named, const Name& name) {
  named = rows.size() <= kMaxSet;
  Words result;
  for (const auto& row : rows)
    result.push_back(named ? names.global(name(row)) : std::to_string(result.size() + 1));
  return result;
}

}  // namespace

void Symbols::name_contracts() {
  for (const ir::Channel& channel : system_.channels) {
    if (contracts.contains(channel.contract)) continue;
    const ir::Contract& contract = program_.contracts[channel.contract];
    ContractWords row;
    row.set = names.global(contract.name);
    row.messages = words(names, contract.messages, row.named_messages, [](const auto& m) { return m.name; });
    row.nodes = words(names, contract.states, row.named_nodes, [](const auto& s) { return s.id; });
    contracts.emplace(channel.contract, std::move(row));
  }
}

bool Symbols::is_ever_closed(ir::PortId port) const {
  for (const ir::Process& process : system_.processes) {
    for (const ir::Edge& edge : process.edges) {
      for (const ir::Op& op : edge.ops) {
        if (op.kind == ir::Op::Kind::Close && op.port == port) return true;
      }
    }
  }
  return false;
}

// The end of a generated peer has no name but that of the peer.
void Symbols::name_ports() {
  for (const ir::PortId id : system_.ports.ids()) {
    const ir::Port& port = system_.ports[id];
    const ir::Component& component = system_.components[port.component];
    PortNames row;
    row.base = component.kind == ir::Component::Kind::Peer ? component.name
                                                           : fmt::format("{}_{}", component.name, port.name);
    row.node = names.global(row.base + "_at");
    if (is_ever_closed(id)) row.closed = names.global(row.base + "_closed");
    if (!port.bound_at_start) row.bound = names.global(row.base + "_bound");
    row.inbox = names.global("to_" + row.base);
    ports.push_back(std::move(row));
  }
}

void Symbols::name_data() {
  const auto in = [&](ir::ComponentId component, std::string_view name) {
    return fmt::format("{}_{}", system_.components[component].name, name);
  };
  for (const ir::Component& row : system_.components)
    components.push_back(names.global(row.name + "_active"));
  for (const ir::Variable& row : system_.variables) {
    VariableNames v{names.global(in(row.component, row.name)), {}, {}};
    if (row.race) {
      v.readers = names.global(in(row.component, row.name + "_readers"));
      v.writers = names.global(in(row.component, row.name + "_writers"));
    }
    variables.push_back(std::move(v));
  }
  for (const ir::Signal& row : system_.signals) {
    SignalNames s{names.global(in(row.component, row.name)), {}};
    if (ir::is_armed_kind(row.kind)) s.armed = names.global(in(row.component, row.name + "_armed"));
    signals.push_back(std::move(s));
  }
  for (const ir::Lock& row : system_.locks) locks.push_back(names.global(in(row.component, row.name)));
  for (const ir::Slot& row : system_.slots) slots.push_back(names.global(in(row.component, row.name)));
}

void Symbols::name_processes() {
  for (const ir::ProcessId id : system_.processes.ids()) {
    const ir::Process& process = system_.processes[id];
    processes.push_back(
        names.global(process.kind == ir::Process::Kind::Init ? process.name + "_init" : process.name));
    running.push_back(names.global(process.name + "_runs"));
    atomic.push_back(names.global(process.name + "_atomic"));
  }
  for (const ir::ProcessId id : system_.processes.ids()) {
    const ir::Process& process = system_.processes[id];
    Words row;
    for (const ir::Location& location : process.locations) {
      const bool rests = location.kind == ir::Location::Kind::Resting ||
                         process.kind == ir::Process::Kind::Source ||
                         (process.kind == ir::Process::Kind::Init && location.out.empty());
      row.push_back(names.label(id.value, location.activity.empty() ? "at" : location.activity, rests));
    }
    labels.push_back(std::move(row));
  }
}

}  // namespace singspin::systems
