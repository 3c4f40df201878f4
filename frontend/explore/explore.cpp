#include "frontend/explore/explore.h"

#include <algorithm>

namespace singspin::explore {
namespace {

constexpr std::uint64_t kPollEvery = 2048;  // expanded configurations between two questions

std::size_t index_of(ir::SystemProperty property) { return static_cast<std::size_t>(property); }

bool may_wait_for_bound(const ir::Edge& edge) {
  const auto is_bound = [](const ir::Condition& condition) { return ir::is_bound(condition.kind); };
  const auto sends = [](const ir::Op& op) { return op.kind == ir::Op::Kind::Send; };
  return std::any_of(edge.when.begin(), edge.when.end(), is_bound) ||
         std::any_of(edge.ops.begin(), edge.ops.end(), sends);
}

}  // namespace

class Explorer {
 public:
  Explorer(const Interpreter& interpreter, const Limits& limits);
  Exploration run();

 private:
  bool may_go_on();
  void found(Node node, const std::uint8_t* bytes);
  void expand(Node node);
  void expand(Node node, ir::ProcessId process);
  void take(Node node, const Step& step, const ir::Edge& edge);
  std::uint32_t take_one(Node node, const Step& step, const ir::Edge& edge);
  void note_waits(const Held& held);
  void judge(Node node);

  const Interpreter& in_;
  const ir::System& system_;
  const Limits& limits_;
  Exploration out_;
  std::vector<ir::ProcessId> processes_;
  std::vector<std::vector<bool>> bounded_;  // by process and edge: it may wait for a bound
  std::vector<std::uint8_t> here_, next_;
  std::uint8_t flags_ = 0;
  bool must_move_ = false;
};

Explorer::Explorer(const Interpreter& interpreter, const Limits& limits)
    : in_(interpreter), system_(interpreter.system()), limits_(limits), out_(interpreter) {
  here_.resize(in_.layout().size);
  next_.resize(in_.layout().size);
  out_.longest.resize(system_.ports.size());
  out_.waited_for_room.resize(system_.ports.size());
  out_.waited_for_block.resize(system_.pools.size());
  processes_ = system_.processes.ids();
  for (const ir::Process& process : system_.processes) {
    out_.taken.emplace_back(process.edges.size());
    std::vector<bool>& bounded = bounded_.emplace_back();
    for (const ir::Edge& edge : process.edges) bounded.push_back(may_wait_for_bound(edge));
  }
  out_.mappings.resize(system_.mappings.size());
  out_.checks.resize(system_.checks.size());
}

bool Explorer::may_go_on() {
  const auto stop = [&](exec::Reason reason) {
    out_.stopped_by = reason;
    return false;
  };
  if (out_.graph.size() > limits_.configurations) return stop(exec::Reason::MemoryLimit);
  if (out_.graph.expanded() % kPollEvery != 0) return true;
  // Node numbers and places have 32 bits.
  const bool full = out_.graph.size() > 0xf0000000u || out_.graph.memory() > limits_.memory_bytes;
  if (full || out_.graph.store_.memory() > (std::uint64_t{15} << 30)) return stop(exec::Reason::MemoryLimit);
  if (limits_.stop) {
    if (const auto reason = limits_.stop()) return stop(*reason);
  }
  return true;
}

// A configuration is seen for the first time: what the predicates say about it.
void Explorer::found(Node node, const std::uint8_t* bytes) {
  for (std::size_t i = 0; i < system_.mappings.size(); ++i) {
    if (out_.mappings[i] || !in_.breaks(bytes, system_.mappings[i])) continue;
    out_.mappings[i] = Place{node, {}};
    auto& place = out_.places[index_of(ir::SystemProperty::StateMapping)];
    if (!place) place = Place{node, {}};
  }
  for (std::size_t i = 0; i < system_.checks.size(); ++i) {
    const ir::Check& check = system_.checks[i];
    using Kind = ir::Check::Kind;
    if (out_.checks[i] || check.kind == Kind::LeadsTo || check.kind == Kind::Progress) continue;
    const bool holds = in_.evaluate(bytes, check.first, {}) != 0;
    if (holds == (check.kind != Kind::Always)) out_.checks[i] = Place{node, {}};
  }
  for (std::uint32_t port = 0; port < out_.longest.size(); ++port) {
    out_.longest[port] = std::max(out_.longest[port], get(bytes, in_.layout().queues[port].length));
  }
}

void Explorer::note_waits(const Held& held) {
  if (held.room) out_.waited_for_room[held.room->value] = true;
  if (held.pool) out_.waited_for_block[held.pool->value] = true;
}

// Takes one choice of a step; how many choices there are.
std::uint32_t Explorer::take_one(Node node, const Step& step, const ir::Edge& edge) {
  std::memcpy(next_.data(), here_.data(), here_.size());
  Violation violation;
  const auto applied = in_.apply(next_.data(), step.process, edge, step.choice, &violation);
  ++out_.transitions;
  if (applied.result == Interpreter::Result::Next) {
    const Store::Added added = out_.graph.store_.add(next_.data());
    const std::uint32_t move = out_.graph.move(step);
    out_.graph.arcs_.push_back({added.node, move});
    if (added.fresh) {
      out_.graph.parents_.push_back(node);
      out_.graph.parent_moves_.push_back(move);
      found(added.node, next_.data());
    }
    return applied.choices;
  }
  if (applied.result == Interpreter::Result::Abandoned) {
    flags_ |= Graph::kAbandoned;
    return applied.choices;
  }
  flags_ |= Graph::kViolating;
  auto& place = out_.places[index_of(violation.property)];
  if (!place) place = Place{node, step};
  return applied.choices;
}

void Explorer::take(Node node, const Step& step, const ir::Edge& edge) {
  out_.taken[step.process.value][step.edge.value] = true;
  must_move_ |= edge.must_fire;
  const std::uint32_t choices = take_one(node, step, edge);
  for (std::uint32_t choice = 1; choice < choices; ++choice) {
    take_one(node, {step.process, step.edge, choice}, edge);
  }
}

void Explorer::expand(Node node, ir::ProcessId id) {
  const ir::Process& process = system_.processes[id];
  const ir::LocationId location{get(here_.data(), in_.layout().locations[id.value])};
  for (const ir::EdgeId out : process.locations[location].out) {
    const ir::Edge& edge = process.edges[out];
    if (in_.is_possible(here_.data(), id, edge)) {
      take(node, {id, out, 0}, edge);
      continue;
    }
    Held held;
    if (bounded_[id.value][out.value] && in_.held_by_bound(here_.data(), id, edge, &held)) note_waits(held);
  }
}

void Explorer::expand(Node node) {
  out_.graph.read(node, here_.data());
  flags_ = 0;
  must_move_ = false;
  const bool begun = in_.has_begun(here_.data());
  for (const ir::ProcessId id : processes_) {
    if (begun || system_.processes[id].kind == ir::Process::Kind::Init) expand(node, id);
  }
  if (!must_move_) judge(node);
  out_.graph.flags_.push_back(flags_);
  out_.graph.first_arcs_.push_back(out_.graph.arcs_.size());
}

// Nobody has to go on: fine if everybody rests.
void Explorer::judge(Node node) {
  flags_ |= Graph::kMayStay;
  const auto rests = [&](ir::ProcessId id) { return in_.is_resting(here_.data(), id); };
  if (std::all_of(processes_.begin(), processes_.end(), rests)) return;
  flags_ |= Graph::kStuck;
  auto& place = out_.places[index_of(ir::SystemProperty::DeadlockFree)];
  if (!place) place = Place{node, {}};
}

Exploration Explorer::run() {
  const Configuration initial = in_.initial();
  out_.graph.store_.add(initial.bytes.data());
  out_.graph.parents_.push_back(0);
  out_.graph.parent_moves_.push_back(0);
  found(0, initial.bytes.data());
  Node level_end = 1;
  for (Node node = 0; node < out_.graph.size(); ++node) {
    if (!may_go_on()) return std::move(out_);
    if (node == level_end) {
      ++out_.depth;
      level_end = out_.graph.size();
    }
    expand(node);
  }
  out_.complete = true;
  return std::move(out_);
}

Graph::Graph(const Interpreter& interpreter) : interpreter_(&interpreter), store_(interpreter.layout()) {
  first_arcs_.push_back(0);
  for (const ir::ProcessId id : interpreter.system().processes.ids()) {
    first_moves_.push_back(static_cast<std::uint32_t>(moves_.size()));
    for (const ir::EdgeId edge : interpreter.system().processes[id].edges.ids())
      moves_.push_back({id, edge, 0});
  }
}

std::uint32_t Graph::move(const Step& step) {
  if (step.choice == 0) return first_moves_[step.process.value] + step.edge.value;
  const auto known = std::find(moves_.begin() + first_moves_.back(), moves_.end(), step);
  if (known != moves_.end()) return static_cast<std::uint32_t>(known - moves_.begin());
  moves_.push_back(step);
  return static_cast<std::uint32_t>(moves_.size() - 1);
}

Step Graph::step(std::uint32_t move) const { return moves_[move]; }

Configuration Graph::configuration(Node node) const {
  Configuration configuration{std::vector<std::uint8_t>(interpreter_->layout().size)};
  read(node, configuration.bytes.data());
  return configuration;
}

std::vector<Step> Graph::path_to(Node node) const {
  std::vector<Step> steps;
  for (; node != 0; node = parents_[node]) steps.push_back(step(parent_moves_[node]));
  std::reverse(steps.begin(), steps.end());
  return steps;
}

std::uint64_t Graph::memory() const {
  return store_.memory() + first_arcs_.memory() + arcs_.memory() + parents_.memory() +
         parent_moves_.memory() + flags_.memory();
}

Exploration explore(const Interpreter& interpreter, const Limits& limits) {
  return Explorer(interpreter, limits).run();
}

Run run_to(const Graph& graph, const Place& place) {
  std::vector<Step> steps = graph.path_to(place.node);
  if (place.last) steps.push_back(*place.last);
  auto run = execute(graph.interpreter(), steps);
  CHECK(run, "a run of the explorer is a run of the interpreter");
  return std::move(*run);
}

}  // namespace singspin::explore
