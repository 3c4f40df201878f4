#include "frontend/repair/repair.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/repair/plan.h"

namespace singspin::repair {

namespace {

bool lists(const ir::Contract& c, ir::StateId state, const ir::Transition& wanted) {
  return std::ranges::any_of(c.states[state].out, [&](ir::TransitionId t) {
    return c.transitions[t].message == wanted.message && c.transitions[t].sign == wanted.sign;
  });
}

bool is_unresolved(const ir::Contract& c, const ir::State& state) {
  for (const ir::TransitionId a : state.out) {
    for (const ir::TransitionId b : state.out) {
      const ir::Transition &own = c.transitions[a], &crossing = c.transitions[b];
      if (own.sign != crossing.sign && !lists(c, own.to, crossing)) return true;
    }
  }
  return false;
}

const syntax::State* tree_of(const Subject& subject, ir::StateId id) {
  const ir::State& state = subject.machine.states[id];
  for (const syntax::State& s : subject.tree.states) {
    if (s.name.text == state.id) return &s;
  }
  return nullptr;
}

std::string places(const Subject& subject, const std::vector<ir::StateId>& states) {
  std::string words;
  for (std::size_t i = 0; i < states.size(); ++i)
    words += (i == 0 ? "" : i + 1 == states.size() ? " and " : ", ") + subject.machine.states[states[i]].id;
  return words;
}

std::string title(const Strategy& strategy, const std::string& where) {
  const std::string_view leader = ir::role_text(strategy.leader);
  const std::string_view other = ir::role_text(ir::other(strategy.leader));
  switch (strategy.kind) {
    case Strategy::Kind::Accept:
      return fmt::format("accept at both ends what crosses in {}{}; what the {} sent counts", where,
                         strategy.acknowledge == Strategy::Acknowledge::Nothing ? "" : ", and acknowledge it",
                         leader);
    case Strategy::Kind::Ask:
      return fmt::format("let only the {} start something in {}: it asks what the {} has to say", leader,
                         where, other);
    case Strategy::Kind::Remove:
      return fmt::format("let only the {} start something in {}: take out what the {} starts", leader, where,
                         other);
  }
  UNREACHABLE("kind is known");
}

std::size_t size_of(const std::vector<diagnostics::Edit>& edits) {
  std::size_t size = 0;
  for (const diagnostics::Edit& e : edits) size += e.new_text.size() + (e.span.end - e.span.begin);
  return size;
}

std::vector<Strategy> strategies() {
  std::vector<Strategy> all;
  for (const ir::Role leader : {ir::Role::Importer, ir::Role::Exporter}) {
    using Acknowledge = Strategy::Acknowledge;
    for (const Acknowledge a : {Acknowledge::Nothing, Acknowledge::Ends, Acknowledge::Targets})
      all.push_back({Strategy::Kind::Accept, leader, a});
    all.push_back({Strategy::Kind::Remove, leader, {}});
    all.push_back({Strategy::Kind::Ask, leader, {}});
  }
  return all;
}

bool has_same_edits(const Candidate& a, const Candidate& b) {
  return std::ranges::equal(a.fix.edits, b.fix.edits, [](const auto& x, const auto& y) {
    return x.span == y.span && x.new_text == y.new_text;
  });
}

}  // namespace

std::vector<ir::StateId> unresolved_states(const ir::Contract& machine) {
  std::vector<ir::StateId> states;
  for (const ir::StateId id : machine.states.ids()) {
    const ir::State& state = machine.states[id];
    if (state.kind == ir::State::Kind::Named && is_unresolved(machine, state)) states.push_back(id);
  }
  return states;
}

Editable editable(const Subject& subject, ir::StateId id) {
  const syntax::State* state = tree_of(subject, id);
  if (state == nullptr) return Editable::Inherited;
  if (state->is_override) return Editable::Inherited;
  const bool plain = state->form == syntax::State::Form::One && !state->old_style &&
                     state->sequences.size() == subject.machine.states[id].out.size();
  if (!plain) return Editable::Unusual;
  const bool readable = std::ranges::all_of(state->sequences, [&](const syntax::Sequence& s) {
    return read_alternative(subject.sources, s).has_value();
  });
  return readable ? Editable::Yes : Editable::Unusual;
}

std::vector<Candidate> candidates(const Subject& subject, const std::vector<ir::StateId>& states) {
  std::vector<Candidate> all;
  for (const Strategy& strategy : strategies()) {
    Plan plan(subject);
    const bool done = std::ranges::all_of(states, [&](ir::StateId id) {
      const syntax::State* state = tree_of(subject, id);
      return state != nullptr && plan.repair(*state, strategy);
    });
    if (!done) continue;
    auto edits = plan.finish();
    if (!edits || edits->empty()) continue;
    Candidate one{{title(strategy, places(subject, states)), std::move(*edits), false},
                  strategy.kind == Strategy::Kind::Remove,
                  0};
    one.size = size_of(one.fix.edits);
    const bool known = std::ranges::any_of(all, [&](const Candidate& c) { return has_same_edits(c, one); });
    if (!known) all.push_back(std::move(one));
  }
  std::stable_sort(all.begin(), all.end());
  return all;
}

}  // namespace singspin::repair
