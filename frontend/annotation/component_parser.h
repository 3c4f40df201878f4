// Components: declarations and units.
#pragma once

#include "frontend/annotation/statements.h"

namespace singspin::annotation {

class ComponentParser : public StatementParser {
 public:
  using StatementParser::StatementParser;

 protected:
  std::optional<Component> component();

 private:
  bool member(Component& c);
  bool port(Component& c);
  bool power(Component& c);
  bool states(Component& c);
  bool variable(Component& c);
  bool variable_type(Variable& v);
  bool owned(Component& c);
  bool lock(Component& c);
  bool event_decl(Component& c);
  bool source(Component& c, Signal::Kind kind);
  bool race(Component& c);
  bool exception(Component& c);
  bool handler(Component& c);
  bool thread(Component& c);
  bool body(std::vector<Proc>& into, bool named);
  bool dimension(std::optional<std::int32_t>& count);
  bool when(std::optional<Expr>& guard);
  bool end();
};

}  // namespace singspin::annotation
