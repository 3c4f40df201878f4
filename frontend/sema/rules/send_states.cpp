#include <fmt/format.h>

#include <algorithm>

#include "frontend/sema/residual.h"
#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

namespace {

// The state an endpoint travels in: the named one, else the initial state. A base that is not loaded
// gives the initial state.
std::optional<std::size_t> travel_state(const Resolved& other, const syntax::Type& type) {
  if (type.endpoint_state) return other.find_state(type.endpoint_state->text);
  if (other.base_missing || other.states().empty()) return std::nullopt;
  return 0;
}

// The state that this one stands for, if it is a jump and nothing else.
std::optional<std::size_t> only_jump(const Resolved& contract, std::size_t state) {
  const ResolvedState& from = contract.states()[state];
  const std::vector<const syntax::Sequence*> sequences = from.sequences();
  if (from.all || sequences.size() != 1 || sequences.front()->steps.size() != 1) return std::nullopt;
  const syntax::Name* name = contract.as_state(sequences.front()->steps.front());
  return name == nullptr ? std::nullopt : contract.find_state(name->text);
}

FirstActions unfold(const Resolved& contract, std::size_t state) {
  FirstActions found;
  Unfolder unfolder(contract);
  for (const NextAction& next : unfolder.next(unfolder.state(state))) {
    std::optional<ActionUse>& place = next.action.sign == ir::Sign::Send ? found.send : found.receive;
    if (!place) place = next.action;
  }
  found.known = std::none_of(unfolder.entered().begin(), unfolder.entered().end(), [&](std::size_t s) {
    return contract.base_missing && contract.states()[s].undeclared;
  });
  return found;
}

}  // namespace

// Each state is unfolded once, however many parameters name it and jumps lead to it: a jump offers what its
// target does, and jumps that go round offer nothing.
const FirstActions& Context::first_actions(const Resolved& other, std::size_t state) const {
  std::vector<FirstActions*> same;
  for (std::optional<std::size_t> at = state; at;) {
    const auto [row, added] = first_actions_cache.try_emplace({other.declaration, *at});
    same.push_back(&row->second);
    if (!added) break;
    const std::optional<std::size_t> target = only_jump(other, *at);
    if (!target) row->second = unfold(other, *at);
    at = target;
  }
  for (FirstActions* row : same) *row = *same.back();
  return *same.front();
}

// S23: whoever holds a travelling endpoint must be the one to send on it next, so every first
// action of the state is a `!` for `C.Exp:S` and a `?` for `C.Imp:S`. A terminal state is fine.
void check_send_states(const Context& context, const Resolved& contract) {
  for (const EndpointType& endpoint : endpoint_types(context, contract)) {
    if (!endpoint.contract) continue;
    const Resolved& other = context.resolved[endpoint.contract->value];
    const std::optional<std::size_t> state = travel_state(other, *endpoint.type);
    if (!context.is_folded(other) || !state) continue;
    const FirstActions& first = context.first_actions(other, *state);
    const bool exporter = endpoint.role == ir::Role::Exporter;
    const std::optional<ActionUse>& received = exporter ? first.receive : first.send;
    const std::optional<ActionUse>& sent = exporter ? first.send : first.receive;
    if (!received || !first.known) continue;
    const source::Span span =
        endpoint.type->endpoint_state ? endpoint.type->endpoint_state->span : endpoint.type->name.span;
    auto& d = context.report(
        contract, diagnostics::Code::send_state, span,
        fmt::format("this endpoint travels in {}state {}, where its holder {} receive {}",
                    endpoint.type->endpoint_state ? "" : "the initial ", other.states()[*state].name,
                    sent ? "may have to" : "has to", received->message),
        "the holder must be the one to send next");
    d.labels.push_back({received->span, fmt::format("the {} receives here", ir::role_text(endpoint.role))});
    if (sent) d.labels.push_back({sent->span, "and may send here"});
  }
}

}  // namespace singspin::sema::rules
