#include "frontend/sema/fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>

#include "frontend/sema/residual.h"

namespace singspin::sema {

namespace {

constexpr std::size_t kLongestPath = 400;  // bytes of the id of an implicit state

using Messages = std::unordered_map<std::string_view, ir::MessageId>;

class Folder {
 public:
  Folder(const Resolved& contract, const Messages& messages, const Starts& starts)
      : contract_(contract), messages_(messages), starts_(starts), unfolder_(contract) {}

  // Breadth first from the initial state, then from each remaining named state. A state that is
  // only called has no node of its own: its actions stand at every call.
  Folded run() {
    explore(0);
    const std::size_t from_start = residuals_.size();
    std::set<std::size_t> led_to;  // what the initial state leads to without a node of its own
    for (const auto& [state, inlined] : inlined_) led_to.insert(state);
    for (std::size_t i = 1; i < contract_.states().size() && within_limits(); ++i) {
      const auto known = ids_.find(unfolder_.state(i));
      const bool reached = known != ids_.end() && known->second.value < from_start;
      const bool entry = !reached && (starts_.created.contains(i) ||
                                      (starts_.travelling.contains(i) && !led_to.contains(i)));
      if (!entry && inlined_.contains(i)) continue;
      const ir::StateId at = explore(i);
      if (entry) result_.entries.emplace(i, at);
    }
    result_.complete = within_limits();
    result_.passed_too_many = unfolder_.passed_too_many();
    result_.start = ir::StateId{0};
    for (auto& [state, inlined] : inlined_) {
      inlined.name = contract_.states()[state].name;
      inlined.span = contract_.states()[state].span;
      result_.inlined.push_back(std::move(inlined));
    }
    if (result_.complete) sort_by_source();
    return std::move(result_);
  }

 private:
  // The node of a named state with nothing pending, after all that it leads to was found.
  ir::StateId explore(std::size_t state) {
    const ir::StateId at = node(unfolder_.state(state), {}, {}, contract_.states()[state].span);
    while (next_ < residuals_.size() && within_limits())
      expand_node(ir::StateId{static_cast<std::uint32_t>(next_++)});
    return at;
  }

  bool within_limits() const {
    return !unfolder_.too_deep() && residuals_.size() <= kMaxStates && weight_ <= kMaxWeight;
  }

  void expand_node(ir::StateId from) {
    // A copy: new nodes move the residuals.
    const Residual residual = residuals_[from.value];
    for (NextAction& action : unfolder_.next(residual)) {
      const ir::StateId to = node(std::move(action.after), from, action.action.message, action.action.span);
      const ir::TransitionId t = result_.transitions.add(
          {from, to, messages_.at(action.action.message), action.action.sign, action.action.span});
      result_.states[from].out.push_back(t);
      for (const std::size_t passed : action.passed) inlined_[passed].via.push_back(t);
    }
    for (const std::size_t entered : unfolder_.entered()) {
      const bool itself = residual == unfolder_.state(entered);
      if (!itself) inlined_[entered].at.push_back(from);
    }
    result_.states[from].final = result_.states[from].out.empty();
    set_mixed_form(result_.states[from]);
  }

  void set_mixed_form(ir::State& state) const {
    if (state.out.empty()) return;
    const auto sign = [&](ir::TransitionId t) { return result_.transitions[t].sign; };
    const ir::Sign first = sign(state.out.front());
    const bool mixed =
        std::any_of(state.out.begin(), state.out.end(), [&](ir::TransitionId t) { return sign(t) != first; });
    if (mixed)
      state.mixed = first == ir::Sign::Receive ? ir::MixedForm::ReceivesFirst : ir::MixedForm::SendsFirst;
  }

  ir::StateId node(Residual residual, std::optional<ir::StateId> from, std::string_view message,
                   source::Span span) {
    const auto next_id = ir::StateId{static_cast<std::uint32_t>(residuals_.size())};
    const auto [at, added] = ids_.emplace(residual, next_id);
    if (!added) return at->second;
    result_.states.add(describe(residual, from, message, span));
    weight_ += weight(residual);
    residuals_.push_back(std::move(residual));
    return next_id;
  }

  ir::State describe(const Residual& residual, std::optional<ir::StateId> from, std::string_view message,
                     source::Span span) {
    ir::State state;
    state.span = span;
    state.interleaved = std::any_of(residual.begin(), residual.end(), [&](const Frame& f) {
      return f.kind == Frame::Kind::All ||
             (f.kind == Frame::Kind::State && &f == &residual.back() && contract_.states()[f.index].all);
    });
    if (residual.size() == 1 && residual.back().kind == Frame::Kind::State) {
      const ResolvedState& named = contract_.states()[residual.back().index];
      state.id = unique(std::string(named.name));
      state.span = named.span;
      return state;
    }
    state.kind = ir::State::Kind::Implicit;
    if (residual.empty()) {
      state.id = "<end>";
      return state;
    }
    state.after = message;
    if (std::all_of(residual.begin(), residual.end(),
                    [](const Frame& f) { return f.kind == Frame::Kind::State; })) {
      state.parent = contract_.states()[residual.back().index].name;
      for (auto f = residual.rbegin(); f != residual.rend(); ++f) {
        state.id += fmt::format("{}{}", state.id.empty() ? "" : ">", contract_.states()[f->index].name);
      }
    } else {
      const ir::State& origin = result_.states[*from];
      state.parent = origin.kind == ir::State::Kind::Named ? origin.id : origin.parent;
      // The path to a state names it as long as people could read it; ids of all states stay linear.
      const bool readable = origin.id.size() <= kLongestPath;
      state.id = fmt::format("{}/{}", readable ? origin.id : state.parent + "/...", message);
    }
    state.id = unique(std::move(state.id));
    return state;
  }

  // `X`, then `X#2`, `X#3` in the order of discovery.
  std::string unique(std::string id) {
    const std::size_t uses = ++uses_[id];
    return uses == 1 ? id : fmt::format("{}#{}", id, uses);
  }

  // Rows in source order, the order of reports; ids stay stable when the search order changes.
  void sort_by_source() {
    const auto new_state = order<ir::StateId>(result_.states);
    const auto new_transition = order<ir::TransitionId>(result_.transitions);
    base::Table<ir::StateId, ir::State> states = permuted(result_.states, new_state);
    base::Table<ir::TransitionId, ir::Transition> transitions = permuted(result_.transitions, new_transition);
    for (ir::State& s : states) {
      for (ir::TransitionId& t : s.out) t = new_transition[t.value];
    }
    for (ir::Transition& t : transitions) {
      t.from = new_state[t.from.value];
      t.to = new_state[t.to.value];
    }
    for (ir::InlinedState& inlined : result_.inlined) {
      for (ir::StateId& s : inlined.at) s = new_state[s.value];
      for (ir::TransitionId& t : inlined.via) t = new_transition[t.value];
    }
    result_.start = new_state[result_.start.value];
    for (auto& [row, s] : result_.entries) s = new_state[s.value];
    result_.states = std::move(states);
    result_.transitions = std::move(transitions);
  }

  // New id of each old row.
  template <class Id, class Row>
  static std::vector<Id> order(const base::Table<Id, Row>& rows) {
    std::vector<Id> sorted = rows.ids();
    std::stable_sort(sorted.begin(), sorted.end(), [&](Id a, Id b) {
      const source::Span x = rows[a].span, y = rows[b].span;
      return std::pair(x.file, x.begin) < std::pair(y.file, y.begin);
    });
    std::vector<Id> new_id(sorted.size());
    for (std::uint32_t i = 0; i < sorted.size(); ++i) new_id[sorted[i].value] = Id{i};
    return new_id;
  }

  template <class Id, class Row>
  static base::Table<Id, Row> permuted(base::Table<Id, Row>& rows, const std::vector<Id>& new_id) {
    std::vector<Id> old_id(new_id.size());
    for (std::uint32_t i = 0; i < new_id.size(); ++i) old_id[new_id[i].value] = Id{i};
    base::Table<Id, Row> result;
    for (const Id id : old_id) result.add(std::move(rows[id]));
    return result;
  }

  const Resolved& contract_;
  const Messages& messages_;
  const Starts& starts_;
  Unfolder unfolder_;
  Folded result_;
  std::map<Residual, ir::StateId> ids_;
  std::vector<Residual> residuals_;  // by state, in the order of discovery
  std::unordered_map<std::string, std::size_t> uses_;
  std::map<std::size_t, ir::InlinedState> inlined_;  // by row of Resolved::states
  std::size_t next_ = 0;
  std::size_t weight_ = 0;
};

}  // namespace

Folded fold(const Resolved& contract, const Messages& messages, const Starts& starts) {
  return Folder(contract, messages, starts).run();
}

}  // namespace singspin::sema
