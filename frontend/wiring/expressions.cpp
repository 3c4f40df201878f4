#include "frontend/wiring/expressions.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::wiring {

namespace {

using Kind = annotation::Expr::Kind;
using Sign = annotation::Expr::Sign;

ir::Expr::Kind operator_kind(Sign sign) {
  switch (sign) {
    case Sign::Or: return ir::Expr::Kind::Or;
    case Sign::And: return ir::Expr::Kind::And;
    case Sign::Equal: return ir::Expr::Kind::Equal;
    case Sign::NotEqual: return ir::Expr::Kind::NotEqual;
    case Sign::Less: return ir::Expr::Kind::Less;
    case Sign::LessEqual: return ir::Expr::Kind::LessEqual;
    case Sign::Greater: return ir::Expr::Kind::Greater;
    case Sign::GreaterEqual: return ir::Expr::Kind::GreaterEqual;
    case Sign::Plus: return ir::Expr::Kind::Plus;
    case Sign::Minus: return ir::Expr::Kind::Minus;
  }
  UNREACHABLE("sign is known");
}

const Binders kNoBinders;

class Lowering {
 public:
  Lowering(Build& build, const View& view) : build_(build), system_(build.system), view_(view) {}

  // `hint`: the variable on the other side of a comparison; names of its values are visible.
  std::optional<ir::ExprId> expression(const annotation::Expr& e, const ir::Variable* hint = nullptr) {
    switch (e.kind) {
      case Kind::Number: return number(system_, e.value);
      case Kind::Held: return held(e);
      case Kind::Item: return item(e, hint);
      case Kind::At: return at(e);
      case Kind::OfOther: return of_other(e);
      case Kind::Not:
      case Kind::Negate: return unary(e);
      case Kind::Chain: return chain(e);
    }
    UNREACHABLE("kind is known");
  }

 private:
  const Binders& binders() const { return view_.binders == nullptr ? kNoBinders : *view_.binders; }

  std::optional<ir::ExprId> unary(const annotation::Expr& e) {
    const auto operand = expression(e.operands.front());
    if (!operand) return std::nullopt;
    ir::Expr result;
    result.kind = e.kind == Kind::Not ? ir::Expr::Kind::Not : ir::Expr::Kind::Negate;
    result.left = *operand;
    return system_.exprs.add(std::move(result));
  }

  // Enumeration variable of a side, found without reporting anything.
  const ir::Variable* enumeration(const annotation::Expr& e) {
    Scope* scope = view_.scope;
    if (e.kind == Kind::OfOther) scope = build_.find_scope(e.name.text);
    if (scope == nullptr || (e.kind != Kind::Item && e.kind != Kind::OfOther)) return nullptr;
    const auto found = scope->items.find(e.ref.name.text);
    if (found == scope->items.end() || found->second.kind != Item::Kind::Variable) return nullptr;
    const ir::Variable& v = system_.variables[{found->second.first}];
    return v.names.empty() ? nullptr : &v;
  }

  std::optional<ir::ExprId> chain(const annotation::Expr& e) {
    const bool compares =
        e.operands.size() == 2 && e.signs.front() != Sign::Or && e.signs.front() != Sign::And;
    std::optional<ir::ExprId> result;
    bool good = true;
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      const ir::Variable* hint = compares ? enumeration(e.operands[1 - i]) : nullptr;
      const auto operand = expression(e.operands[i], hint);
      good = good && operand;
      if (!good) continue;  // the rest is read for its mistakes
      result = i == 0 ? operand : binary(system_, operator_kind(e.signs[i - 1]), *result, *operand);
    }
    return good ? result : std::nullopt;
  }

  std::optional<ir::ExprId> held(const annotation::Expr& e) {
    if (view_.scope == nullptr) {
      build_.report(Code::wrong_kind, e.span,
                    "`held` asks about the process that evaluates it, and a check is none",
                    "only inside a component");
      return std::nullopt;
    }
    const Item* lock = build_.find(*view_.scope, e.name, {Item::Kind::Lock}, "lock");
    if (lock == nullptr) return std::nullopt;
    ir::Expr result;
    result.kind = ir::Expr::Kind::Held;
    result.lock = {lock->first};
    return system_.exprs.add(std::move(result));
  }

  std::optional<ir::ExprId> item(const annotation::Expr& e, const ir::Variable* hint) {
    if (!e.ref.indexed) {
      if (const auto value = bound_value(binders(), e.ref.name.text, false)) return number(system_, *value);
    }
    if (hint != nullptr && !e.ref.indexed) {
      const auto found = std::find(hint->names.begin(), hint->names.end(), e.ref.name.text);
      if (found != hint->names.end()) {
        if (view_.scope != nullptr && view_.scope->items.contains(e.ref.name.text))
          view_.scope->items[e.ref.name.text].used = true;
        return number(system_, static_cast<std::int32_t>(found - hint->names.begin()));
      }
    }
    if (view_.scope == nullptr) {
      build_.report(Code::unknown_name, e.ref.name.span,
                    fmt::format("`{}` stands outside of all components", e.ref.name.text),
                    "write `COMPONENT.name` or `COMPONENT@state`");
      return std::nullopt;
    }
    const Item* found =
        build_.find(*view_.scope, e.ref.name,
                    {Item::Kind::Variable, Item::Kind::Signal, Item::Kind::State, Item::Kind::Value},
                    "variable, event, source or state");
    return found == nullptr ? std::nullopt : value_of(*view_.scope, *found, e.ref);
  }

  std::optional<ir::ExprId> value_of(const Scope& scope, const Item& found, const Ref& ref) {
    if (found.kind == Item::Kind::Value) return number(system_, static_cast<std::int32_t>(found.first));
    if (found.kind == Item::Kind::State)
      return variable_is(system_, *system_.components[scope.id].state,
                         static_cast<std::int32_t>(found.first));
    const auto row = build_.element(found, ref, binders());
    if (!row) return std::nullopt;
    ir::Expr result;
    if (found.kind == Item::Kind::Variable) {
      result.kind = ir::Expr::Kind::Variable;
      result.variable = {*row};
    } else {
      result.kind = ir::Expr::Kind::Pending;
      result.signal = {*row};
    }
    return system_.exprs.add(std::move(result));
  }

  // `N@S`, or `p@S` of an own port.
  std::optional<ir::ExprId> at(const annotation::Expr& e) {
    if (view_.scope != nullptr) {
      const auto own = view_.scope->items.find(e.ref.name.text);
      if (own != view_.scope->items.end() && own->second.kind == Item::Kind::Port)
        return port_node(*view_.scope, e);
    }
    Scope* scope = build_.find_scope(e.ref.name.text);
    if (scope == nullptr)
      return build_.unknown(e.ref.name, view_.scope == nullptr ? "component" : "component or port",
                            build_.component_names()),
             std::nullopt;
    if (e.ref.indexed)
      return build_.report(Code::bad_index, e.ref.span, "a component is no array", "takes no index"),
             std::nullopt;
    const Item* state = build_.find(*scope, *e.state, {Item::Kind::State}, "state");
    return state == nullptr ? std::nullopt : value_of(*scope, *state, {});
  }

  std::optional<ir::ExprId> port_node(Scope& scope, const annotation::Expr& e) {
    const Item* port = build_.find(scope, e.ref.name, {Item::Kind::Port}, "port");
    if (port == nullptr) return std::nullopt;
    const auto row = build_.element(*port, e.ref, binders());
    return row ? port_at(build_, {*row}, *e.state) : std::nullopt;
  }

  // `N.v`, `N.active`, `N.p@S`
  std::optional<ir::ExprId> of_other(const annotation::Expr& e) {
    Scope* scope = build_.find_scope(e.name.text);
    if (scope == nullptr) return build_.unknown(e.name, "component", build_.component_names()), std::nullopt;
    if (e.state) return port_node(*scope, e);
    if (e.ref.name.text == "active" && !e.ref.indexed && !scope->items.contains("active")) {
      ir::Expr result;
      result.kind = ir::Expr::Kind::Active;
      result.component = scope->id;
      return system_.exprs.add(std::move(result));
    }
    const Item* found = build_.find(*scope, e.ref.name, {Item::Kind::Variable}, "variable");
    return found == nullptr ? std::nullopt : value_of(*scope, *found, e.ref);
  }

  Build& build_;
  ir::System& system_;
  const View& view_;
};

// Goes through the references of an expression.
template <class Act>
void for_each_ref(const annotation::Expr& e, const Act& act) {
  if (e.kind == Kind::Item || e.kind == Kind::At || e.kind == Kind::OfOther) act(e);
  for (const annotation::Expr& operand : e.operands) for_each_ref(operand, act);
}

}  // namespace

std::optional<ir::ExprId> lower_expression(Build& build, const View& view, const annotation::Expr& e) {
  return Lowering(build, view).expression(e);
}

void add_index_variables(Scope& scope, const Binders& binders, const Ref& ref,
                         std::vector<IndexVariable>& all) {
  if (!ref.index || bound_value(binders, ref.index->text, true)) return;
  const auto found = scope.items.find(ref.index->text);
  const auto array = scope.items.find(ref.name.text);
  if (found == scope.items.end() || found->second.kind != Item::Kind::Variable || found->second.count != 0)
    return;
  found->second.used = true;
  const auto elements = static_cast<std::int32_t>(array == scope.items.end() ? 1 : array->second.count);
  const auto known = std::find_if(all.begin(), all.end(),
                                  [&](const IndexVariable& v) { return v.name.text == ref.index->text; });
  if (known == all.end()) all.push_back({*ref.index, {found->second.first}, elements});
  else known->elements = std::min(known->elements, elements);
}

void add_index_variables(Scope& scope, const Binders& binders, const annotation::Expr& e,
                         std::vector<IndexVariable>& all) {
  for_each_ref(e, [&](const annotation::Expr& r) { add_index_variables(scope, binders, r.ref, all); });
}

void add_race_reads(Build& build, const View& view, const annotation::Expr& e,
                    std::vector<ir::VariableId>& reads) {
  if (view.scope == nullptr) return;
  for_each_ref(e, [&](const annotation::Expr& r) {
    const Scope* scope = r.kind == Kind::OfOther ? build.find_scope(r.name.text) : view.scope;
    if (scope == nullptr || r.kind == Kind::At || r.state) return;
    const auto found = scope->items.find(r.ref.name.text);
    if (found == scope->items.end() || found->second.kind != Item::Kind::Variable) return;
    const auto row =
        build.element(found->second, r.ref, view.binders == nullptr ? kNoBinders : *view.binders);
    const ir::VariableId id{row.value_or(found->second.first)};
    if (build.system.variables[id].race && std::find(reads.begin(), reads.end(), id) == reads.end())
      reads.push_back(id);
  });
}

std::optional<ir::ExprId> lower_condition(Build& build, const View& view, const annotation::Expr& e) {
  constexpr std::size_t kMostBranches = 4096;
  std::vector<IndexVariable> indexes;
  const Binders none, *base = view.binders == nullptr ? &none : view.binders;
  if (view.scope != nullptr) add_index_variables(*view.scope, *base, e, indexes);
  if (indexes.empty()) return lower_expression(build, view, e);
  // Every combination of values, as far as the arrays go.
  std::vector<std::pair<Binders, std::optional<ir::ExprId>>> all{{*base, std::nullopt}};
  for (const IndexVariable& index : indexes) {
    const ir::Variable v = build.system.variables[index.variable];
    std::vector<std::pair<Binders, std::optional<ir::ExprId>>> next;
    for (const auto& [binders, test] : all) {
      for (std::int32_t value = std::max(0, v.lowest); value <= std::min(v.highest, index.elements - 1);
           ++value) {
        next.push_back({binders, both(build.system, test, variable_is(build.system, index.variable, value))});
        next.back().first.push_back({index.name.text, value, true});
        if (next.size() > kMostBranches) return build.too_large(e.span), std::nullopt;
      }
    }
    all = std::move(next);
  }
  if (all.empty()) return number(build.system, 0);
  std::vector<ir::ExprId> parts;
  for (const auto& [binders, test] : all) {
    const auto part = lower_expression(build, {view.scope, &binders}, e);
    if (!part) return std::nullopt;
    parts.push_back(*both(build.system, test, part));
  }
  return either(build.system, parts);
}

std::optional<ir::ExprId> in_states(Build& build, Scope& scope, const std::vector<Name>& states) {
  std::vector<ir::ExprId> tests;
  for (const Name& name : states) {
    const Item* item = build.find(scope, name, {Item::Kind::State}, "state");
    if (item == nullptr) continue;
    tests.push_back(variable_is(build.system, *build.system.components[scope.id].state,
                                static_cast<std::int32_t>(item->first)));
  }
  return either(build.system, tests);
}

std::optional<ir::ExprId> port_at(Build& build, ir::PortId port, const Name& state) {
  const ir::Contract& contract = build.contract(port);
  std::vector<ir::StateId> nodes = nodes_at(contract, state.text);
  if (nodes.empty()) {
    const auto named = ir::named_states(contract);
    std::vector<std::string_view> names;
    for (const auto& s : named) names.push_back(s.name);
    build.unknown(state, fmt::format("state of contract `{}` called", contract.name), names);
    return std::nullopt;
  }
  ir::Expr e;
  e.kind = ir::Expr::Kind::PortAt;
  e.port = port;
  e.nodes = std::move(nodes);
  return build.system.exprs.add(std::move(e));
}

}  // namespace singspin::wiring
