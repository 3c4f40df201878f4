// References, messages, events and expressions.
#pragma once

#include "frontend/annotation/parser_base.h"

namespace singspin::annotation {

class ExpressionParser : public AnnotationBase {
 public:
  using AnnotationBase::AnnotationBase;

 protected:
  std::optional<Ref> ref(std::string_view what);
  std::optional<Message> message();
  // `several`: messages may be joined by `&&`, and it may be a timeout.
  std::optional<Event> event(bool several);
  std::optional<std::vector<Name>> names(std::string_view what);
  std::optional<Expr> expression();
  std::optional<Expr> in_parentheses();

 private:
  std::optional<Message> message_behind(Ref port, std::size_t first);
  std::optional<Expr> chain(int level);
  std::optional<Expr> unary();
  std::optional<Expr> primary();
  std::optional<Expr> named(std::size_t first);
  std::optional<Name> at_state();
  std::optional<Expr::Sign> accept_operator(int level);
};

}  // namespace singspin::annotation
