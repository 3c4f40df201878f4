// Expressions and what they may refer to.
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

// Where an expression stands: in a component, or in a check (no scope). Names that stand for numbers.
struct View {
  Scope* scope = nullptr;
  const Binders* binders = nullptr;
};

// The value of an expression whose indexes all have values; nullopt and an error if a name means nothing.
std::optional<ir::ExprId> lower_expression(Build& build, const View& view, const annotation::Expr& e);

// The same for a condition that is no statement of its own: an index that is a variable stands for the
// disjunction over its values (4.4).
std::optional<ir::ExprId> lower_condition(Build& build, const View& view, const annotation::Expr& e);

// A variable that stands as an index and has no value in `binders`.
struct IndexVariable {
  Name name;
  ir::VariableId variable;
  std::int32_t elements = 0;  // of the smallest array that it indexes
};
// Those of a reference or an expression, each once.
void add_index_variables(Scope& scope, const Binders& binders, const Ref& ref,
                         std::vector<IndexVariable>& all);
void add_index_variables(Scope& scope, const Binders& binders, const annotation::Expr& e,
                         std::vector<IndexVariable>& all);

// `race` variables that an expression reads.
void add_race_reads(Build& build, const View& view, const annotation::Expr& e,
                    std::vector<ir::VariableId>& reads);

// `state == A || state == B`; nullopt for an empty list.
std::optional<ir::ExprId> in_states(Build& build, Scope& scope, const std::vector<Name>& states);

// `p@S`; nullopt and an error if there is no such state.
std::optional<ir::ExprId> port_at(Build& build, ir::PortId port, const Name& state);

}  // namespace singspin::wiring
