#include "reports/cli/conversations.h"

#include <fmt/format.h>

namespace singspin::cli {

Conversations::Conversations(const ir::Contract& contract, observe::Ends ends)
    : ends_(ends), only_(machine(contract, contract.start)) {}

Conversations::Conversations(const ir::Program& program, const ir::System& system, observe::Ends ends)
    : ends_(ends) {
  for (const ir::Channel& channel : system.channels) {
    const Machine* m = machine(program.contracts[channel.contract], channel.start);
    if (m == nullptr) return;
    observe::Observer* watched = observer(*m, channel.name);
    for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
      const ir::Port& port = system.ports[channel.end(role)];
      const ir::Component& owner = system.components[port.component];
      const bool generated = owner.kind == ir::Component::Kind::Peer;
      ports_[generated ? owner.name : owner.name + "." + port.name] = {watched, m->contract, role,
                                                                       channel.name};
    }
  }
}

const Conversations::Machine* Conversations::machine(const ir::Contract& contract, ir::StateId start) {
  auto& known = machines_[{&contract, start.value}];
  if (known) return known.get();
  auto exporter = observe::make_table(contract, start, ir::Role::Exporter);
  auto importer = observe::make_table(contract, start, ir::Role::Importer);
  ready_ = exporter.has_value() && importer.has_value();
  if (!ready_) return nullptr;
  known = std::make_unique<Machine>(Machine{&contract, std::move(*exporter), std::move(*importer)});
  return known.get();
}

observe::Observer* Conversations::observer(const Machine& machine, const std::string& conversation) {
  auto& known = observers_[conversation];
  if (!known) known = std::make_unique<observe::Observer>(machine.exporter, machine.importer, ends_);
  return known.get();
}

std::variant<Endpoint, std::string> Conversations::find(const std::string& name) {
  if (only_ != nullptr) return labelled(name);
  if (const auto at = ports_.find(name); at != ports_.end()) return at->second;
  std::string names;
  for (const auto& [port, _] : ports_) names += (names.empty() ? "" : ", ") + port;
  return fmt::format("no port is called `{}`; there are: {}", name, names.empty() ? "none" : names);
}

std::variant<Endpoint, std::string> Conversations::labelled(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  const std::string label = dot == std::string::npos ? "" : name.substr(0, dot);
  const std::string end = dot == std::string::npos ? name : name.substr(dot + 1);
  if (end != "exp" && end != "imp")
    return fmt::format("`{}` is no endpoint: write `exp` or `imp`, or NAME.exp and NAME.imp", name);
  if (observers_.size() == kMost && observers_.count(label) == 0)
    return fmt::format("the log has more than {} conversations", kMost);
  return Endpoint{observer(*only_, label), only_->contract,
                  end == "exp" ? ir::Role::Exporter : ir::Role::Importer, label};
}

}  // namespace singspin::cli
