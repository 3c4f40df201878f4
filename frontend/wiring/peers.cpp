// Generated peers: the most general partner that a contract allows (4.3), one location per node.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/wiring/environment.h"
#include "frontend/wiring/expressions.h"
#include "frontend/wiring/pools.h"
#include "frontend/wiring/process.h"

namespace singspin::wiring {

using LocationKind = ir::Location::Kind;

namespace {

class PeerBuilder {
 public:
  PeerBuilder(Build& build, ir::PortId port)
      : build_(build),
        system_(build.system),
        port_(port),
        channel_(system_.channels[system_.ports[port].channel]),
        role_(system_.ports[port].role),
        other_(channel_.end(ir::other(role_))),
        contract_(build.contract(port)),
        component_(system_.ports[port].component),
        process_(build, component_, ir::Process::Kind::Peer, system_.components[component_].name,
                 system_.ports[port].span) {}

  // It has a pool if and only if it can send a block that it has not received before.
  void add_pool() {
    if (const auto m = sent_without_receiving(contract_, channel_.start, role_))
      take_pool(contract_.messages[*m]);
  }

  void run(const std::set<ir::PoolId>& pools, Scope& scope, const annotation::Port& tree) {
    pools_.assign(pools.begin(), pools.end());
    keeps_blocks_ =
        !frees_what_it_gets(build_, component_) &&
        std::any_of(contract_.transitions.begin(), contract_.transitions.end(), [&](const ir::Transition& t) {
          return ir::sender(t.sign) == role_ && carries_blocks(contract_.messages[t.message]);
        });
    owing_ = owing(contract_);
    reachable_ = reachable(contract_, channel_.start);
    if (tree.when) power_guard_ = lower_condition(build_, {&scope, nullptr}, *tree.when);
    closes_ = scope.closings_watched.contains(other_);
    bool falls_silent = false;
    for (const ir::StateId s : contract_.states.ids()) falls_silent = falls_silent || may_fall_silent(s);
    if (falls_silent) add_quiet();
    locations();
    for (const ir::StateId s : contract_.states.ids()) {
      if (reachable_[s.value]) node(s);
    }
    system_.processes.add(process_.finish(start(), false));
  }

 private:
  source::Span span() const { return system_.ports[port_].span; }
  bool rests(ir::StateId s) const { return !owing_[s.value]; }
  bool sends_at(ir::StateId s) const {
    const auto& out = contract_.states[s].out;
    return std::any_of(out.begin(), out.end(), [&](ir::TransitionId t) {
      return ir::sender(contract_.transitions[t].sign) == role_;
    });
  }
  bool may_fall_silent(ir::StateId s) const {
    return reachable_[s.value] && rests(s) && sends_at(s) && !system_.ports[port_].live;
  }

  void take_pool(const ir::Message& m) {
    std::string name = system_.ports[port_].name;
    for (const Resource& r : resources(m)) {
      if (r.is_endpoint || r.name.empty()) continue;
      name = r.name;
      break;
    }
    build_.pool(component_, name, span());
  }

  void add_quiet() {
    ir::Variable v;
    v.component = component_;
    v.name = "quiet";
    v.kind = ir::Variable::Kind::Quiet;
    v.is_bool = true;
    v.span = span();
    quiet_ = system_.variables.add(std::move(v));
  }

  void locations() {
    for (const ir::State& s : contract_.states) {
      const ir::StateId id{static_cast<std::uint32_t>(at_.size())};
      at_.push_back(process_.location(rests(id) ? LocationKind::Resting : LocationKind::Normal, span(),
                                      ir::state_words(s)));
    }
    stopped_ = process_.location(LocationKind::Resting, span(), "stopped");
  }

  // A peer whose port comes with a message waits for it, also if its first node is one where it owes.
  ir::LocationId start() {
    const ir::LocationId first = at_[channel_.start.value];
    if (system_.ports[port_].bound_at_start || rests(channel_.start)) return first;
    const ir::LocationId waiting = process_.location(LocationKind::Resting, span(), "not bound");
    process_.edge(waiting, first, {span(), ""}).when = {on_port(ir::Condition::Kind::PortUsable, port_)};
    return waiting;
  }

  void node(ir::StateId s) {
    std::vector<ir::MessageId> received;
    for (const ir::TransitionId t : contract_.states[s].out) {
      if (ir::sender(contract_.transitions[t].sign) == role_) sends(s, contract_.transitions[t]);
      else received.push_back(receives(s, contract_.transitions[t]));
    }
    ir::Condition unexpected = on_port(ir::Condition::Kind::HeadNot, port_);
    unexpected.messages = std::move(received);
    process_.fail(at_[s.value], {std::move(unexpected)}, ir::SystemProperty::NoUnexpectedMessage,
                  {contract_.states[s].span, "unexpected message"});
    if (may_fall_silent(s)) fall_silent(s);
    if (closes_) close(s);
    if (build_.scopes[system_.ports[other_].component.value].closed.contains(other_)) {
      process_.edge(at_[s.value], stopped_, {span(), "sees the closing"}).when = {
          on_port(ir::Condition::Kind::PeerGone, port_)};
    }
  }

  // What every step that it starts by itself needs: its port is there, and the other end is open.
  std::vector<ir::Condition> open() const {
    std::vector<ir::Condition> when;
    if (!system_.ports[port_].bound_at_start) when.push_back(on_port(ir::Condition::Kind::PortUsable, port_));
    if (build_.scopes[system_.ports[other_].component.value].closed.contains(other_))
      when.push_back(on_port(ir::Condition::Kind::PeerOpen, port_));
    return when;
  }

  std::string words(std::string_view verb, ir::MessageId m) const {
    return fmt::format("{} {}.{}", verb, system_.ports[port_].name, contract_.messages[m].name);
  }

  // One edge for each choice of pools for the blocks that travel.
  void sends(ir::StateId s, const ir::Transition& t) {
    std::vector<ir::Condition> when = open();
    if (!channel_.exact) when.push_back(on_port(ir::Condition::Kind::Room, port_));
    if (rests(s) && quiet_) when.push_back(holds(variable_is(system_, *quiet_, 0)));
    if (power_guard_ && contract_.messages[t.message].name == "Suspend") when.push_back(holds(*power_guard_));
    ir::Op send = op(ir::Op::Kind::Send);
    send.port = port_;
    send.message = t.message;
    add_sends(t, resources(contract_.messages[t.message]), std::move(when), std::move(send));
  }
  void add_sends(const ir::Transition& t, const std::vector<Resource>& left, std::vector<ir::Condition> when,
                 ir::Op send) {
    const std::size_t i = send.arguments.size();
    if (i == left.size()) {
      ir::Edge& e = process_.edge(at_[t.from.value], at_[t.to.value], {t.span, words("send", t.message)});
      e.when = std::move(when);
      e.ops = {std::move(send)};
      return;
    }
    ir::Argument a;
    if (left[i].is_endpoint) {
      a.kind = ir::Argument::Kind::Endpoint;
      send.arguments.push_back(std::move(a));
      return add_sends(t, left, std::move(when), std::move(send));
    }
    a.kind = ir::Argument::Kind::Pool;
    for (const ir::PoolId p : pools_) {
      if (build_.failed) return;
      a.pool = p;
      a.nth = static_cast<std::uint32_t>(std::count_if(
          send.arguments.begin(), send.arguments.end(),
          [&](const ir::Argument& b) { return b.kind == ir::Argument::Kind::Pool && b.pool == p; }));
      ir::Condition block = condition(ir::Condition::Kind::Block);
      block.pool = p;
      block.nth = a.nth;
      std::vector<ir::Condition> more = when;
      more.push_back(std::move(block));
      ir::Op longer = send;
      longer.arguments.push_back(a);
      add_sends(t, left, std::move(more), std::move(longer));
    }
  }

  ir::MessageId receives(ir::StateId s, const ir::Transition& t) {
    ir::Op receive = op(ir::Op::Kind::Receive);
    receive.port = port_;
    receive.message = t.message;
    const std::vector<Resource> carried = resources(contract_.messages[t.message]);
    for (std::size_t i = 0; i < carried.size(); ++i) {
      ir::Argument a;
      a.kind = carried[i].is_endpoint ? ir::Argument::Kind::Endpoint
               : keeps_blocks_        ? ir::Argument::Kind::Keep
                                      : ir::Argument::Kind::Free;
      if (carried[i].is_endpoint) a.binds = bound_by(t.message, i);
      receive.arguments.push_back(std::move(a));
    }
    ir::Edge& e = process_.edge(at_[s.value], at_[t.to.value], {t.span, words("recv", t.message)});
    e.when = {head(port_, t.message)};
    e.ops = {std::move(receive)};
    return t.message;
  }

  // The generated peer of the port that our component sends: it starts with this message.
  std::vector<ir::PortId> bound_by(ir::MessageId message, std::size_t position) const {
    for (const EndpointUse& use : build_.endpoint_sends) {
      if (use.channel != system_.ports[port_].channel || use.message != message || use.position != position)
        continue;
      const ir::Port& sent = system_.ports[use.port];
      const ir::PortId end = system_.channels[sent.channel].end(ir::other(sent.role));
      return {end};
    }
    return {};
  }

  void fall_silent(ir::StateId s) {
    std::vector<ir::Condition> when = open();
    when.push_back(holds(variable_is(system_, *quiet_, 0)));
    ir::Op o = op(ir::Op::Kind::Assign);
    o.variable = *quiet_;
    o.expr = number(system_, 1);
    ir::Edge& e = process_.edge(at_[s.value], at_[s.value], {span(), "falls silent"});
    e.when = std::move(when);
    e.ops = {std::move(o)};
    e.must_fire = false;
  }

  void close(ir::StateId s) {
    ir::Op o = op(ir::Op::Kind::Close);
    o.port = port_;
    std::vector<ir::Condition> when = open();
    ir::Edge& e =
        process_.edge(at_[s.value], stopped_, {span(), fmt::format("close {}", system_.ports[port_].name)});
    e.when = std::move(when);
    e.ops = {std::move(o)};
    e.must_fire = false;  // it may, at any node
  }

  Build& build_;
  ir::System& system_;
  ir::PortId port_;
  const ir::Channel& channel_;
  ir::Role role_;
  ir::PortId other_;
  const ir::Contract& contract_;
  ir::ComponentId component_;
  ProcessBuilder process_;
  std::vector<ir::PoolId> pools_;
  bool keeps_blocks_ = false, closes_ = false;
  std::vector<std::optional<ir::Role>> owing_;
  std::vector<bool> reachable_;
  std::optional<ir::ExprId> power_guard_;
  std::optional<ir::VariableId> quiet_;
  std::vector<ir::LocationId> at_;
  ir::LocationId stopped_;
};

// The two sides of an endpoint argument must speak of one channel.
void check_endpoints(Build& build) {
  ir::System& system = build.system;
  const auto other_end = [&](ir::PortId p) {
    return system.channels[system.ports[p].channel].end(ir::other(system.ports[p].role));
  };
  const auto same_place = [](const EndpointUse& a, const EndpointUse& b) {
    return a.channel == b.channel && a.message == b.message && a.position == b.position;
  };
  for (std::size_t i = 0; i < build.endpoint_sends.size(); ++i) {
    const EndpointUse& sent = build.endpoint_sends[i];
    for (const EndpointUse& received : build.endpoint_receives) {
      if (!same_place(sent, received) || other_end(sent.port) == received.port) continue;
      auto* d = build.report(Code::endpoint_mismatch, sent.span,
                             fmt::format("the receiver names `{}`, which is not the other end of `{}`",
                                         system.ports[received.port].name, system.ports[sent.port].name),
                             "another channel");
      if (d != nullptr) d->labels.push_back({received.span, "received here"});
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (!same_place(build.endpoint_sends[k], sent) || build.endpoint_sends[k].port == sent.port) continue;
      build.report(Code::endpoint_mismatch, sent.span,
                   "this message is sent with two different endpoints; one of them is known per message",
                   "another endpoint");
    }
    const ir::PortId end = other_end(sent.port);
    if (system.components[system.ports[end].component].kind == ir::Component::Kind::Peer)
      system.ports[end].bound_at_start = false;
  }
}

}  // namespace

void add_peers(Build& build) {
  check_endpoints(build);
  if (build.failed) return;
  std::vector<ir::PortId> ports;
  for (const ir::PortId p : build.system.ports.ids()) {
    if (build.system.components[build.system.ports[p].component].kind == ir::Component::Kind::Peer)
      ports.push_back(p);
  }
  for (const ir::PortId p : ports) PeerBuilder(build, p).add_pool();
  const auto held = held_pools(build);
  for (const ir::PortId p : ports) {
    const ir::Port& port = build.system.ports[p];
    const ir::PortId other = build.system.channels[port.channel].end(ir::other(port.role));
    Scope& scope = build.scopes[build.system.ports[other].component.value];
    for (const annotation::Port& tree : scope.tree->ports) {
      const Item& item = scope.items[tree.name.text];
      if (item.first <= other.value && other.value < item.first + std::max(1u, item.count))
        PeerBuilder(build, p).run(held[port.component.value], scope, tree);
    }
  }
}

}  // namespace singspin::wiring
