#include "frontend/wiring/process.h"

#include <algorithm>

namespace singspin::wiring {

ir::Condition condition(ir::Condition::Kind kind) {
  ir::Condition c;
  c.kind = kind;
  return c;
}
ir::Condition on_port(ir::Condition::Kind kind, ir::PortId port) {
  ir::Condition c = condition(kind);
  c.port = port;
  return c;
}
ir::Condition head(ir::PortId port, ir::MessageId message) {
  ir::Condition c = on_port(ir::Condition::Kind::Head, port);
  c.message = message;
  return c;
}
ir::Condition on_signal(ir::Condition::Kind kind, ir::SignalId signal) {
  ir::Condition c = condition(kind);
  c.signal = signal;
  return c;
}
ir::Condition holds(ir::ExprId expr) {
  ir::Condition c = condition(ir::Condition::Kind::Expr);
  c.expr = expr;
  return c;
}
ir::Op op(ir::Op::Kind kind) {
  ir::Op o;
  o.kind = kind;
  return o;
}
ir::Op fails(ir::SystemProperty property) {
  ir::Op o = op(ir::Op::Kind::Fail);
  o.property = property;
  return o;
}

ProcessBuilder::ProcessBuilder(Build& build, ir::ComponentId component, ir::Process::Kind kind,
                               std::string name, source::Span span)
    : build_(build) {
  process_.component = component;
  process_.kind = kind;
  process_.name = std::move(name);
  process_.span = span;
}

ir::LocationId ProcessBuilder::location(ir::Location::Kind kind, source::Span span, std::string activity) {
  forward_.emplace_back();
  return process_.locations.add({kind, span, std::move(activity), {}});
}

ir::LocationId ProcessBuilder::placeholder(source::Span span) {
  return location(ir::Location::Kind::Normal, span, "loop");
}

ir::Edge& ProcessBuilder::edge(ir::LocationId from, ir::LocationId to, EdgeText text) {
  constexpr std::size_t kMostEdges = 100'000;  // of a system
  if (++build_.edges > kMostEdges) build_.too_large(text.span);
  ir::Edge e;
  e.from = from;
  e.to = to;
  e.span = text.span;
  e.action = std::move(text.action);
  const ir::EdgeId id = process_.edges.add(std::move(e));
  process_.locations[from].out.push_back(id);
  return process_.edges[id];
}

void ProcessBuilder::fail(ir::LocationId from, std::vector<ir::Condition> when, ir::SystemProperty property,
                          EdgeText text) {
  ir::Edge& e = edge(from, from, std::move(text));
  e.when = std::move(when);
  e.ops = {fails(property)};
}

ir::LocationId ProcessBuilder::step(ir::LocationId to, EdgeText text, ir::Op o) {
  const ir::LocationId from = location(ir::Location::Kind::Normal, text.span, text.action);
  edge(from, to, std::move(text)).ops = {std::move(o)};
  return from;
}

void ProcessBuilder::wait_for(ir::LocationId location, const ir::Condition& condition) {
  for (const ir::EdgeId e : process_.locations[location].out) process_.edges[e].when.push_back(condition);
}

void ProcessBuilder::blocks(ir::LocationId location, EdgeText text) {
  if (!may_be_atomic) return;
  wait_for(location, condition(ir::Condition::Kind::NotAtomic));
  fail(location, {condition(ir::Condition::Kind::Atomic)}, ir::SystemProperty::BlockingInAtomic,
       std::move(text));
}

void ProcessBuilder::start_off(ir::LocationId off, ir::LocationId first) { off_ = {off, first}; }

// A circle of places without a step between them is a loop in which nothing happens: it stays where it is.
ir::LocationId ProcessBuilder::resolve(ir::LocationId location) const {
  ir::LocationId at = location;
  for (std::size_t steps = 0; forward_[at.value] && steps <= forward_.size(); ++steps)
    at = *forward_[at.value];
  return at;
}

void ProcessBuilder::copy_edges(ir::LocationId from, ir::LocationId to) {
  const std::vector<ir::EdgeId> edges = process_.locations[from].out;
  for (const ir::EdgeId id : edges) {
    ir::Edge e = process_.edges[id];
    e.from = to;
    e.when.insert(e.when.begin(), condition(ir::Condition::Kind::Running));
    process_.locations[to].out.push_back(process_.edges.add(std::move(e)));
  }
}

ir::Process ProcessBuilder::finish(ir::LocationId start, bool counts) {
  if (off_) {
    const ir::LocationId first = resolve(off_->second);
    const bool rests = process_.locations[first].kind != ir::Location::Kind::Normal;
    if (rests || process_.locations[first].out.empty()) {
      edge(off_->first, first, {process_.locations[first].span, ""}).when = {
          condition(ir::Condition::Kind::Running)};
    } else {
      copy_edges(first, off_->first);
    }
    start = off_->first;
  }
  ir::Process result = process_;
  result.locations = {};
  result.edges = {};
  std::vector<std::optional<ir::LocationId>> place(process_.locations.size());
  std::vector<ir::LocationId> order;
  const auto visit = [&](ir::LocationId old) {
    const ir::LocationId at = resolve(old);
    if (!place[at.value]) {
      place[at.value] = result.locations.add(process_.locations[at]);
      result.locations[*place[at.value]].out.clear();
      order.push_back(at);
    }
    return *place[at.value];
  };
  result.start = visit(start);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool blind = forward_[order[i].value].has_value();  // a loop without a step
    for (const ir::EdgeId id : process_.locations[order[i]].out) {
      if (blind) break;
      ir::Edge e = process_.edges[id];
      e.from = *place[order[i].value];
      const bool fails_only = !e.ops.empty() && e.ops.back().kind == ir::Op::Kind::Fail;
      e.to = fails_only ? e.from : visit(e.to);
      const ir::EdgeId new_id = result.edges.add(std::move(e));
      result.locations[*place[order[i].value]].out.push_back(new_id);
    }
  }
  if (!counts) return result;
  for (ir::Edge& e : result.edges) {
    if (!e.ops.empty() && e.ops.back().kind == ir::Op::Kind::Fail) continue;
    const auto from = result.locations[e.from].kind, to = result.locations[e.to].kind;
    ir::Op activate = op(ir::Op::Kind::Activate), rest = op(ir::Op::Kind::Rest);
    activate.component = rest.component = result.component;
    if (from == ir::Location::Kind::Resting) e.ops.insert(e.ops.begin(), activate);
    if (to != ir::Location::Kind::Normal) e.ops.push_back(rest);
  }
  result.starts_active = result.locations[result.start].kind == ir::Location::Kind::Normal;
  return result;
}

}  // namespace singspin::wiring
