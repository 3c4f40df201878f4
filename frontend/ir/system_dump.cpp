#include <fmt/format.h>

#include "frontend/ir/system.h"

namespace singspin::ir {

namespace {

std::string joined(const std::vector<std::string>& all, std::string_view by) {
  std::string out;
  for (const std::string& s : all) out += (out.empty() ? "" : std::string(by)) + s;
  return out;
}

class Dumper {
 public:
  Dumper(const Program& program, const System& system, const source::SourceMap& sources)
      : program_(program), s_(system), sources_(sources) {}

  std::string run() {
    line("system {}{}", s_.name, at(s_.span));
    for (const ComponentId id : s_.components.ids()) component(id);
    for (const Channel& c : s_.channels) channel(c);
    for (const PortId id : s_.ports.ids()) port(id);
    for (const Variable& v : s_.variables) variable(v);
    for (const Signal& x : s_.signals)
      line("  {} {}{}", signal_kind(x.kind), named(x.component, x.name), at(x.span));
    for (const Lock& x : s_.locks)
      line("  lock {}{}{}", named(x.component, x.name), x.spin ? " spin" : "", at(x.span));
    for (const Slot& x : s_.slots)
      line("  slot {}{}{}", named(x.component, x.name), x.keep ? " keep" : "", at(x.span));
    for (const Pool& x : s_.pools)
      line("  pool {} of {}: {} blocks from {}{}", x.name, s_.components[x.component].name, x.count, x.first,
           at(x.span));
    for (const Process& p : s_.processes) process(p);
    for (const Obligation& o : s_.obligations)
      line("  owed {}@{}", port_name(o.debtor), node(o.debtor, o.node));
    for (const Mapping& m : s_.mappings) mapping(m);
    for (const Check& c : s_.checks) check(c);
    properties();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
    out_ += '\n';
  }
  std::string at(source::Span span) const {
    const auto position = sources_.position(span.file, span.begin);
    return fmt::format("  {}:{}:{}", sources_.file(span.file).path, position.line, position.column);
  }
  std::string named(ComponentId c, std::string_view name) const {
    return fmt::format("{}.{}", s_.components[c].name, name);
  }
  std::string port_name(PortId p) const {
    const Port& port = s_.ports[p];
    const Component& c = s_.components[port.component];
    return c.kind == Component::Kind::Peer ? c.name : named(port.component, port.name);
  }
  const Contract& contract(PortId p) const {
    return program_.contracts[s_.channels[s_.ports[p].channel].contract];
  }
  const std::string& node(PortId p, StateId s) const { return contract(p).states[s].id; }
  std::string message(PortId p, MessageId m) const {
    return fmt::format("{}.{}", port_name(p), contract(p).messages[m].name);
  }

  void component(ComponentId id) {
    static constexpr std::string_view kKinds[] = {"driver", "env", "peer"};
    const Component& c = s_.components[id];
    const std::string_view mode = c.kind == Component::Kind::Peer ? "" : c.loop ? " loop" : " threads";
    line("  {} {}{}{}", kKinds[static_cast<int>(c.kind)], c.name, mode, at(c.span));
  }
  void channel(const Channel& c) {
    line("  channel {}: {} from {}, exporter {}, importer {}, queues {}/{}{}", c.name,
         program_.contracts[c.contract].qualified_name, program_.contracts[c.contract].states[c.start].id,
         port_name(c.exporter), port_name(c.importer), c.to_exporter, c.to_importer, c.exact ? "" : " (cut)");
  }
  void port(PortId id) {
    const Port& p = s_.ports[id];
    line("  port {} {}{}{}{}", port_name(id), endpoint_id(p.role), p.bound_at_start ? "" : " unbound",
         p.live ? " live" : "", at(p.span));
  }
  void variable(const Variable& v) {
    static constexpr std::string_view kKinds[] = {"var", "state", "quiet"};
    std::string type = v.is_bool ? "bool" : fmt::format("{}..{}", v.lowest, v.highest);
    if (!v.names.empty()) type = fmt::format("{{{}}}", joined(v.names, ", "));
    line("  {} {}: {} = {}{}{}", kKinds[static_cast<int>(v.kind)], named(v.component, v.name), type,
         v.initial, v.race ? " race" : "", at(v.span));
  }
  static std::string_view signal_kind(Signal::Kind kind) {
    static constexpr std::string_view kKinds[] = {"event", "latch", "irq", "armed irq", "timer", "unplug"};
    return kKinds[static_cast<int>(kind)];
  }

  void process(const Process& p) {
    static constexpr std::string_view kKinds[] = {"init", "loop", "server", "thread", "source", "peer"};
    static constexpr std::string_view kLocations[] = {"", " resting", " off"};
    line("  process {} {}{}{} start {}{}", p.name, kKinds[static_cast<int>(p.kind)],
         p.starts_running ? "" : " not-running", p.starts_active ? " active" : "", p.start.value, at(p.span));
    for (const LocationId id : p.locations.ids()) {
      const Location& l = p.locations[id];
      line("    {}{} ({}){}", id.value, kLocations[static_cast<int>(l.kind)], l.activity, at(l.span));
      for (const EdgeId e : l.out) edge(p.edges[e]);
    }
  }
  void edge(const Edge& e) {
    std::vector<std::string> when, ops;
    for (const Condition& c : e.when) when.push_back(condition(c));
    for (const Op& o : e.ops) ops.push_back(op(o));
    std::string text = fmt::format("      -> {}", e.to.value);
    if (!when.empty()) text += fmt::format(" when {}", joined(when, " && "));
    if (!ops.empty()) text += fmt::format(" do {}", joined(ops, "; "));
    if (e.event) text += fmt::format(" event {}", *e.event);
    if (e.progress) text += " progress";
    if (!e.must_fire) text += " may-not-fire";
    line("{} `{}`{}", text, e.action, at(e.span));
  }

  std::string condition(const Condition& c) const {
    using Kind = Condition::Kind;
    const auto of = [&](std::string_view word, const std::string& what) {
      return fmt::format("{}({})", word, what);
    };
    switch (c.kind) {
      case Kind::Head: return of("head", message(c.port, c.message));
      case Kind::HeadNot: {
        std::vector<std::string> names;
        for (const MessageId m : c.messages) names.push_back(contract(c.port).messages[m].name);
        return of("head-not", fmt::format("{}: {}", port_name(c.port), joined(names, " ")));
      }
      case Kind::PeerGone: return of("peer-gone", port_name(c.port));
      case Kind::PeerOpen: return of("peer-open", port_name(c.port));
      case Kind::NodeIs: return of("node", fmt::format("{}@{}", port_name(c.port), node(c.port, c.node)));
      case Kind::PortUsable: return of("usable", port_name(c.port));
      case Kind::Unbound: return of("unbound", port_name(c.port));
      case Kind::Signal: return of("pending", signal(c.signal));
      case Kind::NoSignal: return of("not-pending", signal(c.signal));
      case Kind::Armed: return of("armed", signal(c.signal));
      case Kind::LockFree: return of("free", lock(c.lock));
      case Kind::LockMine: return of("mine", lock(c.lock));
      case Kind::Done: return of("done", s_.processes[c.process].name);
      case Kind::Running: return "running";
      case Kind::Room: return of("room", port_name(c.port));
      case Kind::Block:
        return of("block",
                  c.nth == 0 ? s_.pools[c.pool].name : fmt::format("{} {}", s_.pools[c.pool].name, c.nth));
      case Kind::Atomic: return "atomic";
      case Kind::NotAtomic: return "not-atomic";
      case Kind::Expr: return expr(c.expr);
    }
    UNREACHABLE("condition is known");
  }
  std::string signal(SignalId id) const { return named(s_.signals[id].component, s_.signals[id].name); }
  std::string lock(LockId id) const { return named(s_.locks[id].component, s_.locks[id].name); }
  std::string slot(SlotId id) const { return named(s_.slots[id].component, s_.slots[id].name); }
  std::string variable(VariableId id) const {
    return named(s_.variables[id].component, s_.variables[id].name);
  }

  std::string argument(const Argument& a) const {
    switch (a.kind) {
      case Argument::Kind::Slot: return slot(a.slot);
      case Argument::Kind::Pool: return fmt::format("block {} of {}", a.nth, s_.pools[a.pool].name);
      case Argument::Kind::Keep: return "keep";
      case Argument::Kind::Free: return "free";
      case Argument::Kind::Endpoint: {
        std::vector<std::string> names;
        for (const PortId p : a.binds) names.push_back(port_name(p));
        return fmt::format("endpoint({})", joined(names, " "));
      }
    }
    UNREACHABLE("argument is known");
  }

  std::string op(const Op& o) const {
    static constexpr std::string_view kWords[] = {
        "send",   "receive", "close",    "take",       "signal",       "reset",
        "arm",    "cancel",  "fire",     "acquire",    "release",      "check-unlocked",
        "new",    "use",     "free",     "give",       "take-back",    "assign",
        "spawn",  "end",     "activate", "rest",       "enter-atomic", "leave-atomic",
        "assert", "assume",  "fail",     "race-enter", "race-leave"};
    using Kind = Op::Kind;
    const std::string_view word = kWords[static_cast<int>(o.kind)];
    const auto with = [&](const std::string& what) { return fmt::format("{} {}", word, what); };
    switch (o.kind) {
      case Kind::Send:
      case Kind::Receive: {
        std::vector<std::string> names;
        for (const Argument& a : o.arguments) names.push_back(argument(a));
        return with(fmt::format("{}({})", message(o.port, o.message), joined(names, ", ")));
      }
      case Kind::Close: return with(port_name(o.port));
      case Kind::Take:
      case Kind::Signal:
      case Kind::Reset:
      case Kind::Arm:
      case Kind::Cancel:
      case Kind::Fire: return with(signal(o.signal));
      case Kind::Acquire:
      case Kind::Release: return with(lock(o.lock));
      case Kind::New: return with(fmt::format("{} from {}", slot(o.slot), s_.pools[o.pool].name));
      case Kind::Use:
      case Kind::Free:
      case Kind::Give:
      case Kind::Take_Back: return with(slot(o.slot));
      case Kind::Assign: return with(fmt::format("{} = {}", variable(o.variable), expr(o.expr)));
      case Kind::Spawn: return with(s_.processes[o.process].name);
      case Kind::Activate:
      case Kind::Rest: return with(s_.components[o.component].name);
      case Kind::Assert:
      case Kind::Assume: return with(expr(o.expr));
      case Kind::Fail: return with(std::string(id(o.property)));
      case Kind::RaceEnter:
      case Kind::RaceLeave:
        return with(fmt::format("{} {}", o.write ? "write" : "read", variable(o.variable)));
      case Kind::CheckUnlocked:
      case Kind::End:
      case Kind::EnterAtomic:
      case Kind::LeaveAtomic: return std::string(word);
    }
    UNREACHABLE("operation is known");
  }

  std::string expr(ExprId id) const {
    const Expr& e = s_.exprs[id];
    const auto two = [&](std::string_view sign) {
      return fmt::format("({} {} {})", expr(e.left), sign, expr(e.right));
    };
    switch (e.kind) {
      case Expr::Kind::Number: return std::to_string(e.value);
      case Expr::Kind::Variable: return variable(e.variable);
      case Expr::Kind::Pending: return signal(e.signal);
      case Expr::Kind::PortAt: {
        std::vector<std::string> names;
        for (const StateId n : e.nodes) names.push_back(node(e.port, n));
        return fmt::format("{}@{{{}}}", port_name(e.port), joined(names, " "));
      }
      case Expr::Kind::Active: return fmt::format("{}.active", s_.components[e.component].name);
      case Expr::Kind::Held: return fmt::format("held({})", lock(e.lock));
      case Expr::Kind::Not: return fmt::format("!{}", expr(e.left));
      case Expr::Kind::Negate: return fmt::format("-{}", expr(e.left));
      case Expr::Kind::And: return two("&&");
      case Expr::Kind::Or: return two("||");
      case Expr::Kind::Equal: return two("==");
      case Expr::Kind::NotEqual: return two("!=");
      case Expr::Kind::Less: return two("<");
      case Expr::Kind::LessEqual: return two("<=");
      case Expr::Kind::Greater: return two(">");
      case Expr::Kind::GreaterEqual: return two(">=");
      case Expr::Kind::Plus: return two("+");
      case Expr::Kind::Minus: return two("-");
    }
    UNREACHABLE("expression is known");
  }

  void mapping(const Mapping& m) {
    std::vector<std::string> names;
    for (const StateId n : m.nodes) names.push_back(node(m.port, n));
    const std::string& state =
        s_.variables[*s_.components[m.component].state].names[static_cast<std::size_t>(m.value)];
    line("  mapping {}@{} = {}@{{{}}}{}", s_.components[m.component].name, state, port_name(m.port),
         joined(names, " "), at(m.span));
  }
  void check(const Check& c) {
    static constexpr std::string_view kKinds[] = {"never", "always", "reachable", "leadsto", "progress"};
    std::string text = fmt::format("  check {} {}", c.id, kKinds[static_cast<int>(c.kind)]);
    if (c.kind != Check::Kind::Progress) text += " " + expr(c.first);
    if (c.kind == Check::Kind::LeadsTo) text += " then " + expr(c.second);
    line("{}{}", text, at(c.span));
  }
  void properties() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kSystemProperties; ++i) {
      if (s_.applicable[i]) names.emplace_back(id(static_cast<SystemProperty>(i)));
    }
    line("  properties {}", joined(names, " "));
  }

  const Program& program_;
  const System& s_;
  const source::SourceMap& sources_;
  std::string out_;
};

}  // namespace

std::string dump(const Program& program, const System& system, const source::SourceMap& sources) {
  return Dumper(program, system, sources).run();
}

}  // namespace singspin::ir
