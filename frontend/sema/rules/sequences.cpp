#include <fmt/format.h>

#include <algorithm>

#include "frontend/base/overloaded.h"
#include "frontend/sema/residual.h"
#include "frontend/sema/rules/rules.h"
#include "frontend/sema/walk.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

// States that some sequence calls: a state with steps after it (S10).
std::set<std::string_view> called_states(const Resolved& contract) {
  std::set<std::string_view> called;
  for (const ResolvedState& state : contract.states()) {
    for (const syntax::Sequence* sequence : state.sequences()) {
      walk_steps(*sequence, [&](const syntax::Step& step, bool last) {
        const syntax::Name* name = contract.as_state(step);
        if (name != nullptr && !last) called.insert(name->text);
      });
    }
  }
  return called;
}

// S3: the sign is mandatory; the direction gives a missing one.
void check_sign(const Context& context, const Resolved& contract, const ActionUse& action) {
  if (!action.inferred) return;
  const bool both =
      contract.find_message(action.message)->message->direction == syntax::Message::Direction::Both;
  const char sign = action.sign == ir::Sign::Send ? '!' : '?';
  auto& d = context.report(
      contract, both ? Code::unsigned_action_ambiguous : Code::unsigned_action, action.span,
      fmt::format("action {} has no sign; it is read as {}{}", action.message, action.message, sign),
      both ? "needs `!` or `?`" : "sign missing");
  d.labels.push_back({contract.find_message(action.message)->message->name.span,
                      both ? "declared without a direction" : "its direction gives the sign"});
  if (both) d.notes.push_back("it is analysed as a send");
  d.fixes.push_back({fmt::format("write {}{}", action.message, sign),
                     {{{action.span.file, action.span.end, action.span.end}, std::string(1, sign)}},
                     !both});
}

std::optional<ActionUse> first_action(const Context& context, const Resolved& contract,
                                      const syntax::Sequence& sequence) {
  const syntax::Step& step = sequence.steps.front();
  if (const auto* group = std::get_if<syntax::Group>(&step))
    return first_action(context, contract, group->alternatives.front());
  if (const auto action = contract.as_action(step)) return action;
  if (!context.is_folded(contract)) return std::nullopt;
  // The alternative begins with a call or a jump: what the state offers counts.
  Unfolder unfolder(contract);
  const std::vector<NextAction> next = unfolder.next(unfolder.sequence(sequence));
  const bool known = std::none_of(unfolder.entered().begin(), unfolder.entered().end(),
                                  [&](std::size_t s) { return contract.states()[s].undeclared; });
  return next.empty() || !known ? std::nullopt : std::optional(next.front().action);
}

// S14: the alternatives of a group all start with a send or all with a receive.
void check_group(const Context& context, const Resolved& contract, const syntax::Group& group) {
  std::optional<ActionUse> first;
  for (const syntax::Sequence& alternative : group.alternatives) {
    const std::optional<ActionUse> action = first_action(context, contract, alternative);
    if (!action) continue;
    if (!first) first = action;
    if (action->sign == first->sign) continue;
    const bool own = is_own(context, contract, action->span);
    auto& d = context.report(contract, Code::mixed_group, own ? action->span : alternative.span,
                             "the alternatives of a group start in different directions",
                             action->sign == ir::Sign::Send ? "a send" : "a receive");
    d.labels.push_back({first->span, first->sign == ir::Sign::Send ? "a send" : "a receive"});
    if (!own) d.labels.push_back({action->span, "the action that it begins with"});
    d.notes.push_back("it is analysed as a mixed choice");
    return;
  }
}

source::Span step_span(const syntax::Step& step) {
  return std::visit(base::Overloaded{[](const syntax::Action& a) { return a.span; },
                                     [](const syntax::Reference& r) { return r.name.span; },
                                     [](const syntax::Group& g) { return g.span; }},
                    step);
}

// Some way through the sequence ends in a state.
bool ends_somewhere(const Resolved& contract, const syntax::Sequence& sequence) {
  if (contract.as_state(sequence.steps.back()) != nullptr) return true;
  const auto* group = std::get_if<syntax::Group>(&sequence.steps.back());
  return group != nullptr && std::any_of(group->alternatives.begin(), group->alternatives.end(),
                                         [&](const auto& s) { return ends_somewhere(contract, s); });
}

// S8: a sequence that stops after an action ends the conversation; it does not stay in the state.
// A group at the end is looked into: it may end in states.
void check_target(const Context& context, const Resolved& contract, const syntax::State& state,
                  const syntax::Sequence& sequence) {
  if (contract.as_state(sequence.steps.back()) != nullptr) return;
  const auto* group = std::get_if<syntax::Group>(&sequence.steps.back());
  const source::Span last = step_span(sequence.steps.back());
  if (group != nullptr && std::any_of(group->alternatives.begin(), group->alternatives.end(),
                                      [&](const auto& s) { return ends_somewhere(contract, s); })) {
    for (const syntax::Sequence& alternative : group->alternatives)
      check_target(context, contract, state, alternative);
    return;
  }
  auto& d = context.report(contract, Code::missing_target, last,
                           fmt::format("a sequence of state {} ends without a target state", state.name.text),
                           "the conversation ends here");
  d.notes.push_back("a sequence without a target does not stay in its state (S8)");
  d.help = fmt::format("write `-> {}` if the conversation should go on in this state", state.name.text);
  const source::Span behind{sequence.span.file, sequence.span.end, sequence.span.end};
  d.fixes.push_back(
      {fmt::format("write -> {}", state.name.text), {{behind, fmt::format(" -> {}", state.name.text)}}});
  d.fixes.push_back({fmt::format("insert `-> {}`", state.name.text),
                     {{{last.file, last.end, last.end}, fmt::format(" -> {}", state.name.text)}}});
}

void check_all(const Context& context, const Resolved& contract, const syntax::State& state) {
  if (state.form != syntax::State::Form::All) return;
  context.report(contract, Code::all_state, state.name.span,
                 fmt::format("state {} interleaves its sequences", state.name.text), "`all`");
  for (const syntax::Sequence& sequence : state.sequences) {
    walk_steps(sequence, [&](const syntax::Step& step, bool last) {
      const syntax::Name* name = contract.as_state(step);
      if (name == nullptr || !last) return;
      auto& d = context.report(
          contract, Code::all_jump, name->span,
          fmt::format("jump to {} inside the `all` state {}", name->text, state.name.text), "a jump");
      d.notes.push_back(fmt::format(
          "read as: {} becomes the rest of this sequence, the others go on beside it", name->text));
    });
  }
}

// The last steps of the sequences of a called state that go on in another one (S10, S11).
void check_call_jumps(const Context& context, const Resolved& contract, const syntax::State& state) {
  for (const syntax::Sequence& sequence : state.sequences) {
    walk_steps(sequence, [&](const syntax::Step& step, bool last) {
      const syntax::Name* name = contract.as_state(step);
      if (name == nullptr || !last) return;
      const auto target = contract.find_state(name->text);
      if (!target || contract.states()[*target].sequences().empty()) return;  // that is the end of the call
      auto& d = context.report(contract, Code::call_jump, name->span,
                               fmt::format("the called state {} goes on in {}", state.name.text, name->text),
                               "a jump, before the call returns");
      d.notes.push_back(fmt::format("read as: what follows the call of {} comes when {} has ended",
                                    state.name.text, name->text));
    });
  }
}

// A sequence that is a jump and nothing else. 8.1: a jump adds no node.
void check_jump_first(const Context& context, const Resolved& contract, const syntax::State& state,
                      const syntax::Sequence& sequence) {
  const syntax::Name* name = contract.as_state(sequence.steps.front());
  if (sequence.steps.size() > 1 || name == nullptr || !context.is_folded(contract)) return;
  const auto target = contract.find_state(name->text);
  if (!target || contract.states()[*target].undeclared) return;  // reported as such
  const FirstActions& first = context.first_actions(contract, *target);
  if (!first.known) return;
  if (first.send || first.receive) {
    auto& d = context.report(contract, Code::jump_first, name->span,
                             fmt::format("an alternative of {} is a jump and nothing else", state.name.text),
                             "no action leads there");
    d.notes.push_back(fmt::format("read as: {} offers what {} offers", state.name.text, name->text));
    return;
  }
  auto& d = context.report(contract, Code::empty_alternative, name->span,
                           fmt::format("an alternative of {} offers no action", state.name.text),
                           "leads to the end without an action");
  d.notes.push_back("read as: it is never taken; in a call it ends the called exchange at once");
}

}  // namespace

void check_sequences(const Context& context, const Resolved& contract) {
  const std::set<std::string_view> called = called_states(contract);
  for (const syntax::State& state : context.tree(contract).states) {
    check_all(context, contract, state);
    // A base that is not loaded may call what it declares itself.
    const bool may_return = (contract.base_missing && state.is_override) ||
                            called.contains(state.name.text) || state.form == syntax::State::Form::All;
    if (called.contains(state.name.text)) check_call_jumps(context, contract, state);
    for (const syntax::Sequence& sequence : state.sequences) {
      if (state.form == syntax::State::Form::One) check_jump_first(context, contract, state, sequence);
      if (!may_return) check_target(context, contract, state, sequence);
      walk_steps(sequence, [&](const syntax::Step& step, bool) {
        if (const auto action = contract.as_action(step)) check_sign(context, contract, *action);
        if (const auto* group = std::get_if<syntax::Group>(&step)) check_group(context, contract, *group);
      });
    }
  }
}

}  // namespace singspin::sema::rules
