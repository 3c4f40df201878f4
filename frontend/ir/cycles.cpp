#include "frontend/ir/cycles.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace singspin::ir {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Tarjan's strongly connected components over the transitions of one sign, with its own stack, since
// states may be many.
class Components {
 public:
  Components(const Contract& contract, Sign sign, const std::vector<bool>& within)
      : contract_(contract), sign_(sign), within_(within), rows_(contract.states.size()) {
    for (const StateId s : contract.states.ids()) {
      if (within[s.value] && rows_[s.value].index == kNone) search(s);
    }
  }

  // Both states are marked and can reach each other by transitions of the sign.
  bool together(StateId a, StateId b) const {
    return within_[a.value] && within_[b.value] && rows_[a.value].component == rows_[b.value].component;
  }
  std::size_t component(StateId s) const { return rows_[s.value].component; }
  std::size_t count() const { return components_; }

 private:
  struct Row {
    std::size_t index = kNone;
    std::size_t low = 0;
    std::size_t component = kNone;
  };
  struct Visit {
    StateId state;
    std::size_t next = 0;
  };

  void enter(StateId s) {
    rows_[s.value].index = rows_[s.value].low = found_++;
    open_.push_back(s);
    path_.push_back({s});
  }

  void search(StateId root) {
    enter(root);
    while (!path_.empty()) {
      const StateId here = path_.back().state;
      const std::vector<TransitionId>& out = contract_.states[here].out;
      if (path_.back().next == out.size()) {
        leave(here);
        continue;
      }
      const Transition& row = contract_.transitions[out[path_.back().next++]];
      if (row.sign != sign_ || !within_[row.to.value]) continue;
      const Row& to = rows_[row.to.value];
      if (to.index == kNone) enter(row.to);
      else if (to.component == kNone) lower(here, to.index);
    }
  }

  void lower(StateId s, std::size_t index) { rows_[s.value].low = std::min(rows_[s.value].low, index); }

  void leave(StateId here) {
    path_.pop_back();
    if (!path_.empty()) lower(path_.back().state, rows_[here.value].low);
    if (rows_[here.value].low != rows_[here.value].index) return;
    for (bool last = false; !last; open_.pop_back()) {
      rows_[open_.back().value].component = components_;
      last = open_.back() == here;
    }
    ++components_;
  }

  const Contract& contract_;
  Sign sign_;
  const std::vector<bool>& within_;
  std::vector<Row> rows_;
  std::vector<StateId> open_;
  std::vector<Visit> path_;
  std::size_t found_ = 0;
  std::size_t components_ = 0;
};

// A shortest cycle through `home` inside its component; nullopt if there is none.
std::optional<std::vector<TransitionId>> cycle_through(const Contract& contract, Sign sign,
                                                       const Components& components, StateId home,
                                                       std::vector<std::optional<TransitionId>>& into) {
  std::deque<StateId> todo{home};
  while (!todo.empty()) {
    const StateId here = todo.front();
    todo.pop_front();
    for (const TransitionId t : contract.states[here].out) {
      const Transition& row = contract.transitions[t];
      if (row.sign != sign || !components.together(home, row.to) || into[row.to.value]) continue;
      into[row.to.value] = t;
      if (row.to != home) {
        todo.push_back(row.to);
        continue;
      }
      std::vector<TransitionId> cycle{t};
      while (contract.transitions[cycle.back()].from != home)
        cycle.push_back(*into[contract.transitions[cycle.back()].from.value]);
      std::reverse(cycle.begin(), cycle.end());
      return cycle;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::vector<TransitionId>> one_way_cycles(const Contract& contract, Sign sign,
                                                      const std::vector<bool>& within) {
  const Components components(contract, sign, within);
  std::vector<bool> done(components.count());
  std::vector<std::optional<TransitionId>> into(contract.states.size());  // components are disjoint
  std::vector<std::vector<TransitionId>> cycles;
  for (const StateId s : contract.states.ids()) {
    if (!within[s.value] || done[components.component(s)]) continue;
    done[components.component(s)] = true;
    if (auto cycle = cycle_through(contract, sign, components, s, into)) cycles.push_back(std::move(*cycle));
  }
  return cycles;
}

}  // namespace singspin::ir
