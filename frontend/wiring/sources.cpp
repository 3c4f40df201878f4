#include <fmt/format.h>

#include "frontend/wiring/environment.h"
#include "frontend/wiring/expressions.h"
#include "frontend/wiring/process.h"

namespace singspin::wiring {

using LocationKind = ir::Location::Kind;

namespace {

void add_source(Build& build, Scope& scope, ir::SignalId id, const annotation::Signal& tree) {
  const ir::Signal signal = build.system.signals[id];
  std::vector<ir::Condition> when;
  if (signal.kind == ir::Signal::Kind::Irq) when.push_back(on_signal(ir::Condition::Kind::NoSignal, id));
  if (ir::is_armed_kind(signal.kind)) when.push_back(on_signal(ir::Condition::Kind::Armed, id));
  if (tree.when) {
    const auto guard = lower_condition(build, {&scope, nullptr}, *tree.when);
    if (guard) when.push_back(holds(*guard));
  }
  ProcessBuilder process(build, scope.id, ir::Process::Kind::Source,
                         fmt::format("{}.{} (source)", build.system.components[scope.id].name, signal.name),
                         signal.span);
  const ir::LocationId at = process.location(LocationKind::Resting, signal.span, "waiting to fire");
  // An unplug fires at most once and need not fire at all; a run without it is a run.
  const bool unplug = signal.kind == ir::Signal::Kind::Unplug;
  const ir::LocationId to = unplug ? process.location(LocationKind::Resting, signal.span, "fired") : at;
  ir::Edge& e = process.edge(at, to, {signal.span, signal.name + " fires"});
  e.when = std::move(when);
  e.ops = {op(ir::Op::Kind::Fire)};
  e.ops.back().signal = id;
  e.must_fire = !unplug;
  build.system.processes.add(process.finish(at, false));
}

}  // namespace

// A source that nothing in the text mentions changes nothing that could be seen.
void add_sources(Build& build, Scope& scope) {
  for (const annotation::Signal& s : scope.tree->signals) {
    const Item& item = scope.items[s.name.text];
    const bool event = s.kind == annotation::Signal::Kind::Event || s.kind == annotation::Signal::Kind::Latch;
    if (item.used && !event) add_source(build, scope, {item.first}, s);
    else if (!event && s.when) lower_condition(build, {&scope, nullptr}, *s.when);  // for its mistakes
  }
}

}  // namespace singspin::wiring
