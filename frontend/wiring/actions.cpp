// Actions of one step, and those that wait for one thing.
#include <fmt/format.h>

#include "frontend/wiring/body.h"

namespace singspin::wiring {

using Kind = annotation::Stmt::Kind;
using LocationKind = ir::Location::Kind;
using Property = ir::SystemProperty;

std::optional<std::uint32_t> BodyBuilder::row(const Ref& ref, Item::Kind kind, std::string_view what,
                                              const Binders& head) {
  const Item* item = build_.find(scope_, ref.name, {kind}, what);
  return item == nullptr ? std::nullopt : build_.element(*item, ref, head);
}

std::optional<ir::PortId> BodyBuilder::port(const Ref& ref, const Binders& head) {
  const auto found = row(ref, Item::Kind::Port, "port", head);
  return found ? std::optional(ir::PortId{*found}) : std::nullopt;
}

ir::LocationId BodyBuilder::action(const Stmt& s, ir::LocationId next, const Binders& head) {
  switch (s.kind) {
    case Kind::Send: return send(s, next, head);
    case Kind::Close: return close(s, next, head);
    case Kind::New:
    case Kind::Use:
    case Kind::Free:
    case Kind::Give:
    case Kind::Take: return on_block(s, next, head);
    case Kind::Acquire:
    case Kind::Release: return on_lock(s, next);
    case Kind::Wait:
    case Kind::Signal:
    case Kind::Reset:
    case Kind::Arm:
    case Kind::Cancel: return on_signal_item(s, next);
    case Kind::Spawn:
    case Kind::Join: return on_thread(s, next);
    case Kind::Block: return sleep(s, next);
    default: UNREACHABLE("the other kinds are no plain actions");
  }
}

std::optional<std::vector<ir::Argument>> BodyBuilder::arguments(const annotation::Message& m, ir::PortId port,
                                                                ir::MessageId message, bool receives,
                                                                const Binders& head) {
  const ir::Message& declared = build_.contract(port).messages[message];
  const std::vector<Resource> wanted = resources(declared);
  if (wanted.size() != m.arguments.size()) {
    auto* d = build_.report(Code::wrong_arguments, m.span,
                            fmt::format("`{}` carries {} resource{}, not {}", m.name.text, wanted.size(),
                                        wanted.size() == 1 ? "" : "s", m.arguments.size()),
                            "blocks and endpoints are named, scalars are not");
    if (d != nullptr) d->labels.push_back({declared.span, "declared here"});
    return std::nullopt;
  }
  std::vector<ir::Argument> result;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].is_endpoint) {
      auto a = endpoint(m.arguments[i], wanted[i],
                        {system_.ports[port].channel, message, i, {}, m.arguments[i].span}, receives, head);
      if (a) result.push_back(std::move(*a));
      continue;
    }
    const auto slot = row(m.arguments[i], Item::Kind::Slot, "slot", head);
    if (!slot) continue;
    ir::Argument a;
    a.slot = {*slot};
    result.push_back(std::move(a));
  }
  return result.size() == wanted.size() ? std::optional(std::move(result)) : std::nullopt;
}

// Rule 1.5: the receiver names a port of the type's role, the sender the other end of its channel.
std::optional<ir::Argument> BodyBuilder::endpoint(const Ref& ref, const Resource& resource, EndpointUse use,
                                                  bool receives, const Binders& head) {
  const auto own = port(ref, head);
  if (!own) return std::nullopt;
  const ir::Port& p = system_.ports[*own];
  const ir::Contract& c = build_.contract(*own);
  const ir::Role wanted = receives ? resource.endpoint.role : ir::other(resource.endpoint.role);
  if (!receives && !p.bound_at_start) {
    build_.report(Code::endpoint_passed_on, ref.span,
                  fmt::format("`{}` has been received itself and cannot be passed on", p.name),
                  "a received endpoint");
    return std::nullopt;
  }
  if (c.name != resource.endpoint.contract || p.role != wanted) {
    build_.report(Code::endpoint_mismatch, ref.span,
                  fmt::format("`{}` is the {} of `{}`; an endpoint of type `{}` takes the {} of `{}` here",
                              p.name, ir::role_text(p.role), c.name, resource.type, ir::role_text(wanted),
                              resource.endpoint.contract),
                  "does not fit");
    return std::nullopt;
  }
  use.port = *own;
  (receives ? build_.endpoint_receives : build_.endpoint_sends).push_back(use);
  ir::Argument a;
  a.kind = ir::Argument::Kind::Endpoint;
  if (receives) {
    a.binds = {*own};
    // A generated peer of the port starts with the message.
    const ir::PortId other = system_.channels[p.channel].end(ir::other(p.role));
    if (!system_.ports[other].bound_at_start) a.binds.push_back(other);
  }
  return a;
}

ir::LocationId BodyBuilder::send(const Stmt& s, ir::LocationId next, const Binders& head) {
  const auto p = port(s.message.port, head);
  const auto message = p ? build_.message(*p, s.message.name, false) : std::nullopt;
  if (!message) return next;
  auto values = arguments(s.message, *p, *message, false, head);
  if (!values) return next;
  ir::Op o = op(ir::Op::Kind::Send);
  o.port = *p;
  o.message = *message;
  o.arguments = std::move(*values);
  const EdgeText words{s.span, fmt::format("send {}.{}", system_.ports[*p].name, s.message.name.text)};
  const ir::LocationId at = process_.location(LocationKind::Normal, s.span, words.action);
  ir::Edge& e = process_.edge(at, next, words);
  e.ops = {std::move(o)};
  // Rule 1.1: a queue that is cut off makes the sender wait.
  if (!system_.channels[system_.ports[*p].channel].exact) e.when = {on_port(ir::Condition::Kind::Room, *p)};
  return at;
}

ir::LocationId BodyBuilder::close(const Stmt& s, ir::LocationId next, const Binders& head) {
  const auto p = port(s.ref, head);
  if (!p) return next;
  ir::Op o = op(ir::Op::Kind::Close);
  o.port = *p;
  return process_.step(next, {s.span, fmt::format("close {}", system_.ports[*p].name)}, std::move(o));
}

ir::LocationId BodyBuilder::on_block(const Stmt& s, ir::LocationId next, const Binders& head) {
  const auto slot = row(s.ref, Item::Kind::Slot, "slot", head);
  if (!slot) return next;
  const std::string& name = system_.slots[{*slot}].name;
  ir::Op o;
  o.slot = {*slot};
  std::string action;
  switch (s.kind) {
    case Kind::New:
      o.kind = ir::Op::Kind::New;
      action = "new " + name;
      break;
    case Kind::Use:
      o.kind = ir::Op::Kind::Use;
      action = "use " + name;
      break;
    case Kind::Free:
      o.kind = ir::Op::Kind::Free;
      action = "free " + name;
      break;
    case Kind::Give:
      o.kind = ir::Op::Kind::Give;
      action = "give " + name + " to hw";
      break;
    default:
      o.kind = ir::Op::Kind::Take_Back;
      action = "take " + name;
      break;
  }
  if (s.kind != Kind::New) return process_.step(next, {s.span, std::move(action)}, std::move(o));
  // Rule 8: each `new` in the text has its own pool; if it is empty, the step waits.
  const auto known = build_.pools.find(&s);
  o.pool = known != build_.pools.end() ? known->second : build_.pool(scope_.id, s.ref.name.text, s.span);
  build_.pools[&s] = o.pool;
  ir::Condition block = condition(ir::Condition::Kind::Block);
  block.pool = o.pool;
  const ir::LocationId at = process_.location(LocationKind::Normal, s.span, action);
  ir::Edge& e = process_.edge(at, next, {s.span, action});
  e.when = {std::move(block)};
  e.ops = {std::move(o)};
  return at;
}

ir::LocationId BodyBuilder::on_lock(const Stmt& s, ir::LocationId next) {
  const auto found = row(s.ref, Item::Kind::Lock, "lock", {});
  if (!found) return next;
  const ir::LockId lock{*found};
  const bool spin = system_.locks[lock].spin, acquires = s.kind == Kind::Acquire;
  const EdgeText words = text(s, {});
  ir::Op o = op(acquires ? ir::Op::Kind::Acquire : ir::Op::Kind::Release);
  o.lock = lock;
  std::vector<ir::Op> ops{std::move(o)};
  if (spin) ops.push_back(op(acquires ? ir::Op::Kind::EnterAtomic : ir::Op::Kind::LeaveAtomic));
  const ir::LocationId at = process_.location(LocationKind::Normal, s.span, words.action);
  process_.edge(at, next, words).ops = std::move(ops);
  if (!acquires) return at;
  ir::Condition free = condition(ir::Condition::Kind::LockFree),
                mine = condition(ir::Condition::Kind::LockMine);
  free.lock = mine.lock = lock;
  process_.wait_for(at, free);
  if (!spin) process_.blocks(at, words);
  process_.fail(at, {mine}, Property::LockDiscipline, words);
  return at;
}

ir::LocationId BodyBuilder::on_signal_item(const Stmt& s, ir::LocationId next) {
  const auto found = row(s.ref, Item::Kind::Signal, "event or source", {});
  if (!found) return next;
  const ir::SignalId signal{*found};
  const ir::Signal::Kind kind = system_.signals[signal].kind;
  const EdgeText words = text(s, {});
  if ((s.kind == Kind::Arm || s.kind == Kind::Cancel) && !ir::is_armed_kind(kind)) {
    const bool irq = kind == ir::Signal::Kind::Irq;
    auto* d = build_.report(Code::arm_free_irq, s.span,
                            fmt::format("`{}` is {}", s.ref.name.text,
                                        irq ? "an irq that fires at any time" : "no timer and no irq"),
                            "cannot be armed");
    if (d != nullptr && irq) d->help = fmt::format("declare it as `irq {} armed`", s.ref.name.text);
    return next;
  }
  ir::Op o;
  o.signal = signal;
  switch (s.kind) {
    case Kind::Signal: o.kind = ir::Op::Kind::Signal; break;
    case Kind::Reset: o.kind = ir::Op::Kind::Reset; break;
    case Kind::Arm: o.kind = ir::Op::Kind::Arm; break;
    case Kind::Cancel: o.kind = ir::Op::Kind::Cancel; break;
    default: o.kind = ir::Op::Kind::Take; break;
  }
  if (s.kind != Kind::Wait) return process_.step(next, words, std::move(o));
  const ir::LocationId at = process_.location(waiting(s), s.span, words.action);
  process_.edge(at, next, words).ops = {std::move(o)};
  process_.wait_for(at, on_signal(ir::Condition::Kind::Signal, signal));
  process_.blocks(at, words);
  return at;
}

ir::LocationId BodyBuilder::on_thread(const Stmt& s, ir::LocationId next) {
  const auto found = row(s.ref, Item::Kind::Thread, "thread", {});
  if (!found) return next;
  const ir::ProcessId thread = build_.threads.at({scope_.id, *found});
  const EdgeText words = text(s, {});
  if (s.kind == Kind::Spawn) {
    ir::Op spawn = op(ir::Op::Kind::Spawn), activate = op(ir::Op::Kind::Activate);
    spawn.process = thread;
    activate.component = scope_.id;
    // Rule 6: a spawned thread counts from the spawn.
    const ir::LocationId at = process_.location(LocationKind::Normal, s.span, words.action);
    process_.edge(at, next, words).ops = {std::move(spawn), std::move(activate)};
    return at;
  }
  ir::Condition done = condition(ir::Condition::Kind::Done);
  done.process = thread;
  const ir::LocationId at = process_.location(LocationKind::Normal, s.span, words.action);
  process_.edge(at, next, words).when = {std::move(done)};
  process_.blocks(at, words);
  return at;
}

ir::LocationId BodyBuilder::sleep(const Stmt& s, ir::LocationId next) {
  const EdgeText words = text(s, {});
  const ir::LocationId at = process_.location(LocationKind::Normal, s.span, words.action);
  process_.edge(at, next, words);
  process_.blocks(at, words);
  return at;
}

}  // namespace singspin::wiring
