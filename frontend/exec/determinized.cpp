#include "frontend/exec/determinized.h"

#include <algorithm>
#include <map>
#include <set>

namespace singspin::exec {

namespace {

using Label = std::pair<ir::Sign, ir::MessageId>;
using StateSet = std::vector<ir::StateId>;  // sorted, each once

// A deterministic contract has as many sets as states; others may have exponentially many.
constexpr std::size_t kMostMembers = 200'000;

std::set<Label> labels_of(const ir::Contract& contract, ir::StateId state) {
  std::set<Label> labels;
  for (const ir::TransitionId t : contract.states[state].out)
    labels.insert({contract.transitions[t].sign, contract.transitions[t].message});
  return labels;
}

void judge_set(const ir::Contract& contract, const StateSet& set, Determinized& result) {
  const std::set<Label> first = labels_of(contract, set.front());
  std::set<Label> all = first;
  bool some_final = false, some_not = false;
  for (const ir::StateId state : set) {
    const std::set<Label> labels = set.size() == 1 ? first : labels_of(contract, state);
    result.equal = result.equal && labels == first;
    all.insert(labels.begin(), labels.end());
    (labels.empty() ? some_final : some_not) = true;
  }
  const bool mixes = !all.empty() && all.begin()->first != all.rbegin()->first;
  result.deterministic = result.deterministic && set.size() == 1;
  result.autonomous = result.autonomous && !mixes && !(some_final && some_not);
}

std::map<Label, StateSet> next_sets(const ir::Contract& contract, const StateSet& set) {
  std::map<Label, StateSet> next;
  for (const ir::StateId state : set) {
    for (const ir::TransitionId t : contract.states[state].out) {
      const ir::Transition& row = contract.transitions[t];
      next[{row.sign, row.message}].push_back(row.to);
    }
  }
  for (auto& [label, states] : next) {
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
  }
  return next;
}

}  // namespace

std::optional<Determinized> determinize(const ir::Contract& contract, ir::StateId entry) {
  Determinized result;
  std::set<StateSet> seen{{entry}};
  std::vector<StateSet> todo{{entry}};
  std::size_t members = contract.states.size();
  const std::size_t most = members + kMostMembers;
  while (!todo.empty() && result.autonomous) {
    const StateSet set = std::move(todo.back());
    todo.pop_back();
    judge_set(contract, set, result);
    for (auto& [label, next] : next_sets(contract, set)) {
      if (!seen.insert(next).second) continue;
      members += next.size() > 1 ? next.size() : 0;
      if (members > most) return std::nullopt;
      todo.push_back(std::move(next));
    }
  }
  result.deterministic = result.deterministic && is_deterministic(contract, reached_from(contract, entry));
  return result;
}

std::vector<bool> reached_from(const ir::Contract& contract, ir::StateId entry) {
  std::vector<bool> reached(contract.states.size());
  std::vector<ir::StateId> todo{entry};
  reached[entry.value] = true;
  while (!todo.empty()) {
    const ir::StateId state = todo.back();
    todo.pop_back();
    for (const ir::TransitionId t : contract.states[state].out) {
      const ir::StateId to = contract.transitions[t].to;
      if (reached[to.value]) continue;
      reached[to.value] = true;
      todo.push_back(to);
    }
  }
  return reached;
}

bool is_deterministic(const ir::Contract& contract, const std::vector<bool>& reached) {
  for (const ir::StateId state : contract.states.ids()) {
    if (reached[state.value] && labels_of(contract, state).size() != contract.states[state].out.size())
      return false;
  }
  return true;
}

}  // namespace singspin::exec
