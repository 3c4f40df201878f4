#include "frontend/wiring/body.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/wiring/scan.h"

namespace singspin::wiring {

using Kind = annotation::Stmt::Kind;
using LocationKind = ir::Location::Kind;

std::string written(const source::SourceMap& sources, source::Span span) {
  constexpr std::size_t kLongest = 80;
  std::string out;
  for (const char c : sources.text(span)) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (blank && !out.empty() && out.back() == ' ') continue;
    if (out.size() == kLongest) {
      // Not in the middle of a character.
      while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xc0) == 0x80) out.pop_back();
      return out + "...";
    }
    out += blank ? ' ' : c;
  }
  return out;
}

EdgeText BodyBuilder::text(const annotation::Stmt& s, const Binders&) const {
  switch (s.kind) {
    case Kind::If: return {s.span, fmt::format("if ({})", written(build_.sources, s.expr.span))};
    case Kind::Choose: return {s.span, "choose"};
    case Kind::Loop: return {s.span, "loop"};
    case Kind::Select: return {s.span, "select"};
    default: return {s.span, written(build_.sources, s.span)};
  }
}

ir::LocationId BodyBuilder::block(const annotation::Block& block, ir::LocationId next, const Flow& flow,
                                  const Binders& binders) {
  ir::LocationId at = next;
  for (auto s = block.stmts.rbegin(); s != block.stmts.rend(); ++s) {
    // What expands without end is not expanded to its end.
    if (build_.failed && build_.edges > 100'000) return at;
    at = statement(*s, at, flow, binders);
  }
  return at;
}

void BodyBuilder::index_variables(const Stmt& s, const Binders& binders, std::vector<IndexVariable>& all) {
  const auto of_message = [&](const annotation::Message& m) {
    add_index_variables(scope_, binders, m.port, all);
    for (const Ref& r : m.arguments) add_index_variables(scope_, binders, r, all);
  };
  add_index_variables(scope_, binders, s.ref, all);
  add_index_variables(scope_, binders, s.expr, all);
  if (s.kind == Kind::Send || s.kind == Kind::Recv) of_message(s.message);
  for (const annotation::Case& c : s.cases) {
    for (const auto& m : c.event.messages) of_message(m);
    add_index_variables(scope_, binders, c.event.ref, all);
  }
}

ir::LocationId BodyBuilder::statement(const Stmt& s, ir::LocationId next, const Flow& flow,
                                      const Binders& binders) {
  std::vector<IndexVariable> indexes;
  index_variables(s, binders, indexes);
  return by_index(s, next, flow, binders, binders, indexes, 0);
}

// 4.4: an index that is a variable means an if-chain over its values; it is one step, and a value that is
// no element of the array fails.
ir::LocationId BodyBuilder::by_index(const Stmt& s, ir::LocationId next, const Flow& flow, Binders head,
                                     const Binders& inner, const std::vector<IndexVariable>& indexes,
                                     std::size_t at) {
  if (at == indexes.size()) return plain(s, next, flow, head, inner);
  const IndexVariable& index = indexes[at];
  const ir::Variable variable = system_.variables[index.variable];
  const EdgeText text{index.name.span, fmt::format("[{}]", index.name.text)};
  std::vector<ir::VariableId> race;
  if (variable.race) race.push_back(index.variable);
  const ir::LocationId choice = process_.location(LocationKind::Normal, s.span, text.action);
  const std::int32_t first = std::max(0, variable.lowest),
                     last = std::min(variable.highest, index.elements - 1);
  head.push_back({index.name.text, 0, true});
  for (std::int32_t value = first; value <= last; ++value) {
    head.back().value = value;
    const ir::LocationId branch = by_index(s, next, flow, head, inner, indexes, at + 1);
    const ir::LocationId to = race_steps(race, ir::Op::Kind::RaceLeave, false, branch, text);
    process_.edge(choice, to, text).when = {holds(variable_is(system_, index.variable, value))};
  }
  const auto outside = [&](ir::Expr::Kind kind, std::int32_t bound) {
    ir::Expr e;
    e.kind = ir::Expr::Kind::Variable;
    e.variable = index.variable;
    const ir::ExprId left = system_.exprs.add(std::move(e));
    process_.fail(choice, {holds(binary(system_, kind, left, number(system_, bound)))},
                  ir::SystemProperty::Assertion, text);
  };
  if (variable.highest > last) outside(ir::Expr::Kind::Greater, last);
  if (variable.lowest < first) outside(ir::Expr::Kind::Less, first);
  return race_steps(race, ir::Op::Kind::RaceEnter, false, choice, text);
}

ir::LocationId BodyBuilder::plain(const Stmt& s, ir::LocationId next, const Flow& flow, const Binders& head,
                                  const Binders& inner) {
  switch (s.kind) {
    case Kind::If: return if_statement(s, next, flow, head, inner);
    case Kind::Choose: return choose(s, next, flow, inner);
    case Kind::Loop: return loop(s, next, flow, inner);
    case Kind::Select: return select(s, next, flow, head, inner);
    case Kind::Recv: return receive(s, next, head);
    case Kind::Do: return call(s, next, inner);
    case Kind::Return: return flow.return_to;
    case Kind::Break:
      if (flow.break_to) return *flow.break_to;
      build_.report(Code::break_outside_loop, s.span, "`break` stands in no loop", "nothing to leave");
      return next;
    case Kind::Assign: return assign(s, next, head);
    case Kind::Assert:
    case Kind::Assume: return test(s, next, head);
    case Kind::Goto: return go_to(s, next);
    case Kind::Skip:
    case Kind::Progress: {
      const ir::LocationId at = process_.location(LocationKind::Normal, s.span, text(s, head).action);
      process_.edge(at, next, text(s, head)).progress = s.kind == Kind::Progress;
      return at;
    }
    default: return action(s, next, head);
  }
}

ir::LocationId BodyBuilder::race_steps(const std::vector<ir::VariableId>& variables, ir::Op::Kind kind,
                                       bool write, ir::LocationId next, const EdgeText& text) {
  ir::LocationId at = next;
  for (auto v = variables.rbegin(); v != variables.rend(); ++v) {
    ir::Op o = op(kind);
    o.variable = *v;
    o.write = write;
    at = process_.step(at, text, std::move(o));
  }
  return at;
}

// The test of an `if` with the choice of its branch is one step.
ir::LocationId BodyBuilder::if_statement(const Stmt& s, ir::LocationId next, const Flow& flow,
                                         const Binders& head, const Binders& inner) {
  const EdgeText words = text(s, head);
  std::vector<ir::VariableId> reads;
  add_race_reads(build_, view(head), s.expr, reads);
  const auto branch = [&](std::size_t i) {
    const ir::LocationId begin = i < s.blocks.size() ? block(s.blocks[i], next, flow, inner) : next;
    return race_steps(reads, ir::Op::Kind::RaceLeave, false, begin, words);
  };
  const ir::LocationId then = branch(0), otherwise = branch(1);
  const auto test = lower_expression(build_, view(head), s.expr);
  if (!test) return next;
  const ir::LocationId at = process_.location(LocationKind::Normal, s.span, words.action);
  process_.edge(at, then, words).when = {holds(*test)};
  process_.edge(at, otherwise, {s.span, fmt::format("else of {}", words.action)}).when = {
      holds(negation(system_, *test))};
  return race_steps(reads, ir::Op::Kind::RaceEnter, false, at, words);
}

ir::LocationId BodyBuilder::choose(const Stmt& s, ir::LocationId next, const Flow& flow,
                                   const Binders& inner) {
  const ir::LocationId at = process_.location(LocationKind::Normal, s.span, "choose");
  for (const annotation::Block& b : s.blocks) {
    const ir::LocationId to = block(b, next, flow, inner);
    process_.edge(at, to, {b.open, "choose"});
  }
  return at;
}

ir::LocationId BodyBuilder::loop(const Stmt& s, const ir::LocationId next, const Flow& flow,
                                 const Binders& inner) {
  const ir::LocationId head = process_.placeholder(s.span);
  Flow inside = flow;
  inside.break_to = next;
  process_.forward(head, block(s.blocks.front(), head, inside, inner));
  return head;
}

// `do f` is the text of f in place.
ir::LocationId BodyBuilder::call(const Stmt& s, ir::LocationId next, const Binders&) {
  const Item* item = build_.find(scope_, s.ref.name, {Item::Kind::Proc}, "proc");
  if (item == nullptr || build_.failed) return next;  // there may be recursion
  const annotation::Proc* proc = find_proc(*scope_.tree, s.ref.name.text);
  return block(proc->body, next, {std::nullopt, next}, {});
}

ir::LocationId BodyBuilder::assign(const Stmt& s, ir::LocationId next, const Binders& head) {
  const auto target = row(s.ref, Item::Kind::Variable, "variable", head);
  const auto value = lower_expression(build_, view(head), s.expr);
  if (!target || !value) return next;
  const EdgeText words = text(s, head);
  const ir::VariableId variable{*target};
  ir::Op o = op(ir::Op::Kind::Assign);
  o.variable = variable;
  o.expr = *value;
  std::vector<ir::VariableId> reads, writes;
  add_race_reads(build_, view(head), s.expr, reads);
  if (system_.variables[variable].race) writes.push_back(variable);
  // 4.5: an access is three steps, and the reads of a right side come before the write.
  ir::LocationId at = writes.empty() ? race_steps(reads, ir::Op::Kind::RaceLeave, false, next, words)
                                     : race_steps(writes, ir::Op::Kind::RaceLeave, true, next, words);
  at = process_.step(at, words, std::move(o));
  if (!writes.empty()) {
    at = race_steps(writes, ir::Op::Kind::RaceEnter, true, at, words);
    if (reads.empty()) return at;
    at = race_steps(reads, ir::Op::Kind::RaceLeave, false, at, words);
    const ir::LocationId access = process_.location(LocationKind::Normal, s.span, words.action);
    process_.edge(access, at, words);
    at = access;
  }
  return race_steps(reads, ir::Op::Kind::RaceEnter, false, at, words);
}

ir::LocationId BodyBuilder::test(const Stmt& s, ir::LocationId next, const Binders& head) {
  const auto value = lower_expression(build_, view(head), s.expr);
  if (!value) return next;
  const EdgeText words = text(s, head);
  const bool asserts = s.kind == Kind::Assert;
  ir::Op o = op(asserts ? ir::Op::Kind::Assert : ir::Op::Kind::Assume);
  o.expr = *value;
  std::vector<ir::VariableId> reads;
  if (asserts) add_race_reads(build_, view(head), s.expr, reads);
  const ir::LocationId leave = race_steps(reads, ir::Op::Kind::RaceLeave, false, next, words);
  return race_steps(reads, ir::Op::Kind::RaceEnter, false, process_.step(leave, words, std::move(o)), words);
}

ir::LocationId BodyBuilder::go_to(const Stmt& s, ir::LocationId next) {
  const Item* item = build_.find(scope_, s.ref.name, {Item::Kind::State}, "state");
  if (item == nullptr) return next;
  if (s.ref.indexed) build_.report(Code::bad_index, s.ref.span, "a state is no array", "takes no index");
  ir::Op o = op(ir::Op::Kind::Assign);
  o.variable = *system_.components[scope_.id].state;
  o.expr = number(system_, static_cast<std::int32_t>(item->first));
  return process_.step(next, text(s, {}), std::move(o));
}

}  // namespace singspin::wiring
