#include "frontend/wiring/build.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/base/nearest.h"

namespace singspin::wiring {

std::string_view kind_words(Item::Kind kind) {
  switch (kind) {
    case Item::Kind::Port: return "a port";
    case Item::Kind::State: return "a state";
    case Item::Kind::Value: return "a value of an enumeration";
    case Item::Kind::Variable: return "a variable";
    case Item::Kind::Slot: return "a slot";
    case Item::Kind::Lock: return "a lock";
    case Item::Kind::Signal: return "an event or a source";
    case Item::Kind::Thread: return "a thread";
    case Item::Kind::Proc: return "a proc";
  }
  UNREACHABLE("kind is known");
}

const ir::Contract& Build::contract(ir::PortId port) const {
  return contract(system.channels[system.ports[port].channel].contract);
}

diagnostics::Diagnostic* Build::report(Code code, source::Span span, std::string message, std::string label) {
  constexpr std::size_t kMost = 1000;
  if (diagnostics::info(code).severity == diagnostics::Severity::Error) failed = true;
  if (reported_.size() >= kMost || !reported_.insert({code, span.file, span.begin}).second) return nullptr;
  return &diagnostics.add(code, span, std::move(message), std::move(label));
}

void Build::unknown(const Name& name, std::string_view what,
                    const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kMostSuggestions = 100;
  auto* d = report(Code::unknown_name, name.span, fmt::format("there is no {} `{}`", what, name.text),
                   "not declared");
  if (d == nullptr || ++suggestions_ > kMostSuggestions) return;
  const std::string_view best = base::nearest(name.text, candidates);
  if (best.empty()) return;
  d->help = fmt::format("`{}` is similar", best);
  d->fixes.push_back({fmt::format("write `{}`", best), {{name.span, std::string(best)}}, false});
}

void Build::too_large(source::Span span) {
  report(Code::system_too_large, span, "this expands into more steps than are looked at");
}

Scope* Build::find_scope(std::string_view component) {
  const auto found = std::find_if(scopes.begin(), scopes.end(),
                                  [&](const Scope& s) { return s.tree->name.text == component; });
  return found == scopes.end() ? nullptr : &*found;
}

std::vector<std::string_view> Build::component_names() const {
  std::vector<std::string_view> result;
  for (const Scope& s : scopes) result.push_back(s.tree->name.text);
  return result;
}

Item* Build::find(Scope& scope, const Name& name, std::string_view what) {
  const auto found = scope.items.find(name.text);
  if (found != scope.items.end()) {
    found->second.used = true;
    return &found->second;
  }
  std::vector<std::string_view> candidates;
  for (const auto& [text, item] : scope.items) candidates.push_back(text);
  unknown(name, what, candidates);
  return nullptr;
}

Item* Build::find(Scope& scope, const Name& name, std::initializer_list<Item::Kind> kinds,
                  std::string_view what) {
  const auto found = scope.items.find(name.text);
  if (found == scope.items.end()) {
    std::vector<std::string_view> candidates;
    for (const auto& [text, item] : scope.items) {
      if (std::find(kinds.begin(), kinds.end(), item.kind) != kinds.end()) candidates.push_back(text);
    }
    unknown(name, what, candidates);
    return nullptr;
  }
  Item& item = found->second;
  item.used = true;
  if (std::find(kinds.begin(), kinds.end(), item.kind) != kinds.end()) return &item;
  if (auto* d = report(Code::wrong_kind, name.span,
                       fmt::format("`{}` is {}, which cannot stand here", name.text, kind_words(item.kind)),
                       fmt::format("expected: {}", what)))
    d->labels.push_back({item.span, "declared here"});
  return nullptr;
}

std::optional<std::int32_t> bound_value(const Binders& binders, std::string_view name, bool as_index) {
  for (auto it = binders.rbegin(); it != binders.rend(); ++it) {
    if (it->name == name && (as_index || !it->index_only)) return it->value;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Build::element(const Item& item, const Ref& ref, const Binders& binders) {
  if (item.count == 0) {
    if (!ref.indexed) return item.first;
    report(Code::bad_index, ref.span, fmt::format("`{}` is no array", ref.name.text), "takes no index");
    return std::nullopt;
  }
  if (!ref.indexed) {
    report(Code::bad_index, ref.span,
           fmt::format("`{}` is an array of {}: which element?", ref.name.text, item.count),
           "needs an index");
    return std::nullopt;
  }
  std::int32_t index = ref.number;
  if (ref.index) {
    const auto value = bound_value(binders, ref.index->text, true);
    if (!value) {
      report(Code::bad_index, ref.index->span, fmt::format("`{}` has no value here", ref.index->text),
             "not a variable");
      return std::nullopt;
    }
    index = *value;
  }
  if (index >= 0 && static_cast<std::uint32_t>(index) < item.count)
    return item.first + static_cast<std::uint32_t>(index);
  report(Code::bad_index, ref.span,
         fmt::format("`{}` has the elements 0 to {}, not {}", ref.name.text, item.count - 1, index),
         "out of range");
  return std::nullopt;
}

std::optional<ir::MessageId> Build::message(ir::PortId port, const Name& name, bool receives) {
  const ir::Contract& c = contract(port);
  const ir::Role role = system.ports[port].role;
  const auto id = find_message(c, name.text);
  if (!id) {
    std::vector<std::string_view> candidates;
    for (const ir::Message& m : c.messages) candidates.push_back(m.name);
    auto* d = report(Code::unknown_message, name.span,
                     fmt::format("contract `{}` has no message `{}`", c.name, name.text), "no such message");
    const std::string_view best = d == nullptr ? std::string_view() : base::nearest(name.text, candidates);
    if (!best.empty()) {
      d->help = fmt::format("`{}` is similar", best);
      d->fixes.push_back({fmt::format("write `{}`", best), {{name.span, std::string(best)}}, false});
    }
    return std::nullopt;
  }
  const ir::Message& m = c.messages[*id];
  if (receives ? may_receive(m, role) : may_send(m, role)) return id;
  auto* d = report(Code::wrong_direction, name.span,
                   fmt::format("the {} of `{}` {} `{}` and does not {} it", ir::role_text(role), c.name,
                               receives ? "sends" : "receives", name.text, receives ? "receive" : "send"),
                   "the other way round");
  if (d != nullptr) d->labels.push_back({m.span, "declared here"});
  return std::nullopt;
}

ir::PoolId Build::pool(ir::ComponentId component, std::string_view block, source::Span span) {
  const std::string plain = block.empty() ? "block" : std::string(block);
  std::string name = plain;
  if (pool_names.contains(name)) name = fmt::format("{}.{}", system.components[component].name, plain);
  const std::string longer = name;
  for (int n = 2; pool_names.contains(name); ++n) name = fmt::format("{}.{}", longer, n);
  pool_names.insert(name);
  return system.pools.add({component, std::move(name), system.blocks(), options.tokens, span});
}

ir::ExprId number(ir::System& system, std::int32_t value) {
  ir::Expr e;
  e.value = value;
  return system.exprs.add(std::move(e));
}

ir::ExprId negation(ir::System& system, ir::ExprId operand) {
  ir::Expr e;
  e.kind = ir::Expr::Kind::Not;
  e.left = operand;
  return system.exprs.add(std::move(e));
}

ir::ExprId binary(ir::System& system, ir::Expr::Kind kind, ir::ExprId left, ir::ExprId right) {
  ir::Expr e;
  e.kind = kind;
  e.left = left;
  e.right = right;
  return system.exprs.add(std::move(e));
}

ir::ExprId variable_is(ir::System& system, ir::VariableId variable, std::int32_t value) {
  ir::Expr e;
  e.kind = ir::Expr::Kind::Variable;
  e.variable = variable;
  const ir::ExprId left = system.exprs.add(std::move(e));
  return binary(system, ir::Expr::Kind::Equal, left, number(system, value));
}

std::optional<ir::ExprId> both(ir::System& system, std::optional<ir::ExprId> a, std::optional<ir::ExprId> b) {
  if (a && b) return binary(system, ir::Expr::Kind::And, *a, *b);
  return a ? a : b;
}

std::optional<ir::ExprId> either(ir::System& system, const std::vector<ir::ExprId>& all) {
  std::vector<ir::ExprId> level = all;
  while (level.size() > 1) {  // in pairs: a long list must not become a deep tree
    std::vector<ir::ExprId> next;
    for (std::size_t i = 0; i < level.size(); i += 2)
      next.push_back(i + 1 == level.size() ? level[i]
                                           : binary(system, ir::Expr::Kind::Or, level[i], level[i + 1]));
    level = std::move(next);
  }
  return level.empty() ? std::nullopt : std::optional(level.front());
}

}  // namespace singspin::wiring
