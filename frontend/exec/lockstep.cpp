#include "frontend/exec/lockstep.h"

#include <algorithm>

#include "frontend/ir/cycles.h"

namespace singspin::exec {

namespace {

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

// nullopt: a cycle of one direction has no longest chain.
std::optional<Capacity> longest_chains(const ir::Contract& contract, const std::vector<bool>& within) {
  const bool grows = !ir::one_way_cycles(contract, ir::Sign::Send, within).empty() ||
                     !ir::one_way_cycles(contract, ir::Sign::Receive, within).empty();
  if (grows) return std::nullopt;
  return Capacity{longest_chain(contract, ir::Sign::Send, within),
                  longest_chain(contract, ir::Sign::Receive, within)};
}

}  // namespace

std::optional<Lockstep> find_lockstep(const ir::Contract& contract, ir::StateId entry) {
  return find_lockstep(contract, entry, determinize(contract, entry));
}

std::optional<Lockstep> find_lockstep(const ir::Contract& contract, ir::StateId entry,
                                      const std::optional<Determinized>& sets) {
  if (!sets || !sets->autonomous || !sets->equal) return std::nullopt;
  Lockstep result;
  result.states = reached_from(contract, entry);
  for (const ir::Transition& t : contract.transitions)
    result.transitions.push_back(result.states[t.from.value]);
  result.longest = longest_chains(contract, result.states);
  return result;
}

std::optional<Turns> find_turns(const ir::Contract& contract, ir::StateId entry,
                                const std::optional<Determinized>& sets) {
  if (!sets || !sets->autonomous) return std::nullopt;
  return Turns{longest_chains(contract, reached_from(contract, entry))};
}

}  // namespace singspin::exec
