#include "frontend/wiring/components.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/wiring/handlers.h"
#include "frontend/wiring/scan.h"

namespace singspin::wiring {

namespace {

using annotation::Block;
using Kind = annotation::Stmt::Kind;
using LocationKind = ir::Location::Kind;

class ComponentBuilder {
 public:
  ComponentBuilder(Build& build, Scope& scope)
      : build_(build), system_(build.system), scope_(scope), tree_(*scope.tree) {}

  void run() {
    const Service service = find_service(build_, scope_);
    if (tree_.loop) loop(service);
    else servers(service);
    for (std::size_t i = 0; i < tree_.threads.size(); ++i)
      thread(tree_.threads[i], static_cast<std::uint32_t>(i));
    if (!tree_.inits.empty()) init(tree_.inits.front());
    check_uncalled();
  }

 private:
  const std::string& name() const { return system_.components[scope_.id].name; }

  // What a body does that concerns its whole process.
  void prepare(ProcessBuilder& process, const Block& body) {
    for_each_called_statement(scope_, body, [&](const annotation::Stmt& s) {
      if (s.kind != Kind::Acquire) return;
      process.may_hold_locks = true;
      const auto item = scope_.items.find(s.ref.name.text);
      if (item == scope_.items.end() || item->second.kind != Item::Kind::Lock) return;
      if (system_.locks[{item->second.first}].spin) process.may_be_atomic = true;
    });
  }

  // Rule 3: one process runs all handlers, one at a time.
  void loop(const Service& service) {
    ProcessBuilder process(build_, scope_.id, ir::Process::Kind::Loop, name(), scope_.tree->name.span);
    for (const annotation::Handler& h : tree_.handlers) prepare(process, h.body);
    const ir::LocationId idle = process.location(LocationKind::Resting, tree_.name.span, "idle");
    HandlerBuilder(build_, scope_, process, service, false).serve_all(idle);
    system_.processes.add(process.finish(idle, true));
  }

  // One process per port and one per source with an `on`.
  void servers(const Service& service) {
    std::set<ir::PortId> ports;
    std::set<ir::SignalId> signals;
    for (const ServedHandler& h : service.handlers) {
      if (h.what.kind == Served::Kind::Source) signals.insert(h.what.signal);
      else ports.insert(h.what.port);
    }
    for (const ir::PortId p : ports) {
      const ir::Port port = system_.ports[p];
      server(
          service, port.name, port.span,
          [&](const Served& s) { return s.kind != Served::Kind::Source && s.port == p; }, false,
          [&](HandlerBuilder& b, ir::LocationId idle) { b.serve_port(idle, p); });
    }
    for (const ir::SignalId s : signals) {
      const ir::Signal signal = system_.signals[s];
      const bool irq = signal.kind == ir::Signal::Kind::Irq || signal.kind == ir::Signal::Kind::ArmedIrq;
      server(
          service, signal.name, signal.span,
          [&](const Served& w) { return w.kind == Served::Kind::Source && w.signal == s; }, irq,
          [&](HandlerBuilder& b, ir::LocationId idle) { b.serve_source(idle, s); });
    }
  }

  void server(const Service& service, const std::string& served, source::Span span,
              const std::function<bool(const Served&)>& serves, bool atomic,
              const std::function<void(HandlerBuilder&, ir::LocationId)>& build) {
    ProcessBuilder process(build_, scope_.id, ir::Process::Kind::Server, fmt::format("{}.{}", name(), served),
                           span);
    for (const ServedHandler& h : service.handlers) {
      if (serves(h.what)) prepare(process, h.handler->body);
    }
    process.may_be_atomic = process.may_be_atomic || atomic;
    const ir::LocationId idle = process.location(LocationKind::Resting, span, "idle");
    HandlerBuilder handlers(build_, scope_, process, service, atomic);
    build(handlers, idle);
    system_.processes.add(process.finish(idle, true));
  }

  void thread(const annotation::Thread& t, std::uint32_t row) {
    const bool spawned = t.manual || scope_.spawned.contains(t.name.text);
    ProcessBuilder process(build_, scope_.id, ir::Process::Kind::Thread,
                           fmt::format("{}.{}", name(), t.name.text), t.name.span);
    prepare(process, t.body);
    const ir::LocationId off =
        process.location(LocationKind::Off, t.name.span, spawned ? "not running" : "ended");
    const ir::LocationId last = process.location(LocationKind::Normal, t.body.close, "end of thread");
    std::vector<ir::Op> ops;
    if (process.may_hold_locks) ops.push_back(op(ir::Op::Kind::CheckUnlocked));
    ops.push_back(op(ir::Op::Kind::End));
    process.edge(last, off, {t.body.close, ""}).ops = std::move(ops);
    BodyBuilder body(build_, scope_, process);
    const ir::LocationId first = body.block(t.body, last, {std::nullopt, last}, {});
    if (spawned) process.start_off(off, first);
    ir::Process result = process.finish(first, true);
    result.starts_running = !spawned;
    system_.processes[build_.threads.at({scope_.id, row})] = std::move(result);
  }

  void init(const annotation::Proc& init) {
    ProcessBuilder process(build_, scope_.id, ir::Process::Kind::Init, fmt::format("{}.init", name()),
                           init.name.span);
    const ir::LocationId last = process.location(LocationKind::Resting, init.body.close, "initialised");
    BodyBuilder body(build_, scope_, process);
    system_.processes.add(process.finish(body.block(init.body, last, {std::nullopt, last}, {}), false));
  }

  // A proc that nothing calls is read for its mistakes; its blocks are nobody's.
  void check_uncalled() {
    const auto pools = system_.pools;
    for (const annotation::Proc& p : tree_.procs) {
      if (scope_.called.contains(p.name.text)) continue;
      ProcessBuilder process(build_, scope_.id, ir::Process::Kind::Thread, "", p.name.span);
      const ir::LocationId last = process.location(LocationKind::Normal, p.body.close, "");
      BodyBuilder(build_, scope_, process).block(p.body, last, {std::nullopt, last}, {});
    }
    system_.pools = pools;
  }

  Build& build_;
  ir::System& system_;
  Scope& scope_;
  const annotation::Component& tree_;
};

}  // namespace

void reserve_threads(Build& build, Scope& scope) {
  for (std::size_t i = 0; i < scope.tree->threads.size(); ++i)
    build.threads[{scope.id, static_cast<std::uint32_t>(i)}] = build.system.processes.add({});
}

void lower_component(Build& build, Scope& scope) { ComponentBuilder(build, scope).run(); }

}  // namespace singspin::wiring
