#include "frontend/explore/configuration.h"

#include <algorithm>
#include <string_view>

namespace singspin::explore {
namespace {

void start_data(const ir::System& system, const Layout& layout, std::uint8_t* bytes) {
  for (const ir::ComponentId id : system.components.ids()) {
    std::uint32_t active = 0;
    for (const ir::Process& process : system.processes) {
      active += process.component == id && process.starts_active ? 1 : 0;
    }
    set(bytes, layout.active[id.value], active);
  }
  for (const ir::VariableId id : system.variables.ids()) {
    const ir::Variable& variable = system.variables[id];
    set(bytes, layout.variables[id.value],
        static_cast<std::uint32_t>(std::int64_t{variable.initial} - variable.lowest));
  }
}

}  // namespace

Interpreter::Interpreter(const ir::Program& program, const ir::System& system)
    : program_(&program), system_(&system), layout_(program, system) {
  for (const ir::ProcessId id : system.processes.ids()) {
    if (system.processes[id].kind == ir::Process::Kind::Init) inits_.push_back(id);
  }
}

const ir::Contract& Interpreter::contract(ir::PortId port) const {
  return program_->contracts[system_->channels[system_->ports[port].channel].contract];
}

const ir::Edge& Interpreter::edge(const Step& step) const {
  return system_->processes[step.process].edges[step.edge];
}

ir::PortId Interpreter::peer(ir::PortId port) const {
  const ir::Port& row = system_->ports[port];
  return system_->channels[row.channel].end(ir::other(row.role));
}

Configuration Interpreter::initial() const {
  Configuration configuration{std::vector<std::uint8_t>(layout_.size, 0)};
  std::uint8_t* bytes = configuration.bytes.data();
  for (const ir::ProcessId id : system_->processes.ids()) {
    const ir::Process& process = system_->processes[id];
    set(bytes, layout_.locations[id.value], process.start.value);
    if (process.kind == ir::Process::Kind::Thread) {
      set(bytes, layout_.running[id.value], process.starts_running ? 1 : 0);
    }
  }
  start_data(*system_, layout_, bytes);
  for (const ir::PortId id : system_->ports.ids()) {
    const ir::Port& port = system_->ports[id];
    set(bytes, layout_.nodes[id.value], system_->channels[port.channel].start.value);
    set(bytes, layout_.flags[id.value], port.bound_at_start ? kBound : 0);
  }
  return configuration;
}

std::vector<Step> Interpreter::enabled(const Configuration& configuration) const {
  std::vector<Step> steps;
  std::vector<std::uint8_t> copy;
  for (const ir::ProcessId id : system_->processes.ids()) {
    if (!may_step(configuration.bytes.data(), id)) continue;
    const ir::Process& process = system_->processes[id];
    for (const ir::EdgeId edge : process.locations[location(configuration, id)].out) {
      if (!is_possible(configuration.bytes.data(), id, process.edges[edge])) continue;
      copy = configuration.bytes;
      const Applied applied = apply(copy.data(), id, process.edges[edge], 0, nullptr);
      for (std::uint32_t choice = 0; choice < applied.choices; ++choice) steps.push_back({id, edge, choice});
    }
  }
  return steps;
}

bool Interpreter::is_enabled(const Configuration& configuration, const Step& step) const {
  if (!system_->processes.contains(step.process)) return false;
  const ir::Process& process = system_->processes[step.process];
  if (!process.edges.contains(step.edge)) return false;
  const ir::Edge& taken = process.edges[step.edge];
  const std::uint8_t* bytes = configuration.bytes.data();
  if (taken.from != location(configuration, step.process) || !may_step(bytes, step.process)) return false;
  if (!is_possible(bytes, step.process, taken)) return false;
  std::vector<std::uint8_t> copy = configuration.bytes;
  return step.choice == 0 || step.choice < apply(copy.data(), step.process, taken, 0, nullptr).choices;
}

Outcome Interpreter::apply(const Configuration& configuration, const Step& step) const {
  CHECK(is_enabled(configuration, step), "a step that is taken is enabled");
  Configuration next = configuration;
  Violation violation;
  switch (apply(next.bytes.data(), step.process, edge(step), step.choice, &violation).result) {
    case Result::Next: return next;
    case Result::Violation: return violation;
    case Result::Abandoned: return Abandoned{};
  }
  UNREACHABLE("result is known");
}

bool Interpreter::is_stuck(const Configuration& configuration) const {
  if (!may_stay(configuration)) return false;
  for (const ir::ProcessId id : system_->processes.ids()) {
    if (!is_resting(configuration.bytes.data(), id)) return true;
  }
  return false;
}

bool Interpreter::may_stay(const Configuration& configuration) const {
  for (const ir::ProcessId id : system_->processes.ids()) {
    if (must_move(configuration, id)) return false;
  }
  return true;
}

bool Interpreter::must_move(const Configuration& configuration, ir::ProcessId id) const {
  if (!may_step(configuration.bytes.data(), id)) return false;
  const ir::Process& process = system_->processes[id];
  for (const ir::EdgeId out : process.locations[location(configuration, id)].out) {
    const ir::Edge& candidate = process.edges[out];
    if (candidate.must_fire && is_possible(configuration.bytes.data(), id, candidate)) return true;
  }
  return false;
}

bool Interpreter::is_resting(const Configuration& configuration, ir::ProcessId id) const {
  return is_resting(configuration.bytes.data(), id);
}
bool Interpreter::is_due(const Configuration& configuration, const ir::Obligation& obligation) const {
  return is_due(configuration.bytes.data(), obligation);
}
bool Interpreter::breaks(const Configuration& configuration, const ir::Mapping& mapping) const {
  return breaks(configuration.bytes.data(), mapping);
}
bool Interpreter::has_begun(const Configuration& configuration) const {
  return has_begun(configuration.bytes.data());
}
std::int64_t Interpreter::evaluate(const Configuration& configuration, ir::ExprId expr,
                                   std::optional<ir::ProcessId> process) const {
  return evaluate(configuration.bytes.data(), expr, process);
}
bool Interpreter::holds(const Configuration& configuration, ir::ProcessId process,
                        const ir::Condition& condition) const {
  return holds(configuration.bytes.data(), process, condition);
}

std::optional<Held> Interpreter::held_by_bound(const Configuration& configuration, const Step& step) const {
  Held held;
  if (!held_by_bound(configuration.bytes.data(), step.process, edge(step), &held)) return std::nullopt;
  return held;
}

ir::LocationId Interpreter::location(const Configuration& configuration, ir::ProcessId id) const {
  return {get(configuration.bytes.data(), layout_.locations[id.value])};
}
bool Interpreter::is_running(const Configuration& configuration, ir::ProcessId id) const {
  if (system_->processes[id].kind != ir::Process::Kind::Thread) return true;
  return get(configuration.bytes.data(), layout_.running[id.value]) != 0;
}
std::uint32_t Interpreter::atomic_depth(const Configuration& configuration, ir::ProcessId id) const {
  return get(configuration.bytes.data(), layout_.atomic[id.value]);
}
std::int32_t Interpreter::value(const Configuration& configuration, ir::VariableId id) const {
  const std::int64_t above = get(configuration.bytes.data(), layout_.variables[id.value]);
  return static_cast<std::int32_t>(above + system_->variables[id].lowest);
}
bool Interpreter::is_pending(const Configuration& configuration, ir::SignalId id) const {
  return get(configuration.bytes.data(), layout_.signals[id.value]) & kPending;
}
bool Interpreter::is_armed(const Configuration& configuration, ir::SignalId id) const {
  return get(configuration.bytes.data(), layout_.signals[id.value]) & kArmed;
}
std::optional<ir::ProcessId> Interpreter::holder(const Configuration& configuration, ir::LockId id) const {
  const std::uint32_t holder = get(configuration.bytes.data(), layout_.holders[id.value]);
  if (holder == 0) return std::nullopt;
  return ir::ProcessId{holder - 1};
}
std::optional<std::uint32_t> Interpreter::block(const Configuration& configuration, ir::SlotId id) const {
  const std::uint32_t block = get(configuration.bytes.data(), layout_.slots[id.value]);
  if (block == 0) return std::nullopt;
  return block - 1;
}
Owner Interpreter::owner(const Configuration& configuration, std::uint32_t block) const {
  const std::uint32_t owner = get(configuration.bytes.data(), layout_.owners[block]);
  if (owner == kNobody) return {};
  if (owner == kHardware) return {ir::OwnerKind::Hardware, {}};
  if (owner == kTransit) return {ir::OwnerKind::Transit, {}};
  return {ir::OwnerKind::Component, {owner - kFirstComponent}};
}
std::uint32_t Interpreter::active(const Configuration& configuration, ir::ComponentId id) const {
  return get(configuration.bytes.data(), layout_.active[id.value]);
}
ir::StateId Interpreter::node(const Configuration& configuration, ir::PortId id) const {
  return {get(configuration.bytes.data(), layout_.nodes[id.value])};
}
bool Interpreter::is_closed(const Configuration& configuration, ir::PortId id) const {
  return get(configuration.bytes.data(), layout_.flags[id.value]) & kClosed;
}
bool Interpreter::is_bound(const Configuration& configuration, ir::PortId id) const {
  return get(configuration.bytes.data(), layout_.flags[id.value]) & kBound;
}

std::vector<QueuedMessage> Interpreter::queue(const Configuration& configuration, ir::PortId id) const {
  const QueueLayout& queue = layout_.queues[id.value];
  const std::uint8_t* bytes = configuration.bytes.data();
  std::vector<QueuedMessage> messages;
  for (std::uint32_t cell = 0; cell < get(bytes, queue.length); ++cell) {
    QueuedMessage message{{get(bytes, queue.message(cell))}, {}};
    for (std::uint32_t nth = 0; nth < queue.blocks; ++nth) {
      if (const std::uint32_t block = get(bytes, queue.block(cell, nth))) message.blocks.push_back(block - 1);
    }
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace singspin::explore

std::size_t std::hash<singspin::explore::Configuration>::operator()(
    const singspin::explore::Configuration& c) const noexcept {
  const std::string_view text(reinterpret_cast<const char*>(c.bytes.data()), c.bytes.size());
  return std::hash<std::string_view>{}(text);
}
