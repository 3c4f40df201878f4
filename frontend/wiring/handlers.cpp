#include "frontend/wiring/handlers.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/wiring/scan.h"

namespace singspin::wiring {

using LocationKind = ir::Location::Kind;

namespace {

ir::Condition arrived(const Served& what) {
  switch (what.kind) {
    case Served::Kind::Message: return head(what.port, what.message);
    case Served::Kind::Source: return on_signal(ir::Condition::Kind::Signal, what.signal);
    case Served::Kind::Closing: return on_port(ir::Condition::Kind::PeerGone, what.port);
  }
  UNREACHABLE("kind is known");
}

}  // namespace

void HandlerBuilder::serve_all(ir::LocationId idle) {
  std::set<ir::PortId> ports;
  std::set<ir::SignalId> signals;
  for (const ServedHandler& h : service_.handlers) {
    if (h.what.kind == Served::Kind::Source) signals.insert(h.what.signal);
    else ports.insert(h.what.port);
  }
  for (const ServedHandler& h : service_.handlers) handler(idle, h);
  for (const ir::PortId p : ports) {
    for (const Served& what : events_of(p)) left_over(idle, what);
  }
  for (const ir::SignalId s : signals) left_over(idle, {Served::Kind::Source, {}, {}, s});
}

void HandlerBuilder::serve_port(ir::LocationId idle, ir::PortId port) {
  for (const ServedHandler& h : service_.handlers) {
    if (h.what.kind != Served::Kind::Source && h.what.port == port) handler(idle, h);
  }
  for (const Served& what : events_of(port)) left_over(idle, what);
}

void HandlerBuilder::serve_source(ir::LocationId idle, ir::SignalId signal) {
  for (const ServedHandler& h : service_.handlers) {
    if (h.what.kind == Served::Kind::Source && h.what.signal == signal) handler(idle, h);
  }
  left_over(idle, {Served::Kind::Source, {}, {}, signal});
}

// Rule 4: messages that the process must do something with. A port without any `on` for a message is
// exempt, and so is a message that some recv or case names.
std::set<Served> HandlerBuilder::events_of(ir::PortId port) const {
  const bool serves = std::any_of(
      service_.handlers.begin(), service_.handlers.end(),
      [&](const ServedHandler& h) { return h.what.kind == Served::Kind::Message && h.what.port == port; });
  std::set<Served> result;
  if (!serves) return result;
  const ir::Contract& contract = build_.contract(port);
  for (const ir::MessageId m : contract.messages.ids()) {
    if (!may_receive(contract.messages[m], system_.ports[port].role) || scope_.named.contains({port, m}))
      continue;
    result.insert({Served::Kind::Message, port, m, {}});
  }
  return result;
}

void HandlerBuilder::handler(ir::LocationId idle, const ServedHandler& h) {
  const ir::LocationId last = end(idle, *h.handler);
  BodyBuilder body(build_, scope_, process_);
  begin(idle, h, body.block(h.handler->body, last, {std::nullopt, last}, h.binders));
}

void HandlerBuilder::begin(ir::LocationId idle, const ServedHandler& h, ir::LocationId body) {
  std::vector<ir::Condition> when{arrived(h.what)};
  if (h.applies) when.push_back(holds(*h.applies));
  std::vector<ir::Op> ops;
  std::string text;
  switch (h.what.kind) {
    case Served::Kind::Message: {
      BodyBuilder receiver(build_, scope_, process_);
      const auto r = receiver.reception(h.handler->event.messages.front(), h.binders);
      if (!r) return;
      text = r->text;
      ops.push_back(r->receive);
      break;
    }
    case Served::Kind::Source:
      text = system_.signals[h.what.signal].name;
      ops.push_back(op(ir::Op::Kind::Take));
      ops.back().signal = h.what.signal;
      break;
    case Served::Kind::Closing: {
      // Rule 1.4: once per port.
      text = "closed " + system_.ports[h.what.port].name;
      const ir::VariableId seen = closing_seen(h.what.port);
      when.push_back(holds(variable_is(system_, seen, 0)));
      ops.push_back(op(ir::Op::Kind::Assign));
      ops.back().variable = seen;
      ops.back().expr = number(system_, 1);
      break;
    }
  }
  if (atomic_) ops.push_back(op(ir::Op::Kind::EnterAtomic));
  const std::uint32_t event =
      events_.try_emplace(h.what, static_cast<std::uint32_t>(events_.size())).first->second;
  ir::Edge& e = process_.edge(idle, body, {h.handler->span, "on " + text});
  e.when = std::move(when);
  e.ops = std::move(ops);
  e.event = event;
}

ir::VariableId HandlerBuilder::closing_seen(ir::PortId port) {
  const auto known = build_.closing_seen.find(port);
  if (known != build_.closing_seen.end()) return known->second;
  ir::Variable v;
  v.component = scope_.id;
  v.name = fmt::format("closed {}", system_.ports[port].name);
  v.is_bool = true;
  v.span = system_.ports[port].span;
  return build_.closing_seen[port] = system_.variables.add(std::move(v));
}

// Ending a handler is a step.
ir::LocationId HandlerBuilder::end(ir::LocationId idle, const annotation::Handler& h) {
  const ir::LocationId at = process_.location(LocationKind::Normal, h.body.close, "end of handler");
  std::vector<ir::Op> ops;
  if (process_.may_hold_locks) ops.push_back(op(ir::Op::Kind::CheckUnlocked));
  if (atomic_) ops.push_back(op(ir::Op::Kind::LeaveAtomic));
  process_.edge(at, idle, {h.body.close, ""}).ops = std::move(ops);
  return at;
}

// No handler applies: ignored, else deferred, else an error.
void HandlerBuilder::left_over(ir::LocationId idle, const Served& what) {
  std::vector<ir::ExprId> handled, deferred, ignored;
  bool always_ignored = false;
  const ServedException* ignoring = nullptr;
  for (const ServedHandler& h : service_.handlers) {
    if (h.what != what) continue;
    if (!h.applies) return;
    handled.push_back(*h.applies);
  }
  bool always_deferred = false;
  for (const ServedException& e : service_.exceptions) {
    if (e.what != what) continue;
    if (e.exception->ignore) ignoring = ignoring == nullptr ? &e : ignoring;
    (e.exception->ignore ? always_ignored : always_deferred) |= !e.applies;
    if (e.applies) (e.exception->ignore ? ignored : deferred).push_back(*e.applies);
  }
  const auto unhandled = either(system_, handled);
  std::vector<ir::Condition> when{arrived(what)};
  if (unhandled) when.push_back(holds(negation(system_, *unhandled)));
  if (ignoring != nullptr) {
    ir::Op take = op(what.kind == Served::Kind::Source ? ir::Op::Kind::Take : ir::Op::Kind::Receive);
    take.port = what.port;
    take.message = what.message;
    take.signal = what.signal;
    const std::uint32_t event =
        events_.try_emplace(what, static_cast<std::uint32_t>(events_.size())).first->second;
    ir::Edge& e = process_.edge(
        idle, idle, {ignoring->exception->span, written(build_.sources, ignoring->exception->span)});
    e.when = when;
    e.event = event;
    e.ops = {std::move(take)};
    if (!always_ignored) e.when.push_back(holds(*either(system_, ignored)));
    if (always_ignored) return;
    when.push_back(holds(negation(system_, *either(system_, ignored))));
  }
  if (always_deferred) return;
  if (!deferred.empty()) when.push_back(holds(negation(system_, *either(system_, deferred))));
  const source::Span span =
      what.kind == Served::Kind::Source ? system_.signals[what.signal].span : system_.ports[what.port].span;
  process_.fail(idle, std::move(when), ir::SystemProperty::UnhandledEvent, {span, "unhandled event"});
}

}  // namespace singspin::wiring
