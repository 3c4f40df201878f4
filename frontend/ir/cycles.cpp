#include "frontend/ir/cycles.h"

namespace singspin::ir {

namespace {

// Depth-first along one sign, with its own stack, since states may be many: there is a cycle exactly
// if the search meets its own path.
class CycleSearch {
 public:
  CycleSearch(const Contract& contract, Sign sign, const std::vector<bool>& within)
      : contract_(contract), sign_(sign), within_(within), colour_(contract.states.size(), Colour::New) {}

  std::vector<std::vector<TransitionId>> run() {
    for (const StateId root : contract_.states.ids()) {
      if (is_new(root)) search(root);
    }
    return std::move(cycles_);
  }

 private:
  enum class Colour : std::uint8_t { New, OnPath, Done };
  struct Visit {
    StateId state;
    std::size_t next = 0;
  };

  bool is_new(StateId s) const { return within_[s.value] && colour_[s.value] == Colour::New; }

  // At most one cycle a search: the others through the same states say nothing new.
  void search(StateId root) {
    bool found = false;
    enter(root);
    while (!path_.empty()) {
      const std::vector<TransitionId>& out = contract_.states[path_.back().state].out;
      if (path_.back().next == out.size()) {
        leave();
        continue;
      }
      const TransitionId t = out[path_.back().next++];
      const Transition& row = contract_.transitions[t];
      if (row.sign != sign_) continue;
      if (colour_[row.to.value] == Colour::OnPath && !found) {
        close(t);
        found = true;
      }
      if (!is_new(row.to)) continue;
      taken_.push_back(t);
      enter(row.to);
    }
  }

  void enter(StateId s) {
    colour_[s.value] = Colour::OnPath;
    path_.push_back({s});
  }
  void leave() {
    colour_[path_.back().state.value] = Colour::Done;
    path_.pop_back();
    if (!taken_.empty()) taken_.pop_back();
  }
  void close(TransitionId last) {
    std::size_t from = 0;
    while (path_[from].state != contract_.transitions[last].to) ++from;
    std::vector<TransitionId> cycle(taken_.begin() + static_cast<std::ptrdiff_t>(from), taken_.end());
    cycle.push_back(last);
    cycles_.push_back(std::move(cycle));
  }

  const Contract& contract_;
  Sign sign_;
  const std::vector<bool>& within_;
  std::vector<Colour> colour_;
  std::vector<Visit> path_;
  std::vector<TransitionId> taken_;
  std::vector<std::vector<TransitionId>> cycles_;
};

}  // namespace

std::vector<std::vector<TransitionId>> one_way_cycles(const Contract& contract, Sign sign,
                                                      const std::vector<bool>& within) {
  return CycleSearch(contract, sign, within).run();
}

}  // namespace singspin::ir
