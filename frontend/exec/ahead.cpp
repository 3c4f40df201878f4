#include "frontend/exec/ahead.h"

#include <algorithm>
#include <unordered_map>

#include "frontend/exec/key.h"

namespace singspin::exec {

namespace {

// All configurations in breadth-first order, with the ways that lead to each.
class Space {
 public:
  Space(const ir::Contract& contract, const Scope& scope, const Budget& budget)
      : contract_(contract), scope_(scope), budget_(budget) {}

  // Ends early at the first configuration with `wanted`, which is then the last one that was looked at.
  // False: the budget ran out.
  bool fill(const Configuration& start, const std::function<bool(const Configuration&)>& wanted = {}) {
    add(start, 0, {});
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_.size() > budget_.configurations) return false;
      if (wanted && wanted(nodes_[i].configuration)) {
        found_ = i;
        return true;
      }
      const Configuration c = nodes_[i].configuration;  // a copy: nodes move while steps are added
      for (const Step& step : enabled(contract_, scope_, c)) {
        const std::size_t to = add(apply(contract_, c, step), i, step);
        nodes_[to].before.push_back(static_cast<std::uint32_t>(i));
      }
    }
    return true;
  }

  std::optional<std::size_t> found() const { return found_; }
  std::size_t size() const { return nodes_.size(); }
  const Configuration& operator[](std::size_t i) const { return nodes_[i].configuration; }

  // The first configuration from which no goal can be reached; nullopt: there is none.
  template <class IsGoal>
  std::optional<std::size_t> first_without(IsGoal is_goal) const {
    std::vector<bool> able(nodes_.size());
    std::vector<std::size_t> todo;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (is_goal(nodes_[i].configuration)) able[i] = true, todo.push_back(i);
    }
    while (!todo.empty()) {
      const std::size_t i = todo.back();
      todo.pop_back();
      for (const std::uint32_t before : nodes_[i].before) {
        if (able[before]) continue;
        able[before] = true;
        todo.push_back(before);
      }
    }
    const auto found = std::find(able.begin(), able.end(), false);
    if (found == able.end()) return std::nullopt;
    return static_cast<std::size_t>(found - able.begin());
  }

  Trace trace_to(std::size_t index) const { return run_back(contract_, scope_, nodes_, index); }

 private:
  struct Node {
    Configuration configuration;
    std::size_t parent = 0;
    Step step;
    std::vector<std::uint32_t> before;
  };

  std::size_t add(Configuration c, std::size_t parent, Step step) {
    const auto [at, added] = known_.emplace(key_of(c), nodes_.size());
    if (added) nodes_.push_back({std::move(c), parent, step, {}});
    return at->second;
  }

  const ir::Contract& contract_;
  Scope scope_;
  Budget budget_;
  std::optional<std::size_t> found_;
  std::vector<Node> nodes_;
  std::unordered_map<std::string, std::size_t> known_;
};

bool has_ended(const ir::Contract& contract, const Configuration& c) {
  return contract.states[c.exporter].final && contract.states[c.importer].final && c.to_importer.empty() &&
         c.to_exporter.empty();
}

}  // namespace

Ahead look_ahead(const ir::Contract& contract, const Scope& scope, const Budget& budget) {
  Ahead result;
  Space space(contract, scope, budget);
  const Configuration start = initial(scope);
  result.complete = space.fill(start);
  result.configurations = space.size();
  if (!result.complete) return result;
  if (const auto trap = space.first_without([&](const Configuration& c) { return has_ended(contract, c); }))
    result.cannot_finish = space.trace_to(*trap);
  if (const auto trap = space.first_without([&](const Configuration& c) { return c == start; }))
    result.cannot_return = space.trace_to(*trap);
  return result;
}

std::optional<Trace> shortest_run_to(const ir::Contract& contract, const Scope& scope, const Budget& budget,
                                     const std::function<bool(const Configuration&)>& wanted,
                                     bool& complete) {
  Space space(contract, scope, budget);
  complete = space.fill(initial(scope), wanted);
  if (!space.found()) return std::nullopt;
  return space.trace_to(*space.found());
}

Ending explain_trap(const ir::Contract& contract, const Trace& trace, Ending::Kind kind) {
  Ending ending = explain_ending(contract, trace, Fault::Stuck);
  ending.kind = kind;
  ending.race.clear();
  ending.decisive.reset();
  if (!trace.steps.empty()) ending.decisive = static_cast<std::uint32_t>(trace.steps.size() - 1);
  constexpr std::uint64_t kEnough = 20'000;
  Space space(contract, trace.scope, {kEnough});
  space.fill(trace.last());
  std::vector<bool> seen(contract.states.size());
  for (std::size_t i = 0; i < space.size(); ++i)
    seen[space[i].exporter.value] = seen[space[i].importer.value] = true;
  for (const ir::StateId s : contract.states.ids()) {
    if (seen[s.value] && contract.states[s].kind == ir::State::Kind::Named) ending.ahead.push_back(s);
  }
  return ending;
}

}  // namespace singspin::exec
