#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/ir/cycles.h"
#include "frontend/sema/rules/rules.h"
#include "frontend/sema/walk.h"

namespace singspin::sema::rules {

using diagnostics::Code;

void weaken_if_unreached(diagnostics::Diagnostic& d, const Machine& machine, ir::StateId state) {
  if (machine.reached[state.value]) return;
  if (d.severity == diagnostics::Severity::Error) d.severity = diagnostics::Severity::Warning;
  d.notes.push_back("no entry reaches this part of the contract");
}

bool is_own(const Context& context, const Resolved& contract, source::Span span) {
  const source::Span own = context.tree(contract).span;
  return span.file == own.file && span.begin >= own.begin && span.end <= own.end;
}

std::vector<ir::StateId> reached_first(const Machine& machine) {
  std::vector<ir::StateId> states = machine.ir.states.ids();
  std::stable_partition(states.begin(), states.end(),
                        [&](ir::StateId s) { return machine.reached[s.value]; });
  return states;
}

namespace {

std::string action_text(const ir::Contract& c, const ir::Transition& t) {
  return fmt::format("{}{}", c.messages[t.message].name, t.sign == ir::Sign::Send ? '!' : '?');
}

// `Flow -Sample!-> Flow`
std::string cycle_words(const ir::Contract& c, const std::vector<ir::TransitionId>& cycle) {
  constexpr std::size_t kShown = 6;
  std::string words = c.states[c.transitions[cycle.front()].from].id;
  for (std::size_t i = 0; i < cycle.size() && i < kShown; ++i) {
    const ir::Transition& t = c.transitions[cycle[i]];
    words += fmt::format(" -{}-> {}", action_text(c, t), c.states[t.to].id);
  }
  return cycle.size() > kShown ? words + " -> ..." : words;
}

// A cycle of some part can lie where no entry leads; one that is reached goes first, since the same
// place may be folded more than once.
std::vector<std::vector<ir::TransitionId>> cycles_of(const Machine& machine, ir::Sign sign) {
  std::vector<bool> within(machine.ir.states.size());
  for (const ir::StateId s : machine.ir.states.ids()) within[s.value] = !machine.open[s.value];
  auto cycles = ir::one_way_cycles(machine.ir, sign, within);
  std::stable_partition(cycles.begin(), cycles.end(), [&](const auto& cycle) {
    return machine.reached[machine.ir.transitions[cycle.front()].from.value];
  });
  return cycles;
}

}  // namespace

// S21: every cycle of the state graph contains a send and a receive.
void check_cycles(const Context& context, const Machine& machine) {
  std::set<source::Span> reported;
  for (const ir::Sign sign : {ir::Sign::Send, ir::Sign::Receive}) {
    for (const auto& cycle : cycles_of(machine, sign)) {
      // Inherited cycles are reported for the base; what is new lies in an own action.
      const auto own = std::find_if(cycle.rbegin(), cycle.rend(), [&](ir::TransitionId t) {
        return is_own(context, machine.contract, machine.ir.transitions[t].span);
      });
      if (own == cycle.rend()) continue;
      const ir::Transition& row = machine.ir.transitions[*own];
      if (!reported.insert(row.span).second) continue;
      const std::string_view sender = ir::role_text(ir::sender(sign));
      auto& d = context.report(
          machine.contract, Code::cycle_rule, row.span,
          fmt::format("the cycle {} has no {}: the {} can send for ever", cycle_words(machine.ir, cycle),
                      sign == ir::Sign::Send ? "receive" : "send", sender),
          fmt::format("only the {} sends on this cycle", sender));
      constexpr std::size_t kLabels = 4;
      for (std::size_t i = 0; i < cycle.size() && d.labels.size() < kLabels; ++i) {
        const source::Span span = machine.ir.transitions[cycle[i]].span;
        if (span != row.span) d.labels.push_back({span, "part of the cycle"});
      }
      weaken_if_unreached(d, machine, row.from);
    }
  }
}

namespace {

// Points inside a sequence that the runtime numbers (S6, S12): one behind each action, group and call
// that has steps behind it, however often the sequence is called.
std::size_t unnamed_points(const Resolved& contract, const syntax::Sequence& sequence) {
  std::size_t points = 0;
  for (std::size_t i = 0; i < sequence.steps.size(); ++i) {
    if (const auto* group = std::get_if<syntax::Group>(&sequence.steps[i])) {
      for (const syntax::Sequence& alternative : group->alternatives)
        points += unnamed_points(contract, alternative);
    }
    const bool last = i + 1 == sequence.steps.size();
    const bool jump_follows =
        i + 2 == sequence.steps.size() && contract.as_state(sequence.steps.back()) != nullptr;
    if (!last && !jump_follows) ++points;
  }
  return points;
}

// S12: the runtime numbers states in 8 bits. What has ended has a number too.
void check_size(const Context& context, const Machine& machine) {
  constexpr std::size_t kMaxRuntimeStates = 255;
  const std::vector<ResolvedState>& named = machine.contract.states();
  std::size_t states = named.size();
  for (const ResolvedState& state : named) {
    for (const syntax::Sequence* sequence : state.sequences())
      states += unnamed_points(machine.contract, *sequence);
  }
  states += static_cast<std::size_t>(std::any_of(machine.ir.states.begin(), machine.ir.states.end(),
                                                 [](const ir::State& s) { return s.id == "<end>"; }));
  if (states <= kMaxRuntimeStates) return;
  context.report(machine.contract, Code::too_many_states, machine.ir.span,
                 fmt::format("contract {} has {} states, unnamed ones included; the runtime allows {}",
                             machine.ir.name, states, kMaxRuntimeStates),
                 "too many states");
}

// What a second declaration of a state leads to is not known to be unreachable.
std::set<std::string_view> named_in_dropped(const Resolved& contract) {
  std::set<std::string_view> names;
  for (const syntax::State* state : contract.dropped) {
    for (const syntax::Sequence& sequence : state->sequences) {
      walk_steps(sequence, [&](const syntax::Step& step, bool) {
        if (const syntax::Name* name = contract.as_state(step)) names.insert(name->text);
      });
    }
  }
  return names;
}

void check_reached(const Context& context, const Machine& machine) {
  const ir::Contract& c = machine.ir;
  const std::set<std::string_view> may_be_reached = named_in_dropped(machine.contract);
  for (const ir::NamedState& s : ir::named_states(c)) {
    const bool entered =
        std::any_of(s.at.begin(), s.at.end(), [&](ir::StateId at) { return machine.reached[at.value]; });
    const bool passed = std::any_of(s.via.begin(), s.via.end(), [&](ir::TransitionId t) {
      return machine.reached[c.transitions[t].from.value];
    });
    if (entered || passed || may_be_reached.contains(s.name)) continue;
    if (!is_own(context, machine.contract, s.span)) continue;
    context.report(machine.contract, Code::unreachable_state, s.span,
                   fmt::format("state {} is never reached", s.name),
                   fmt::format("nothing leads here from {}", c.states[c.start].id));
  }
}

}  // namespace

void check_states(const Context& context, const Machine& machine) {
  const ir::Contract& c = machine.ir;
  if (c.states[c.start].final && is_own(context, machine.contract, c.states[c.start].span)) {
    context.report(
        machine.contract, Code::initial_final, c.states[c.start].span,
        fmt::format("the initial state {} is terminal: nothing can ever be sent", c.states[c.start].id),
        "no sequence leads on");
  }
  check_reached(context, machine);
  check_size(context, machine);
}

}  // namespace singspin::sema::rules
