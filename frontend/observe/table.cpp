#include "frontend/observe/table.h"

#include <algorithm>
#include <map>

namespace singspin::observe {

namespace {

using Set = std::vector<ir::StateId>;  // sorted, without repetition

std::string words(const ir::Contract& contract, const Set& states) {
  std::string text;
  for (const ir::StateId s : states)
    text += (text.empty() ? "" : " or ") + ir::state_words(contract.states[s]);
  return text;
}

class Builder {
 public:
  Builder(const ir::Contract& contract, ir::Role role, std::size_t limit)
      : contract_(contract), role_(role), limit_(limit) {
    table_.role = role;
    table_.messages = contract.messages.size();
  }

  std::optional<Table> run(ir::StateId start) {
    add({start});
    for (std::uint32_t node = 0; node < sets_.size(); ++node) {
      if (sets_.size() > limit_) return std::nullopt;
      follow(node);
    }
    return std::move(table_);
  }

 private:
  std::uint32_t add(Set states) {
    const auto [at, is_new] = known_.try_emplace(states, static_cast<std::uint32_t>(sets_.size()));
    if (!is_new) return at->second;
    table_.names.push_back(words(contract_, states));
    table_.next_.resize(table_.next_.size() + table_.messages * 2, Table::kNone);
    sets_.push_back(std::move(states));
    return at->second;
  }

  void follow(std::uint32_t node) {
    std::map<std::pair<std::uint32_t, Action>, Set> targets;
    for (const ir::StateId s : sets_[node]) {
      for (const ir::TransitionId id : contract_.states[s].out) {
        const ir::Transition& t = contract_.transitions[id];
        const Action action = ir::sender(t.sign) == role_ ? Action::Send : Action::Receive;
        targets[{t.message.value, action}].push_back(t.to);
      }
    }
    for (auto& [event, to] : targets) {
      std::sort(to.begin(), to.end(), [](ir::StateId a, ir::StateId b) { return a.value < b.value; });
      to.erase(std::unique(to.begin(), to.end()), to.end());
      const std::uint32_t target = add(std::move(to));
      table_.next_[(node * table_.messages + event.first) * 2 + static_cast<std::size_t>(event.second)] =
          target;
    }
  }

  const ir::Contract& contract_;
  ir::Role role_;
  std::size_t limit_;
  Table table_;
  std::vector<Set> sets_;
  struct Less {
    bool operator()(const Set& a, const Set& b) const {
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                          [](ir::StateId x, ir::StateId y) { return x.value < y.value; });
    }
  };
  std::map<Set, std::uint32_t, Less> known_;
};

}  // namespace

std::vector<Event> Table::allowed(std::uint32_t node) const {
  std::vector<Event> all;
  for (std::uint32_t m = 0; m < messages; ++m) {
    for (const Action a : {Action::Send, Action::Receive}) {
      const Event e{a, ir::MessageId{m}};
      if (next(node, e) != kNone) all.push_back(e);
    }
  }
  return all;
}

std::optional<Table> make_table(const ir::Contract& contract, ir::StateId start, ir::Role role,
                                std::size_t limit) {
  return Builder(contract, role, limit).run(start);
}

}  // namespace singspin::observe
