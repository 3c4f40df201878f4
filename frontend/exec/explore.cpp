#include "frontend/exec/explore.h"

#include <algorithm>
#include <unordered_map>

#include "frontend/exec/ahead.h"
#include "frontend/exec/key.h"
#include "frontend/ir/cycles.h"

namespace singspin::exec {

namespace {

class Explorer {
 public:
  Explorer(const ir::Contract& contract, const Scope& scope, const Budget& budget)
      : contract_(contract), scope_(scope), budget_(budget) {
    result_.sent.resize(contract.transitions.size());
    result_.received.resize(contract.transitions.size());
    result_.exporter_at.resize(contract.states.size());
    result_.importer_at.resize(contract.states.size());
  }

  Exploration run() {
    add(initial(scope_), 0, {});
    std::size_t next = 0;
    for (; next < nodes_.size() && nodes_.size() <= budget_.configurations; ++next) visit(next);
    result_.complete = next == nodes_.size();
    result_.configurations = nodes_.size();
    return std::move(result_);
  }

 private:
  struct Node {
    Configuration configuration;
    std::size_t parent;
    Step step;
  };

  void add(Configuration c, std::size_t parent, Step step) {
    if (!known_.emplace(key_of(c), nodes_.size()).second) return;
    result_.longest_to_importer = std::max<std::uint32_t>(result_.longest_to_importer, c.to_importer.size());
    result_.longest_to_exporter = std::max<std::uint32_t>(result_.longest_to_exporter, c.to_exporter.size());
    result_.exporter_at[c.exporter.value] = true;
    result_.importer_at[c.importer.value] = true;
    nodes_.push_back({std::move(c), parent, step});
  }

  void visit(std::size_t index) {
    const Configuration c = nodes_[index].configuration;  // a copy: nodes move while steps are added
    note_faults(index, c);
    result_.cut = result_.cut || is_cut(contract_, scope_, c);
    result_.both_queues_used = result_.both_queues_used || (!c.to_importer.empty() && !c.to_exporter.empty());
    result_.unreceivable_head_at_mixed =
        result_.unreceivable_head_at_mixed || has_unreceivable_head_at_mixed(contract_, c);
    for (const Step& step : enabled(contract_, scope_, c)) {
      ++result_.transitions;
      (is_send(contract_, step) ? result_.sent : result_.received)[step.transition.value] = true;
      add(apply(contract_, c, step), index, step);
    }
  }

  void note_faults(std::size_t index, const Configuration& c) {
    for (const Fault fault : kFaults) {
      if (!has_fault(contract_, scope_, c, fault)) continue;
      if (fault == Fault::Stuck) ++result_.stuck;
      auto& first = result_.faults[static_cast<std::size_t>(fault)];
      if (!first) first = trace_to(index);
    }
    if (!result_.deadlock && is_deadlock(contract_, scope_, c)) result_.deadlock = trace_to(index);
  }

  Trace trace_to(std::size_t index) const { return run_back(contract_, scope_, nodes_, index); }

  const ir::Contract& contract_;
  const Scope& scope_;
  const Budget& budget_;
  Exploration result_;
  std::vector<Node> nodes_;
  std::unordered_map<std::string, std::size_t> known_;
};

}  // namespace

Exploration explore(const ir::Contract& contract, const Scope& scope, const Budget& budget) {
  return Explorer(contract, scope, budget).run();
}

namespace {

bool has_reached_send_cycle(const ir::Contract& contract, const Exploration& found) {
  return find_send_cycle(contract, ir::Role::Exporter, found.exporter_at) ||
         find_send_cycle(contract, ir::Role::Importer, found.importer_at);
}

}  // namespace

CapacitySearch find_capacity(const ir::Contract& contract, const Scope& scope, const Budget& budget) {
  // Section 8.5: K = 1, 2, 4, 8 and only if still undecided on to 16, 32, 64. A cycle of sends that
  // is really reached decides at 8: nothing larger would be exact.
  constexpr std::uint32_t kDecided = 8;
  constexpr std::uint32_t kLast = 64;
  std::optional<CapacitySearch> largest;  // the largest capacity searched completely
  for (std::uint32_t k = 1; k <= kLast; k *= 2) {
    Scope bounded = scope;
    bounded.capacity = {k, k};
    CapacitySearch search{false, bounded.capacity, explore(contract, bounded, budget)};
    const Exploration& found = search.exploration;
    if (!found.complete) return largest ? std::move(*largest) : std::move(search);
    if (!found.cut) {
      search.exact = true;
      search.capacity = {std::max(found.longest_to_importer, 1u), std::max(found.longest_to_exporter, 1u)};
      return search;
    }
    const bool grows = k >= kDecided && has_reached_send_cycle(contract, found);
    largest = std::move(search);
    if (grows) break;
  }
  return std::move(*largest);
}

std::optional<SendCycle> find_send_cycle(const ir::Contract& contract, ir::Role role,
                                         const std::vector<bool>& reached) {
  const auto sign = role == ir::Role::Exporter ? ir::Sign::Send : ir::Sign::Receive;
  auto cycles = ir::one_way_cycles(contract, sign, reached);
  if (cycles.empty()) return std::nullopt;
  return SendCycle{role, std::move(cycles.front())};
}

std::optional<Trace> run_around(const ir::Contract& contract, const Scope& scope, const SendCycle& cycle,
                                const Budget& budget) {
  std::vector<bool> on_cycle(contract.states.size());
  for (const ir::TransitionId t : cycle.transitions) on_cycle[contract.transitions[t].from.value] = true;
  bool complete = false;
  const auto is_on_cycle = [&](const Configuration& c) { return on_cycle[c.state(cycle.role).value]; };
  const std::optional<Trace> way = shortest_run_to(contract, scope, budget, is_on_cycle, complete);
  if (!way) return std::nullopt;
  std::vector<Step> steps = way->steps;
  std::vector<ir::TransitionId> round = cycle.transitions;
  const ir::StateId at = way->last().state(cycle.role);
  const auto first = std::find_if(round.begin(), round.end(),
                                  [&](ir::TransitionId t) { return contract.transitions[t].from == at; });
  std::rotate(round.begin(), first, round.end());
  for (const ir::TransitionId t : round) steps.push_back({cycle.role, t});
  auto trace = execute(contract, scope, steps);
  // In the priority reading the inbox may forbid the sends of the round.
  return trace ? std::optional(std::move(*trace)) : std::nullopt;
}

}  // namespace singspin::exec
