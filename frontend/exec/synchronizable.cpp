#include "frontend/exec/synchronizable.h"

#include <algorithm>
#include <deque>
#include <set>

namespace singspin::exec {

namespace {

using Label = std::pair<ir::MessageId, ir::Sign>;
using Product = std::pair<ir::StateId, ir::StateId>;  // exporter, importer
using ProductSet = std::set<Product>;

// Both parties take the label together.
ProductSet rendezvous_step(const ir::Contract& contract, const ProductSet& from, Label label) {
  ProductSet to;
  const auto targets = [&](ir::StateId state) {
    std::vector<ir::StateId> result;
    for (const ir::TransitionId t : contract.states[state].out) {
      const ir::Transition& row = contract.transitions[t];
      if (Label{row.message, row.sign} == label) result.push_back(row.to);
    }
    return result;
  };
  for (const auto& [exporter, importer] : from) {
    for (const ir::StateId e : targets(exporter)) {
      for (const ir::StateId i : targets(importer)) to.insert({e, i});
    }
  }
  return to;
}

bool is_terminated(const ir::Contract& contract, const Configuration& c) {
  return contract.states[c.exporter].final && contract.states[c.importer].final && c.to_importer.empty() &&
         c.to_exporter.empty();
}

bool can_terminate(const ir::Contract& contract, const ProductSet& set) {
  return std::any_of(set.begin(), set.end(), [&](const Product& p) {
    return contract.states[p.first].final && contract.states[p.second].final;
  });
}

}  // namespace

// The rendezvous product is made deterministic on the way; a receive moves only the queue system.
std::optional<bool> is_synchronizable(const ir::Contract& contract, ir::StateId entry, const Budget& budget) {
  const Scope scope{entry, Reading::Free, {1, 1}};
  std::set<std::pair<Configuration, ProductSet>> seen;
  std::deque<std::pair<Configuration, ProductSet>> todo{{initial(scope), {{entry, entry}}}};
  while (!todo.empty()) {
    auto [configuration, product] = std::move(todo.front());
    todo.pop_front();
    if (!seen.insert({configuration, product}).second) continue;
    if (seen.size() > budget.configurations) return std::nullopt;
    if (is_terminated(contract, configuration) && !can_terminate(contract, product)) return false;
    for (const Step& step : enabled(contract, scope, configuration)) {
      const ir::Transition& row = contract.transitions[step.transition];
      ProductSet next =
          is_send(contract, step) ? rendezvous_step(contract, product, {row.message, row.sign}) : product;
      if (next.empty()) return false;
      todo.push_back({apply(contract, configuration, step), std::move(next)});
    }
  }
  return true;
}

bool is_autonomous_and_deterministic(const ir::Contract& contract, const std::vector<bool>& reached) {
  for (const ir::StateId id : contract.states.ids()) {
    const ir::State& state = contract.states[id];
    if (!reached[id.value]) continue;
    if (state.mixed != ir::MixedForm::NotMixed) return false;
    std::set<Label> labels;
    for (const ir::TransitionId t : state.out) {
      if (!labels.insert({contract.transitions[t].message, contract.transitions[t].sign}).second)
        return false;
    }
  }
  return true;
}

}  // namespace singspin::exec
