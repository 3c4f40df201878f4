#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

std::string action_text(const ir::Contract& c, const ir::Transition& t) {
  return fmt::format("{}{}", c.messages[t.message].name, t.sign == ir::Sign::Send ? '!' : '?');
}

void check_determinism(const Context& context, const Machine& machine, ir::StateId id,
                       std::set<source::Span>& reported) {
  if (machine.open[id.value]) return;
  std::map<std::pair<ir::MessageId, ir::Sign>, source::Span> first;
  for (const ir::TransitionId t : machine.ir.states[id].out) {
    const ir::Transition& row = machine.ir.transitions[t];
    const auto [at, added] = first.emplace(std::pair(row.message, row.sign), row.span);
    if (added || !is_own(context, machine.contract, row.span) || !reported.insert(row.span).second) continue;
    auto& d =
        context.report(machine.contract, Code::nondeterministic_choice, row.span,
                       fmt::format("{} offers {} twice: the other end cannot know which one was taken",
                                   ir::state_words(machine.ir.states[id]), action_text(machine.ir, row)),
                       at->second == row.span ? "offered in two ways" : "offered again");
    if (at->second != row.span) d.labels.push_back({at->second, "offered first"});
    weaken_if_unreached(d, machine, id);
  }
}

// S19: the documented forms list all receives first or all sends first.
bool in_documented_order(const ir::Contract& c, const ir::State& state) {
  int changes = 0;
  for (std::size_t i = 1; i < state.out.size(); ++i)
    changes += c.transitions[state.out[i]].sign != c.transitions[state.out[i - 1]].sign;
  return changes <= 1;
}

std::string_view form_words(ir::MixedForm form) {
  return form == ir::MixedForm::ReceivesFirst
             ? "documented form `receives first`: in the priority reading the exporter holds back its sends"
             : "documented form `sends first`: in the priority reading the importer holds back its sends";
}

// Where the choice is made: the state as this contract writes it, if an override adds to a base.
source::Span place(const Context& context, const Machine& machine, const ir::State& state) {
  if (is_own(context, machine.contract, state.span) || state.kind != ir::State::Kind::Named)
    return state.span;
  const auto row = machine.contract.find_state(state.id);
  if (!row) return state.span;
  const std::vector<StatePart>& parts = machine.contract.states()[*row].parts;
  const bool added = !parts.empty() && parts.back().declared_in == machine.contract.declaration;
  return added ? parts.back().state->name.span : state.span;
}

// The points of an interleaving mix for one reason: it is reported once for the state they belong to.
std::string interleaving(const ir::State& state) {
  if (!state.interleaved) return {};
  return state.kind == ir::State::Kind::Named ? state.id : state.parent;
}

bool all_in_order(const Machine& machine, const ir::State& state) {
  if (!state.interleaved) return in_documented_order(machine.ir, state);
  return std::all_of(machine.ir.states.begin(), machine.ir.states.end(), [&](const ir::State& s) {
    return interleaving(s) != interleaving(state) || in_documented_order(machine.ir, s);
  });
}

void note_interleaving(const Machine& machine, ir::StateId id, diagnostics::Diagnostic& d) {
  const ir::State& state = machine.ir.states[id];
  if (!state.interleaved) return;
  const auto points =
      std::count_if(machine.ir.states.begin(), machine.ir.states.end(), [&](const ir::State& s) {
        return s.mixed != ir::MixedForm::NotMixed && interleaving(s) == interleaving(state);
      });
  if (points > 1) d.notes.push_back(fmt::format("so do {} more points of this interleaving", points - 1));
  d.notes.push_back("no priority is documented for `all`; the priority reading treats it like a `one` state");
}

void report_mixed(const Context& context, const Machine& machine, ir::StateId id, source::Span span) {
  const ir::Contract& c = machine.ir;
  const ir::State& state = c.states[id];
  const ir::Transition& first = c.transitions[state.out.front()];
  const auto other = std::find_if(state.out.begin(), state.out.end(),
                                  [&](ir::TransitionId t) { return c.transitions[t].sign != first.sign; });
  auto& d = context.report(
      machine.contract, Code::mixed_choice, span,
      fmt::format("{} offers sends and receives, so messages may cross", ir::state_words(state)),
      "both ends may move first");
  const auto who = [](const ir::Transition& t) {
    return fmt::format("the {} may send", ir::role_text(ir::sender(t.sign)));
  };
  d.labels.push_back({first.span, who(first)});
  d.labels.push_back({c.transitions[*other].span, who(c.transitions[*other])});
  if (span != state.span) d.labels.push_back({state.span, "inherited alternatives count as listed first"});
  if (in_documented_order(c, state)) d.notes.emplace_back(form_words(state.mixed));
  if (!machine.contract.base_missing) {  // else not all targets are known
    for (std::string& note : crossing_notes(c, id)) d.notes.push_back(std::move(note));
  }
  note_interleaving(machine, id, d);
  weaken_if_unreached(d, machine, id);
  if (all_in_order(machine, state)) return;
  auto& order = context.report(
      machine.contract, Code::mixed_order, span,
      fmt::format("{} lists neither all receives first nor all sends first", ir::state_words(state)),
      "no documented order");
  order.notes.push_back(fmt::format("the first alternative decides, as in the {}", form_words(state.mixed)));
  weaken_if_unreached(order, machine, id);
}

void check_mixed(const Context& context, const Machine& machine, ir::StateId id,
                 std::set<source::Span>& reported, std::set<std::string>& interleavings) {
  const ir::State& state = machine.ir.states[id];
  if (state.mixed == ir::MixedForm::NotMixed || machine.open[id.value]) return;
  const bool any_own = std::any_of(state.out.begin(), state.out.end(), [&](ir::TransitionId t) {
    return is_own(context, machine.contract, machine.ir.transitions[t].span);
  });
  const source::Span span = place(context, machine, state);
  if (!any_own || (state.interleaved && !interleavings.insert(interleaving(state)).second)) return;
  if (reported.insert(span).second) report_mixed(context, machine, id, span);
}

}  // namespace

void check_choices(const Context& context, const Machine& machine) {
  std::set<source::Span> nondeterministic, mixed;
  std::set<std::string> interleavings;
  for (const ir::StateId id : reached_first(machine)) {
    check_determinism(context, machine, id, nondeterministic);
    check_mixed(context, machine, id, mixed, interleavings);
  }
}

}  // namespace singspin::sema::rules
