// Ports to channels: `connect`, unbound ports, capacities, and generated peers for open ports.
#include <fmt/format.h>

#include "frontend/exec/lockstep.h"
#include "frontend/wiring/declare.h"
#include "frontend/wiring/scan.h"

namespace singspin::wiring {

namespace {

class Joiner {
 public:
  explicit Joiner(Build& build) : build_(build), system_(build.system) {}

  void run(const std::vector<const annotation::Connect*>& connects) {
    for (Scope& scope : build_.scopes) find_unbound(scope);
    joined_.resize(system_.ports.size());
    for (const annotation::Connect* c : connects) connect(*c);
    if (build_.failed) return;
    rebuild_channels();
  }

 private:
  // Rule 1.5: ports that come with a message. They start in the state of the parameter's type.
  void find_unbound(Scope& scope) {
    for (const Ref& r : received_arguments(*scope.tree)) {
      for (const ir::PortId p : ports_meant(scope, r)) system_.ports[p].bound_at_start = false;
    }
  }

  std::optional<ir::PortId> end(const annotation::End& e) {
    Scope* scope = build_.find_scope(e.component.text);
    if (scope == nullptr) {
      if (build_.ambiguous.contains(e.component.span)) build_.failed = true;  // said before
      else build_.unknown(e.component, "component", build_.component_names());
      return std::nullopt;
    }
    const Item* item = build_.find(*scope, e.port.name, {Item::Kind::Port}, "port");
    if (item == nullptr) return std::nullopt;
    const auto row = build_.element(*item, e.port, {});
    return row ? std::optional(ir::PortId{*row}) : std::nullopt;
  }

  void connect(const annotation::Connect& c) {
    const auto left = end(c.left), right = end(c.right);
    if (!left || !right) return;
    if (taken(*left, c.left) || taken(*right, c.right)) return;
    if (const std::string wrong = mismatch(*left, *right); !wrong.empty()) {
      auto* d = build_.report(Code::connect_mismatch, c.span, wrong, "these two do not fit");
      if (d == nullptr) return;
      for (const ir::PortId p : {*left, *right})
        d->labels.push_back(
            {system_.ports[p].span, fmt::format("`{}` is declared here", system_.ports[p].name)});
      return;
    }
    joined_[left->value] = *right;
    joined_[right->value] = *left;
  }

  bool taken(ir::PortId port, const annotation::End& e) {
    if (!joined_[port.value]) return false;
    build_.report(
        Code::connected_twice, e.component.span,
        fmt::format("port `{}.{}` is connected already", e.component.text, system_.ports[port].name),
        "the second `connect`");
    return true;
  }

  std::string mismatch(ir::PortId left, ir::PortId right) const {
    const ir::Port &a = system_.ports[left], &b = system_.ports[right];
    const ir::Channel &x = system_.channels[a.channel], &y = system_.channels[b.channel];
    if (left == right) return "a port cannot be connected to itself";
    if (x.contract != y.contract)
      return fmt::format("one port follows contract `{}`, the other `{}`", build_.contract(x.contract).name,
                         build_.contract(y.contract).name);
    if (a.role == b.role)
      return fmt::format("both ports are the {} of `{}`", ir::role_text(a.role),
                         build_.contract(x.contract).name);
    if (x.start != y.start)
      return fmt::format("one port starts at `{}`, the other at `{}`",
                         build_.contract(x.contract).states[x.start].id,
                         build_.contract(x.contract).states[y.start].id);
    return {};
  }

  void rebuild_channels() {
    const auto old = std::move(system_.channels);
    system_.channels = {};
    const std::vector<ir::PortId> ports = system_.ports.ids();  // peers are added on the way
    for (const ir::PortId p : ports) {
      const auto other = joined_[p.value];
      if (other && *other < p) continue;  // done with the other end
      ir::Channel channel = old[system_.ports[p].channel];
      if (other) channel.name = fmt::format("{}--{}", full_name(p), full_name(*other));
      const ir::PortId end = other ? *other : peer(p, channel);
      const bool exporter = system_.ports[p].role == ir::Role::Exporter;
      channel.exporter = exporter ? p : end;
      channel.importer = exporter ? end : p;
      set_capacity(channel);
      const ir::ChannelId id = system_.channels.add(std::move(channel));
      system_.ports[p].channel = system_.ports[end].channel = id;
    }
  }

  std::string full_name(ir::PortId p) const {
    return fmt::format("{}.{}", system_.components[system_.ports[p].component].name, system_.ports[p].name);
  }

  // 4.3. Its name is the port's; the component is added where two components have a port of this name.
  ir::PortId peer(ir::PortId p, ir::Channel& channel) {
    const ir::Port port = system_.ports[p];
    const ir::Role role = ir::other(port.role);
    std::size_t same = 0;
    for (std::size_t i = 0; i < joined_.size(); ++i)
      same += !joined_[i] && system_.ports[{static_cast<std::uint32_t>(i)}].name == port.name;
    const std::string name = same > 1 ? full_name(p) : port.name;
    channel.name = name;
    ir::Component row;
    row.name = fmt::format("{}.{}", name, ir::endpoint_id(role));
    row.kind = ir::Component::Kind::Peer;
    row.span = port.span;
    const ir::ComponentId component = system_.components.add(std::move(row));
    return system_.ports.add({component, port.name, {}, role, port.bound_at_start, port.live, port.span});
  }

  // Rule 1.1.
  void set_capacity(ir::Channel& channel) const {
    constexpr std::uint32_t kUsual = 2;
    const auto lockstep = exec::find_lockstep(build_.contract(channel.contract), channel.start);
    channel.exact = lockstep && lockstep->longest;
    const std::uint32_t fixed = std::max(1u, build_.options.queue.value_or(kUsual));
    channel.to_importer = channel.exact ? std::max(1u, lockstep->longest->to_importer) : fixed;
    channel.to_exporter = channel.exact ? std::max(1u, lockstep->longest->to_exporter) : fixed;
  }

  Build& build_;
  ir::System& system_;
  std::vector<std::optional<ir::PortId>> joined_;
};

}  // namespace

void join_ports(Build& build, const std::vector<const annotation::Connect*>& connects) {
  Joiner(build).run(connects);
}

}  // namespace singspin::wiring
