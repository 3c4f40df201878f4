#include <fmt/format.h>

#include "frontend/ir/system.h"

namespace singspin::ir {

namespace {

class Validator {
 public:
  Validator(const Program& program, const System& system) : program_(program), s_(system) {}

  std::string run() {
    tables();
    for (const Expr& e : s_.exprs) expr(e);
    for (const Process& p : s_.processes) process(p);
    for (const Obligation& o : s_.obligations)
      require(s_.ports.contains(o.debtor) && node(o.debtor, o.node), "obligation out of range");
    for (const Mapping& m : s_.mappings) mapping(m);
    for (const Check& c : s_.checks) check(c);
    return std::move(broken_);
  }

 private:
  void require(bool good, const char* words) {
    if (!good && broken_.empty()) broken_ = words;
  }
  bool good() const { return broken_.empty(); }
  const Contract& contract(PortId p) const {
    return program_.contracts[s_.channels[s_.ports[p].channel].contract];
  }
  bool node(PortId p, StateId state) const { return contract(p).states.contains(state); }

  void tables() {
    for (const Channel& c : s_.channels) {
      require(program_.contracts.contains(c.contract), "contract out of range");
      if (!good()) return;
      require(program_.contracts[c.contract].states.contains(c.start), "start out of range");
      require(s_.ports.contains(c.exporter) && s_.ports.contains(c.importer), "port out of range");
      require(c.to_importer > 0 && c.to_exporter > 0, "a queue holds nothing");
    }
    for (const PortId id : s_.ports.ids()) {
      const Port& p = s_.ports[id];
      require(s_.components.contains(p.component) && s_.channels.contains(p.channel),
              "port without component or channel");
      if (!good()) return;
      require(s_.channels[p.channel].end(p.role) == id, "a port is not the end of its channel");
    }
    for (const Component& c : s_.components)
      require(!c.state || s_.variables.contains(*c.state), "state out of range");
    for (const Variable& v : s_.variables) {
      require(s_.components.contains(v.component), "variable without component");
      require(v.lowest <= v.initial && v.initial <= v.highest, "first value out of range");
    }
    for (const Signal& x : s_.signals)
      require(s_.components.contains(x.component), "signal without component");
    for (const Lock& x : s_.locks) require(s_.components.contains(x.component), "lock without component");
    for (const Slot& x : s_.slots) require(s_.components.contains(x.component), "slot without component");
    std::uint32_t blocks = 0;
    for (const Pool& x : s_.pools) {
      require(s_.components.contains(x.component) && x.first == blocks, "pools do not follow each other");
      blocks += x.count;
    }
  }

  void expr_id(ExprId id) { require(s_.exprs.contains(id), "expression out of range"); }
  void expr(const Expr& e) {
    switch (e.kind) {
      case Expr::Kind::Number: return;
      case Expr::Kind::Variable: return require(s_.variables.contains(e.variable), "variable out of range");
      case Expr::Kind::Pending: return require(s_.signals.contains(e.signal), "signal out of range");
      case Expr::Kind::Active: return require(s_.components.contains(e.component), "component out of range");
      case Expr::Kind::Held: return require(s_.locks.contains(e.lock), "lock out of range");
      case Expr::Kind::PortAt:
        require(s_.ports.contains(e.port) && !e.nodes.empty(), "port out of range");
        for (const StateId n : e.nodes) require(good() && node(e.port, n), "node out of range");
        return;
      case Expr::Kind::Not:
      case Expr::Kind::Negate: return expr_id(e.left);
      default: return expr_id(e.left), expr_id(e.right);
    }
  }

  void process(const Process& p) {
    require(s_.components.contains(p.component), "process without component");
    require(p.locations.contains(p.start), "process without start");
    std::size_t listed = 0;
    for (const LocationId l : p.locations.ids()) {
      for (const EdgeId e : p.locations[l].out) {
        ++listed;
        require(p.edges.contains(e) && p.edges[e].from == l, "an edge is listed at another location");
      }
    }
    require(listed == p.edges.size(), "an edge is not listed exactly once");
    for (const Edge& e : p.edges) {
      require(p.locations.contains(e.to), "edge to nowhere");
      for (const Condition& c : e.when) condition(c);
      for (const Op& o : e.ops) op(o, p);
    }
  }

  void condition(const Condition& c) {
    using Kind = Condition::Kind;
    switch (c.kind) {
      case Kind::Head: return message(c.port, c.message);
      case Kind::HeadNot:
        require(s_.ports.contains(c.port), "port out of range");
        for (const MessageId m : c.messages) message(c.port, m);
        return;
      case Kind::NodeIs:
        return require(s_.ports.contains(c.port) && node(c.port, c.node), "node out of range");
      case Kind::PeerGone:
      case Kind::PeerOpen:
      case Kind::PortUsable:
      case Kind::Unbound:
      case Kind::Room: return require(s_.ports.contains(c.port), "port out of range");
      case Kind::Signal:
      case Kind::NoSignal:
      case Kind::Armed: return require(s_.signals.contains(c.signal), "signal out of range");
      case Kind::LockFree:
      case Kind::LockMine: return require(s_.locks.contains(c.lock), "lock out of range");
      case Kind::Done: return require(s_.processes.contains(c.process), "process out of range");
      case Kind::Block: return require(s_.pools.contains(c.pool), "pool out of range");
      case Kind::Expr: return expr_id(c.expr);
      case Kind::Running:
      case Kind::Atomic:
      case Kind::NotAtomic: return;
    }
  }

  void message(PortId p, MessageId m) {
    require(s_.ports.contains(p), "port out of range");
    if (good()) require(contract(p).messages.contains(m), "message out of range");
  }

  void op(const Op& o, const Process& p) {
    using Kind = Op::Kind;
    switch (o.kind) {
      case Kind::Send:
      case Kind::Receive:
        message(o.port, o.message);
        for (const Argument& a : o.arguments) argument(a);
        if (good())
          require(s_.ports[o.port].component == p.component, "a message of another component's port");
        return;
      case Kind::Close: return require(s_.ports.contains(o.port), "port out of range");
      case Kind::Take:
      case Kind::Signal:
      case Kind::Reset:
      case Kind::Arm:
      case Kind::Cancel:
      case Kind::Fire: return require(s_.signals.contains(o.signal), "signal out of range");
      case Kind::Acquire:
      case Kind::Release: return require(s_.locks.contains(o.lock), "lock out of range");
      case Kind::New: require(s_.pools.contains(o.pool), "pool out of range"); [[fallthrough]];
      case Kind::Use:
      case Kind::Free:
      case Kind::Give:
      case Kind::Take_Back: return require(s_.slots.contains(o.slot), "slot out of range");
      case Kind::Assign: expr_id(o.expr); [[fallthrough]];
      case Kind::RaceEnter:
      case Kind::RaceLeave: return require(s_.variables.contains(o.variable), "variable out of range");
      case Kind::Spawn:
        return require(
            s_.processes.contains(o.process) && s_.processes[o.process].kind == Process::Kind::Thread,
            "only threads are spawned");
      case Kind::Activate:
      case Kind::Rest: return require(o.component == p.component, "another component's activity");
      case Kind::Assert:
      case Kind::Assume: return expr_id(o.expr);
      case Kind::CheckUnlocked:
      case Kind::End:
      case Kind::EnterAtomic:
      case Kind::LeaveAtomic:
      case Kind::Fail: return;
    }
  }

  void argument(const Argument& a) {
    switch (a.kind) {
      case Argument::Kind::Slot: return require(s_.slots.contains(a.slot), "slot out of range");
      case Argument::Kind::Pool: return require(s_.pools.contains(a.pool), "pool out of range");
      case Argument::Kind::Endpoint:
        for (const PortId p : a.binds) require(s_.ports.contains(p), "port out of range");
        return;
      case Argument::Kind::Keep:
      case Argument::Kind::Free: return;
    }
  }

  void mapping(const Mapping& m) {
    require(s_.components.contains(m.component) && s_.ports.contains(m.port), "mapping out of range");
    if (!good()) return;
    require(s_.components[m.component].state.has_value(), "mapping without states");
    for (const StateId n : m.nodes) require(node(m.port, n), "node out of range");
  }

  void check(const Check& c) {
    if (c.kind != Check::Kind::Progress) expr_id(c.first);
    if (c.kind == Check::Kind::LeadsTo) expr_id(c.second);
  }

  const Program& program_;
  const System& s_;
  std::string broken_;
};

}  // namespace

std::string validate(const Program& program, const System& system) {
  return Validator(program, system).run();
}

}  // namespace singspin::ir
