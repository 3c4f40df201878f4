#include "frontend/wiring/contracts.h"

#include <algorithm>
#include <set>

namespace singspin::wiring {

namespace {

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') out += c;
  }
  return out;
}

std::string last_part(std::string_view name) {
  return std::string(name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1));
}

// `A.B.C.Exp:S`, or `exp<C@S>` of the old notes, which is read as `C.Exp:S`.
EndpointType parse_endpoint(std::string_view written) {
  std::string text = without_blanks(written);
  EndpointType result;
  if (const std::size_t open = text.find('<'); open != std::string::npos && text.find('.') > open) {
    result.role = text.starts_with("imp") ? ir::Role::Importer : ir::Role::Exporter;
    std::string inner = text.substr(open + 1, text.rfind('>') - open - 1);
    const std::size_t at = inner.find('@');
    if (at != std::string::npos) result.state = inner.substr(at + 1);
    result.contract = last_part(std::string_view(inner).substr(0, at));
    return result;
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) {
    std::size_t end = colon + 1;
    while (end < text.size() && text[end] != '*' && text[end] != '[') ++end;
    result.state = text.substr(colon + 1, end - colon - 1);
    text.resize(colon);
  }
  while (!text.empty() && (text.back() == '*' || text.back() == ']' || text.back() == '[')) text.pop_back();
  result.role = last_part(text) == "Imp" ? ir::Role::Importer : ir::Role::Exporter;
  const std::size_t dot = text.rfind('.');
  result.contract =
      dot == std::string::npos ? std::string() : last_part(std::string_view(text).substr(0, dot));
  return result;
}

bool is_block(const ir::Parameter& p) {
  return p.kind == ir::Parameter::Kind::ExHeap ||
         (p.kind == ir::Parameter::Kind::Value && p.type.find('*') != std::string::npos);
}

// Transitions that enter another named state than `from` on their way.
std::set<ir::TransitionId> passing_others(const ir::Contract& contract, const std::string& from) {
  std::set<ir::TransitionId> result;
  for (const ir::InlinedState& s : contract.inlined) {
    if (s.name != from) result.insert(s.via.begin(), s.via.end());
  }
  return result;
}

// A named state leads back to itself through implicit nodes alone.
bool leads_back(const ir::Contract& contract, ir::StateId start) {
  const std::set<ir::TransitionId> passing = passing_others(contract, contract.states[start].id);
  std::vector<bool> seen(contract.states.size());
  std::vector<ir::StateId> open{start};
  while (!open.empty()) {
    const ir::StateId at = open.back();
    open.pop_back();
    for (const ir::TransitionId t : contract.states[at].out) {
      const ir::StateId to = contract.transitions[t].to;
      if (passing.contains(t)) continue;
      if (to == start) return true;
      if (contract.states[to].kind == ir::State::Kind::Named || seen[to.value]) continue;
      seen[to.value] = true;
      open.push_back(to);
    }
  }
  return false;
}

std::optional<ir::Role> owing_at(const ir::Contract& contract, ir::StateId node) {
  const ir::State& state = contract.states[node];
  bool exporter = false, importer = false;
  for (const ir::TransitionId t : state.out) {
    const bool by_exporter = contract.transitions[t].sign == ir::Sign::Send;
    (by_exporter ? exporter : importer) = true;
  }
  if (!exporter && !importer) return std::nullopt;
  if (state.kind == ir::State::Kind::Implicit) return exporter ? ir::Role::Exporter : ir::Role::Importer;
  if (importer || leads_back(contract, node)) return std::nullopt;
  return ir::Role::Exporter;
}

}  // namespace

std::vector<Resource> resources(const ir::Message& message) {
  std::vector<Resource> result;
  for (const ir::Parameter& p : message.parameters) {
    if (p.kind == ir::Parameter::Kind::Endpoint)
      result.push_back({true, parse_endpoint(p.type), p.name, p.type});
    else if (is_block(p)) result.push_back({false, {}, p.name, p.type});
  }
  return result;
}

bool carries_blocks(const ir::Message& message) {
  return std::any_of(message.parameters.begin(), message.parameters.end(), is_block);
}

bool may_send(const ir::Message& message, ir::Role role) {
  return !message.direction || (*message.direction == ir::Direction::In) == (role == ir::Role::Importer);
}
bool may_receive(const ir::Message& message, ir::Role role) { return may_send(message, ir::other(role)); }

std::optional<ir::MessageId> find_message(const ir::Contract& contract, std::string_view name) {
  for (const ir::MessageId id : contract.messages.ids()) {
    if (contract.messages[id].name == name) return id;
  }
  return std::nullopt;
}

std::optional<ir::StateId> find_state(const ir::Contract& contract, std::string_view name) {
  for (const ir::NamedState& s : ir::named_states(contract)) {
    if (s.name != name) continue;
    for (const ir::StateId id : s.at) {
      if (contract.states[id].id == name) return id;
    }
    return s.at.empty() ? std::nullopt : std::optional(s.at.front());
  }
  return std::nullopt;
}

std::vector<ir::StateId> nodes_at(const ir::Contract& contract, std::string_view name) {
  const auto names = ir::named_states(contract);
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const ir::NamedState& s) { return s.name == name; });
  if (found == names.end()) return {};
  const std::set<ir::TransitionId> passing = passing_others(contract, found->name);
  std::vector<bool> in(contract.states.size());
  std::vector<ir::StateId> open(found->at);
  for (const ir::StateId s : open) in[s.value] = true;
  while (!open.empty()) {
    const ir::StateId at = open.back();
    open.pop_back();
    for (const ir::TransitionId t : contract.states[at].out) {
      const ir::StateId to = contract.transitions[t].to;
      if (in[to.value] || contract.states[to].kind == ir::State::Kind::Named || passing.contains(t)) continue;
      in[to.value] = true;
      open.push_back(to);
    }
  }
  std::vector<ir::StateId> result;
  for (const ir::StateId s : contract.states.ids()) {
    if (in[s.value]) result.push_back(s);
  }
  return result;
}

std::vector<std::optional<ir::Role>> owing(const ir::Contract& contract) {
  std::vector<std::optional<ir::Role>> result;
  for (const ir::StateId s : contract.states.ids()) result.push_back(owing_at(contract, s));
  return result;
}

std::vector<bool> reachable(const ir::Contract& contract, ir::StateId start) {
  std::vector<bool> seen(contract.states.size());
  std::vector<ir::StateId> open{start};
  seen[start.value] = true;
  while (!open.empty()) {
    const ir::StateId at = open.back();
    open.pop_back();
    for (const ir::TransitionId t : contract.states[at].out) {
      const ir::StateId to = contract.transitions[t].to;
      if (!seen[to.value]) open.push_back(to);
      seen[to.value] = true;
    }
  }
  return seen;
}

bool is_deterministic(const ir::Contract& contract) {
  for (const ir::State& s : contract.states) {
    std::set<std::pair<ir::MessageId, ir::Sign>> actions;
    for (const ir::TransitionId t : s.out) {
      if (!actions.insert({contract.transitions[t].message, contract.transitions[t].sign}).second)
        return false;
    }
  }
  return true;
}

}  // namespace singspin::wiring
