#include <fmt/format.h>

#include "frontend/sema/residual.h"
#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

// The first actions of a sequence, through groups and calls.
std::vector<ActionUse> first_actions(const Context& context, const Resolved& contract,
                                     const syntax::Sequence& sequence) {
  std::vector<ActionUse> actions;
  if (!context.is_folded(contract)) return actions;
  Unfolder unfolder(contract);
  for (const NextAction& next : unfolder.next(unfolder.sequence(sequence))) actions.push_back(next.action);
  return actions;
}

// S26: rules 1 and 2 speak of what is overridden, 3 and 4 of what overrides it. True: a rule is broken,
// and the other levels of the base need not be looked at.
bool check_base_part(const Context& context, const Resolved& contract, const syntax::State& own,
                     const syntax::State& base) {
  if (base.form != syntax::State::Form::One) {
    auto& d = context.report(
        contract, Code::override_rule_1, own.name.span,
        fmt::format("state {} of the base is an `all` state and cannot be overridden", own.name.text),
        "overrides an `all` state");
    d.labels.push_back({base.name.span, "declared here"});
    d.notes.push_back("what is added is analysed as further sequences of the interleaving");
  }
  for (const syntax::Sequence& sequence : base.sequences) {
    for (const ActionUse& first : first_actions(context, contract, sequence)) {
      if (first.sign == ir::Sign::Send) continue;
      auto& d = context.report(
          contract, Code::override_rule_2, own.name.span,
          fmt::format("state {} cannot be overridden: a sequence of the base does not begin with a send",
                      own.name.text),
          "the exporter does not send first here");
      d.labels.push_back({first.span, "the base receives here"});
      return true;
    }
  }
  return base.form != syntax::State::Form::One;
}

void report_not_new(const Context& context, const Resolved& contract, const syntax::State& own,
                    const syntax::Sequence& sequence, const ActionUse& first) {
  const bool here = is_own(context, contract, first.span);
  auto& d = context.report(
      contract, Code::override_rule_4, here ? first.span : sequence.span,
      fmt::format("a sequence added to {} must begin with a new message that the exporter sends",
                  own.name.text),
      first.sign == ir::Sign::Receive ? "begins with a receive" : "begins with a message of the base");
  if (!here) d.labels.push_back({first.span, "its first action"});
  if (first.sign == ir::Sign::Receive) return;
  d.labels.push_back({contract.find_message(first.message)->message->name.span, "declared in the base"});
}

void check_own_part(const Context& context, const Resolved& contract, const syntax::State& own) {
  if (own.form != syntax::State::Form::One) {
    auto& d = context.report(contract, Code::override_rule_3, own.name.span,
                             fmt::format("state {} is overridden by an `all` state", own.name.text),
                             "only a `one` state can override");
    d.notes.push_back("its sequences are analysed as alternatives that are added");
  }
  for (const syntax::Sequence& sequence : own.sequences) {
    for (const ActionUse& first : first_actions(context, contract, sequence)) {
      const ResolvedMessage* message = contract.find_message(first.message);
      const bool is_new = message == nullptr || message->declared_in == contract.declaration;
      if (first.sign == ir::Sign::Send && is_new) continue;
      report_not_new(context, contract, own, sequence, first);
      break;
    }
  }
}

}  // namespace

void check_overrides(const Context& context, const Resolved& contract) {
  for (const ResolvedState& state : contract.states()) {
    if (state.parts.size() < 2 || state.parts.back().declared_in != contract.declaration) continue;
    const syntax::State& own = *state.parts.back().state;
    for (std::size_t i = 0; i + 1 < state.parts.size(); ++i) {
      if (check_base_part(context, contract, own, *state.parts[i].state)) break;
    }
    check_own_part(context, contract, own);
  }
}

}  // namespace singspin::sema::rules
