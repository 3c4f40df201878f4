#include "frontend/ir/ir.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/ir/property.h"

namespace singspin::ir {

diagnostics::Code code(Property property) {
  switch (property) {
    case Property::DeadlockFree: return diagnostics::Code::deadlock_free;
    case Property::NoUnexpectedMessage: return diagnostics::Code::no_unexpected_message;
    case Property::NoOrphanMessage: return diagnostics::Code::no_orphan_message;
    case Property::QueuesBounded: return diagnostics::Code::queues_bounded;
    case Property::StatesReachable: return diagnostics::Code::states_reachable;
    case Property::CanFinish: return diagnostics::Code::can_finish;
    case Property::ReturnsToStart: return diagnostics::Code::returns_to_start;
    case Property::User: return diagnostics::Code::user_check;
  }
  UNREACHABLE("property is known");
}

bool is_default(Property property) {
  if (property == Property::User) return true;
  return std::find(kProperties.begin(), kProperties.end(), property) != kProperties.end();
}

std::string_view id(Property property) { return diagnostics::info(code(property)).rule; }

std::string transition_text(TransitionId id) { return fmt::format("t{}", id.value); }

std::string_view role_text(Role role) { return role == Role::Exporter ? "exporter" : "importer"; }

std::string_view endpoint_id(Role role) { return role == Role::Exporter ? "exp" : "imp"; }

std::string state_words(const State& state) {
  if (state.kind == State::Kind::Named) return state.id;
  if (state.parent.empty()) return "the end";
  return fmt::format("{}, after {}", state.parent, state.after);
}

bool has_mixed_states(const Contract& contract) {
  return std::any_of(contract.states.begin(), contract.states.end(),
                     [](const State& s) { return s.mixed != MixedForm::NotMixed; });
}

std::vector<NamedState> named_states(const Contract& contract) {
  std::vector<NamedState> result;
  for (const StateId id : contract.states.ids()) {
    const State& s = contract.states[id];
    if (s.kind == State::Kind::Named) result.push_back({s.id, s.span, {id}, {}});
  }
  for (const InlinedState& inlined : contract.inlined) {
    const auto own = std::find_if(result.begin(), result.end(),
                                  [&](const NamedState& n) { return n.name == inlined.name; });
    if (own == result.end()) result.push_back({inlined.name, inlined.span, inlined.at, inlined.via});
    else {
      own->at.insert(own->at.end(), inlined.at.begin(), inlined.at.end());
      own->via.insert(own->via.end(), inlined.via.begin(), inlined.via.end());
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const NamedState& a, const NamedState& b) { return a.span < b.span; });
  return result;
}

namespace {

std::string check_state(const Contract& contract, StateId id) {
  const State& state = contract.states[id];
  if (state.final != state.out.empty()) return "final means no transitions: " + state.id;
  for (const TransitionId t : state.out) {
    if (!contract.transitions.contains(t)) return "transition out of range in " + state.id;
    if (contract.transitions[t].from != id) return "foreign transition in " + state.id;
  }
  return {};
}

}  // namespace

std::string validate(const Contract& contract) {
  if (contract.states.empty()) return "no states";
  if (contract.entries.empty() || contract.entries.front().state != contract.start)
    return "first entry is not the start";
  for (const Entry& entry : contract.entries) {
    if (!contract.states.contains(entry.state)) return "entry out of range";
  }
  std::size_t listed = 0;
  std::vector<bool> seen(contract.transitions.size());
  for (const StateId id : contract.states.ids()) {
    if (std::string broken = check_state(contract, id); !broken.empty()) return broken;
    for (const TransitionId t : contract.states[id].out) {
      if (seen[t.value]) return "a transition is not listed exactly once";
      seen[t.value] = true;
      ++listed;
    }
  }
  if (listed != contract.transitions.size()) return "a transition is not listed exactly once";
  for (const InlinedState& inlined : contract.inlined) {
    for (const StateId s : inlined.at) {
      if (!contract.states.contains(s)) return "inlined state out of range";
    }
    for (const TransitionId t : inlined.via) {
      if (!contract.transitions.contains(t)) return "inlined state out of range";
    }
  }
  for (const Transition& t : contract.transitions) {
    if (!contract.states.contains(t.from) || !contract.states.contains(t.to)) return "state out of range";
    if (!contract.messages.contains(t.message)) return "message out of range";
  }
  return {};
}

namespace {

std::string place(const source::SourceMap& sources, source::Span span) {
  const auto at = sources.position(span.file, span.begin);
  return fmt::format("{}:{}:{}", sources.file(span.file).path, at.line, at.column);
}

std::string_view direction_text(const Message& message) {
  if (!message.direction) return "both";
  return *message.direction == Direction::In ? "in" : "out";
}

std::string_view mixed_text(MixedForm form) {
  switch (form) {
    case MixedForm::NotMixed: return "";
    case MixedForm::ReceivesFirst: return " mixed(receives-first)";
    case MixedForm::SendsFirst: return " mixed(sends-first)";
  }
  UNREACHABLE("mixed form is known");
}

std::string dump_message(const Message& message) {
  std::string parameters;
  for (const Parameter& p : message.parameters) {
    static constexpr std::string_view kKinds[] = {"value", "exheap", "endpoint"};
    parameters += fmt::format("{}{} {}: {}", parameters.empty() ? "" : ", ", p.type, p.name,
                              kKinds[static_cast<int>(p.kind)]);
  }
  return fmt::format("{} {}({})", direction_text(message), message.name, parameters);
}

}  // namespace

std::string dump(const Contract& contract, const source::SourceMap& sources) {
  std::string out = fmt::format("contract {}  {}\n", contract.qualified_name, place(sources, contract.span));
  if (!contract.base.empty()) out += fmt::format("  base {}\n", contract.base);
  for (const Entry& entry : contract.entries) {
    out += fmt::format("  {} {}\n", entry.declared_at ? "entry" : "start", contract.states[entry.state].id);
  }
  for (const Message& m : contract.messages) {
    out += fmt::format("  message {}  {}\n", dump_message(m), place(sources, m.span));
  }
  for (const State& s : contract.states) {
    out += fmt::format("  state {}{}{}  {}\n", s.id, s.final ? " final" : "", mixed_text(s.mixed),
                       place(sources, s.span));
    for (const TransitionId t : s.out) {
      const Transition& row = contract.transitions[t];
      out += fmt::format("    {} {}{} -> {}  {}\n", transition_text(t), contract.messages[row.message].name,
                         row.sign == Sign::Send ? '!' : '?', contract.states[row.to].id,
                         place(sources, row.span));
    }
  }
  for (const InlinedState& inlined : contract.inlined) {
    std::string at;
    for (const StateId s : inlined.at) at += " " + contract.states[s].id;
    for (const TransitionId t : inlined.via) at += " " + transition_text(t);
    out += fmt::format("  inlined {} at{}\n", inlined.name, at);
  }
  return out;
}

}  // namespace singspin::ir
