#include <fmt/format.h>

#include "frontend/sema/residual.h"
#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

namespace {

// The state an endpoint travels in: the named one, else the initial state.
std::optional<std::size_t> travel_state(const Resolved& other, const syntax::Type& type) {
  if (!type.endpoint_state) return other.states().empty() ? std::nullopt : std::optional<std::size_t>(0);
  return other.find_state(type.endpoint_state->text);
}

}  // namespace

// S23: whoever holds a travelling endpoint must be the one to send on it next, so every first
// action of the state is a `!` for `C.Exp:S` and a `?` for `C.Imp:S`. A terminal state is fine.
void check_send_states(const Context& context, const Resolved& contract) {
  for (const EndpointType& endpoint : endpoint_types(context, contract)) {
    if (!endpoint.contract) continue;
    const Resolved& other = context.resolved[endpoint.contract->value];
    const std::optional<std::size_t> state = travel_state(other, *endpoint.type);
    if (!other.usable || !state) continue;
    Unfolder unfolder(other);
    for (const NextAction& next : unfolder.next(unfolder.state(*state))) {
      if (ir::sender(next.action.sign) == endpoint.role) continue;
      const source::Span span =
          endpoint.type->endpoint_state ? endpoint.type->endpoint_state->span : endpoint.type->name.span;
      auto& d =
          context.report(contract, diagnostics::Code::send_state, span,
                         fmt::format("this endpoint travels in state {}, where its holder has to receive {}",
                                     other.states()[*state].name, next.action.message),
                         "the holder must be the one to send next");
      d.labels.push_back(
          {next.action.span, fmt::format("the {} receives here", ir::role_text(endpoint.role))});
      break;
    }
  }
}

}  // namespace singspin::sema::rules
