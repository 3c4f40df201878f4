#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/ir/cycles.h"
#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

// A finding in a part that no entry reaches drops to a warning (section 7).
void weaken_if_unreached(diagnostics::Diagnostic& d, const Machine& machine, ir::StateId state) {
  if (machine.reached[state.value] || d.severity != diagnostics::Severity::Error) return;
  d.severity = diagnostics::Severity::Warning;
  d.notes.push_back("no entry reaches this part of the contract");
}

bool is_own(const Context& context, const Machine& machine, source::Span span) {
  const source::Span own = context.tree(machine.contract).span;
  return span.file == own.file && span.begin >= own.begin && span.end <= own.end;
}

std::string action_text(const ir::Contract& c, const ir::Transition& t) {
  return fmt::format("{}{}", c.messages[t.message].name, t.sign == ir::Sign::Send ? '!' : '?');
}

void check_determinism(const Context& context, const Machine& machine, ir::StateId id,
                       std::set<source::Span>& reported) {
  std::map<std::pair<ir::MessageId, ir::Sign>, source::Span> first;
  for (const ir::TransitionId t : machine.ir.states[id].out) {
    const ir::Transition& row = machine.ir.transitions[t];
    const auto [at, added] = first.emplace(std::pair(row.message, row.sign), row.span);
    if (added || !is_own(context, machine, row.span) || !reported.insert(row.span).second) continue;
    auto& d =
        context.report(machine.contract, Code::nondeterministic_choice, row.span,
                       fmt::format("{} offers {} twice: the other end cannot know which one was taken",
                                   ir::state_words(machine.ir.states[id]), action_text(machine.ir, row)),
                       "offered again");
    d.labels.push_back({at->second, "offered first"});
    weaken_if_unreached(d, machine, id);
  }
}

// S19: the documented forms list all receives first or all sends first.
bool in_documented_order(const Machine& machine, const ir::State& state) {
  int changes = 0;
  for (std::size_t i = 1; i < state.out.size(); ++i) {
    changes += machine.ir.transitions[state.out[i]].sign != machine.ir.transitions[state.out[i - 1]].sign;
  }
  return changes <= 1;
}

void check_mixed(const Context& context, const Machine& machine, ir::StateId id,
                 std::set<source::Span>& reported) {
  const ir::State& state = machine.ir.states[id];
  if (state.mixed == ir::MixedForm::NotMixed) return;
  const bool any_own = std::any_of(state.out.begin(), state.out.end(), [&](ir::TransitionId t) {
    return is_own(context, machine, machine.ir.transitions[t].span);
  });
  if (!any_own || !reported.insert(state.span).second) return;
  const ir::Transition& first = machine.ir.transitions[state.out.front()];
  const auto other = std::find_if(state.out.begin(), state.out.end(), [&](ir::TransitionId t) {
    return machine.ir.transitions[t].sign != first.sign;
  });
  auto& d = context.report(
      machine.contract, Code::mixed_choice, state.span,
      fmt::format("{} offers sends and receives, so messages may cross", ir::state_words(state)),
      "both ends may move first");
  const auto who = [](const ir::Transition& t) {
    return fmt::format("the {} may send", ir::role_text(ir::sender(t.sign)));
  };
  d.labels.push_back({first.span, who(first)});
  d.labels.push_back({machine.ir.transitions[*other].span, who(machine.ir.transitions[*other])});
  if (in_documented_order(machine, state)) return;
  auto& order = context.report(
      machine.contract, Code::mixed_order, state.span,
      fmt::format("{} lists neither all receives first nor all sends first", ir::state_words(state)),
      "no documented order");
  order.notes.push_back("the priority reading goes by the first alternative");
}

std::string cycle_words(const Machine& machine, const std::vector<ir::TransitionId>& cycle) {
  constexpr std::size_t kShown = 6;
  std::string words = machine.ir.states[machine.ir.transitions[cycle.front()].from].id;
  for (std::size_t i = 0; i < cycle.size() && i < kShown; ++i)
    words += " -> " + machine.ir.states[machine.ir.transitions[cycle[i]].to].id;
  return cycle.size() > kShown ? words + " -> ..." : words;
}

}  // namespace

void check_choices(const Context& context, const Machine& machine) {
  std::set<source::Span> nondeterministic, mixed;
  for (const ir::StateId id : machine.ir.states.ids()) {
    check_determinism(context, machine, id, nondeterministic);
    check_mixed(context, machine, id, mixed);
  }
}

// S21: every cycle of the state graph contains a send and a receive.
void check_cycles(const Context& context, const Machine& machine) {
  const std::vector<bool> everywhere(machine.ir.states.size(), true);
  std::set<source::Span> reported;
  for (const ir::Sign sign : {ir::Sign::Send, ir::Sign::Receive}) {
    for (const auto& cycle : ir::one_way_cycles(machine.ir, sign, everywhere)) {
      const ir::Transition& row = machine.ir.transitions[cycle.back()];
      const bool own = std::any_of(cycle.begin(), cycle.end(), [&](ir::TransitionId t) {
        return is_own(context, machine, machine.ir.transitions[t].span);
      });
      if (!own || !reported.insert(row.span).second) continue;
      const std::string_view sender = ir::role_text(ir::sender(sign));
      auto& d = context.report(
          machine.contract, Code::cycle_rule, row.span,
          fmt::format("the cycle {} has no {}: the {} can send for ever", cycle_words(machine, cycle),
                      sign == ir::Sign::Send ? "receive" : "send", sender),
          fmt::format("only the {} sends on this cycle", sender));
      weaken_if_unreached(d, machine, row.from);
    }
  }
}

void check_states(const Context& context, const Machine& machine) {
  const ir::Contract& c = machine.ir;
  if (c.states[c.start].final && is_own(context, machine, c.states[c.start].span)) {
    context.report(
        machine.contract, Code::initial_final, c.states[c.start].span,
        fmt::format("the initial state {} is terminal: nothing can ever be sent", c.states[c.start].id),
        "no sequence leads on");
  }
  for (const ir::NamedState& s : ir::named_states(c)) {
    const bool entered =
        std::any_of(s.at.begin(), s.at.end(), [&](ir::StateId at) { return machine.reached[at.value]; });
    const bool passed = std::any_of(s.via.begin(), s.via.end(), [&](ir::TransitionId t) {
      return machine.reached[c.transitions[t].from.value];
    });
    if (entered || passed || !is_own(context, machine, s.span)) continue;
    context.report(machine.contract, Code::unreachable_state, s.span,
                   fmt::format("state {} is never reached", s.name),
                   fmt::format("nothing leads here from {}", c.states[c.start].id));
  }
  constexpr std::size_t kMaxRuntimeStates = 255;  // S12: the runtime numbers states in 8 bits
  if (c.states.size() > kMaxRuntimeStates) {
    context.report(machine.contract, Code::too_many_states, c.span,
                   fmt::format("contract {} has {} states, unnamed ones included; the runtime allows {}",
                               c.name, c.states.size(), kMaxRuntimeStates),
                   "too many states");
  }
}

}  // namespace singspin::sema::rules
