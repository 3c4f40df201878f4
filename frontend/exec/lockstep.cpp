#include "frontend/exec/lockstep.h"

#include <algorithm>

#include "frontend/exec/synchronizable.h"
#include "frontend/ir/cycles.h"

namespace singspin::exec {

namespace {

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

// The longest chain of transitions of one sign, which must have no cycle: a state is counted when all
// that follow it are.
class Chains {
 public:
  Chains(const ir::Contract& contract, ir::Sign sign)
      : contract_(contract), sign_(sign), length_(contract.states.size()) {}

  std::uint32_t longest_from(ir::StateId start) {
    std::vector<ir::StateId> path{start};
    while (!path.empty()) {
      const ir::StateId state = path.back();
      if (!push_uncounted(state, path)) {
        length_[state.value] = count(state);
        path.pop_back();
      }
    }
    return *length_[start.value];
  }

 private:
  template <class Visit>
  void for_each_next(ir::StateId state, const Visit& visit) const {
    for (const ir::TransitionId t : contract_.states[state].out) {
      if (contract_.transitions[t].sign == sign_) visit(contract_.transitions[t].to);
    }
  }
  bool push_uncounted(ir::StateId state, std::vector<ir::StateId>& path) const {
    const std::size_t before = path.size();
    for_each_next(state, [&](ir::StateId to) {
      if (!length_[to.value]) path.push_back(to);
    });
    return path.size() > before;
  }
  std::uint32_t count(ir::StateId state) const {
    std::uint32_t most = 0;
    for_each_next(state, [&](ir::StateId to) { most = std::max(most, *length_[to.value] + 1); });
    return most;
  }

  const ir::Contract& contract_;
  ir::Sign sign_;
  std::vector<std::optional<std::uint32_t>> length_;  // by state, once counted
};

std::uint32_t longest_chain(const ir::Contract& contract, ir::Sign sign, const std::vector<bool>& within) {
  Chains chains(contract, sign);
  std::uint32_t longest = 0;
  for (const ir::StateId state : contract.states.ids()) {
    if (within[state.value]) longest = std::max(longest, chains.longest_from(state));
  }
  return longest;
}

}  // namespace

std::optional<Lockstep> find_lockstep(const ir::Contract& contract, ir::StateId entry) {
  Lockstep result;
  result.states = reached_from(contract, entry);
  if (!is_autonomous_and_deterministic(contract, result.states)) return std::nullopt;
  for (const ir::Transition& t : contract.transitions)
    result.transitions.push_back(result.states[t.from.value]);
  const bool grows = !ir::one_way_cycles(contract, ir::Sign::Send, result.states).empty() ||
                     !ir::one_way_cycles(contract, ir::Sign::Receive, result.states).empty();
  if (!grows) {
    result.longest = Capacity{longest_chain(contract, ir::Sign::Send, result.states),
                              longest_chain(contract, ir::Sign::Receive, result.states)};
  }
  return result;
}

}  // namespace singspin::exec
