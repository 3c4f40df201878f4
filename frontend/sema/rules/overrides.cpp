#include <fmt/format.h>

#include "frontend/sema/residual.h"
#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

// The first actions of a sequence, through groups and calls.
std::vector<ActionUse> first_actions(const Resolved& contract, const syntax::Sequence& sequence) {
  std::vector<ActionUse> actions;
  if (!contract.usable) return actions;
  Unfolder unfolder(contract);
  for (const NextAction& next : unfolder.next(unfolder.sequence(sequence))) actions.push_back(next.action);
  return actions;
}

// S26: rules 1 and 2 speak of what is overridden, 3 and 4 of what overrides it.
void check_base_part(const Context& context, const Resolved& contract, const syntax::State& own,
                     const syntax::State& base) {
  if (base.form != syntax::State::Form::One) {
    auto& d = context.report(
        contract, Code::override_rule_1, own.name.span,
        fmt::format("state {} of the base is an `all` state and cannot be overridden", own.name.text),
        "overrides an `all` state");
    d.labels.push_back({base.name.span, "declared here"});
  }
  for (const syntax::Sequence& sequence : base.sequences) {
    for (const ActionUse& first : first_actions(contract, sequence)) {
      if (first.sign == ir::Sign::Send) continue;
      auto& d = context.report(
          contract, Code::override_rule_2, own.name.span,
          fmt::format("state {} cannot be overridden: a sequence of the base does not begin with a send",
                      own.name.text),
          "the exporter does not send first here");
      d.labels.push_back({first.span, "the base receives here"});
      return;
    }
  }
}

void check_own_part(const Context& context, const Resolved& contract, const syntax::State& own) {
  if (own.form != syntax::State::Form::One) {
    context.report(contract, Code::override_rule_3, own.name.span,
                   fmt::format("state {} is overridden by an `all` state", own.name.text),
                   "only a `one` state can override");
  }
  for (const syntax::Sequence& sequence : own.sequences) {
    for (const ActionUse& first : first_actions(contract, sequence)) {
      const ResolvedMessage* message = contract.find_message(first.message);
      const bool is_new = message != nullptr && message->declared_in == contract.declaration;
      if (first.sign == ir::Sign::Send && is_new) continue;
      context.report(
          contract, Code::override_rule_4, first.span,
          fmt::format("a sequence added to {} must begin with a new message that the exporter sends",
                      own.name.text),
          first.sign == ir::Sign::Receive ? "a receive" : "a message of the base");
      break;
    }
  }
}

}  // namespace

void check_overrides(const Context& context, const Resolved& contract) {
  for (const ResolvedState& state : contract.states()) {
    if (state.parts.size() < 2 || state.parts.back().declared_in != contract.declaration) continue;
    const syntax::State& own = *state.parts.back().state;
    for (std::size_t i = 0; i + 1 < state.parts.size(); ++i)
      check_base_part(context, contract, own, *state.parts[i].state);
    check_own_part(context, contract, own);
  }
}

}  // namespace singspin::sema::rules
