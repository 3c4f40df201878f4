// `recv` and `select`: cases, and what is unexpected there (4.5).
#include <fmt/format.h>

#include <algorithm>

#include "frontend/wiring/body.h"

namespace singspin::wiring {

using Kind = annotation::Stmt::Kind;
using Event = annotation::Event;
using Property = ir::SystemProperty;

struct BodyBuilder::Cases {
  ir::LocationId at;
  EdgeText text;
  bool timeout = false;
  std::uint32_t events = 0;
  std::map<ir::PortId, std::vector<ir::MessageId>> named;  // every port that a case names
  std::set<ir::PortId> closings;
  std::map<std::string, std::uint32_t> event_of;  // cases with the same guard wait for the same event
};

std::vector<Binders> bindings(Build& build, Scope& scope, const Event& event, const Binders& binders) {
  constexpr std::size_t kMost = 4096;
  std::vector<Binders> all{binders};
  const auto bind = [&](const Ref& ref) {
    if (!ref.index) return;
    const std::string_view name = ref.index->text;
    const auto array = scope.items.find(ref.name.text);
    const bool known = scope.items.contains(name) || bound_value(all.front(), name, true);
    if (known || array == scope.items.end() || array->second.count == 0) return;
    std::vector<Binders> next;
    for (const Binders& b : all) {
      for (std::uint32_t i = 0; i < array->second.count && next.size() < kMost; ++i) {
        next.push_back(b);
        next.back().push_back({name, static_cast<std::int32_t>(i), false});
      }
    }
    if (next.size() == kMost) build.too_large(event.span);
    all = std::move(next);
  };
  for (const annotation::Message& m : event.messages) {
    bind(m.port);
    for (const Ref& r : m.arguments) bind(r);
  }
  if (event.kind == Event::Kind::Closed) bind(event.ref);
  return all;
}

std::optional<BodyBuilder::Reception> BodyBuilder::reception(const annotation::Message& m,
                                                             const Binders& binders) {
  const auto p = port(m.port, binders);
  const auto message = p ? build_.message(*p, m.name, true) : std::nullopt;
  if (!message) return std::nullopt;
  auto values = arguments(m, *p, *message, true, binders);
  if (!values) return std::nullopt;
  Reception result;
  result.head = head(*p, *message);
  result.receive = op(ir::Op::Kind::Receive);
  result.receive.port = *p;
  result.receive.message = *message;
  result.receive.arguments = std::move(*values);
  result.text = fmt::format("{}.{}", system_.ports[*p].name, m.name.text);
  return result;
}

void BodyBuilder::add_messages(Cases& cases, const Event& event, ir::LocationId to, const Binders& head) {
  std::vector<ir::Condition> when;
  std::vector<ir::Op> ops;
  std::string text;
  std::set<ir::PortId> ports;
  for (const annotation::Message& m : event.messages) {
    auto r = reception(m, head);
    if (!r) return;
    if (!ports.insert(r->head.port).second)
      build_.report(Code::repeated_port, m.span,
                    fmt::format("port `{}` is named twice in one case", system_.ports[r->head.port].name),
                    "all ports of a case differ");
    auto& named = cases.named[r->head.port];
    if (std::find(named.begin(), named.end(), r->head.message) == named.end())
      named.push_back(r->head.message);
    text += (text.empty() ? "" : " && ") + r->text;
    when.push_back(std::move(r->head));
    ops.push_back(std::move(r->receive));
  }
  const std::uint32_t number =
      cases.event_of.try_emplace(text, static_cast<std::uint32_t>(cases.event_of.size())).first->second;
  const bool alone = cases.text.action.starts_with("recv");
  ir::Edge& e = process_.edge(cases.at, to, alone ? cases.text : EdgeText{event.span, "case " + text});
  e.when = std::move(when);
  e.ops = std::move(ops);
  e.event = number;
}

void BodyBuilder::add_case(Cases& cases, const Event& event, ir::LocationId to, const Binders& head) {
  const auto event_number = [&](const std::string& text) {
    return cases.event_of.try_emplace(text, static_cast<std::uint32_t>(cases.event_of.size())).first->second;
  };
  switch (event.kind) {
    case Event::Kind::Messages: return add_messages(cases, event, to, head);
    case Event::Kind::Timeout:
      cases.timeout = true;
      process_.edge(cases.at, to, {event.span, "case timeout"});
      return;
    case Event::Kind::Item: {
      const auto found = row(event.ref, Item::Kind::Signal, "message, event or source", head);
      if (!found) return;
      const std::string text = fmt::format("case {}", system_.signals[{*found}].name);
      const std::uint32_t number = event_number(text);
      ir::Op take = op(ir::Op::Kind::Take);
      take.signal = {*found};
      ir::Edge& e = process_.edge(cases.at, to, {event.span, text});
      e.when = {on_signal(ir::Condition::Kind::Signal, {*found})};
      e.ops = {std::move(take)};
      e.event = number;
      return;
    }
    case Event::Kind::Closed: {
      const auto p = port(event.ref, head);
      if (!p) return;
      cases.closings.insert(*p);
      cases.named[*p];
      const std::string text = fmt::format("case closed {}", system_.ports[*p].name);
      const std::uint32_t number = event_number(text);
      ir::Edge& e = process_.edge(cases.at, to, {event.span, text});
      e.when = {on_port(ir::Condition::Kind::PeerGone, *p)};
      e.event = number;
      return;
    }
  }
}

// A message that no case names, and a closing that none does, are errors unless there is a timeout.
void BodyBuilder::finish_cases(Cases& cases) {
  process_.blocks(cases.at, cases.text);
  if (cases.timeout) return;
  for (const auto& [p, messages] : cases.named) {
    ir::Condition other = on_port(ir::Condition::Kind::HeadNot, p);
    other.messages = messages;
    process_.fail(cases.at, {std::move(other)}, Property::NoUnexpectedMessage, cases.text);
    if (!cases.closings.contains(p))
      process_.fail(cases.at, {on_port(ir::Condition::Kind::PeerGone, p)}, Property::NoUnexpectedMessage,
                    cases.text);
  }
}

ir::LocationId BodyBuilder::select(const Stmt& s, ir::LocationId next, const Flow& flow, const Binders& head,
                                   const Binders& inner) {
  Cases cases;
  cases.text = text(s, head);
  cases.at = process_.location(waiting(s), s.span, cases.text.action);
  for (const annotation::Case& c : s.cases) {
    for (const Binders& bound : bindings(build_, scope_, c.event, head)) {
      Binders inside = inner;  // what the case binds is a number in its body too
      inside.insert(inside.end(), bound.begin() + static_cast<std::ptrdiff_t>(head.size()), bound.end());
      const ir::LocationId to = block(c.body, next, flow, inside);
      add_case(cases, c.event, to, bound);
    }
  }
  finish_cases(cases);
  return cases.at;
}

// `recv p.M` is `select { case p.M: }`, but for a port that is not bound (rule 2, unbound-port).
ir::LocationId BodyBuilder::receive(const Stmt& s, ir::LocationId next, const Binders& head) {
  const auto p = port(s.message.port, head);
  if (!p) return next;
  Cases cases;
  cases.text = {s.span, fmt::format("recv {}.{}", system_.ports[*p].name, s.message.name.text)};
  cases.at = process_.location(waiting(s), s.span, cases.text.action);
  Event event;
  event.kind = Event::Kind::Messages;
  event.messages = {s.message};
  event.span = s.span;
  add_case(cases, event, next, head);
  finish_cases(cases);
  if (!system_.ports[*p].bound_at_start)
    process_.fail(cases.at, {on_port(ir::Condition::Kind::Unbound, *p)}, Property::UnboundPort, cases.text);
  return cases.at;
}

}  // namespace singspin::wiring
