// Statements and blocks.
#pragma once

#include "frontend/annotation/expressions.h"

namespace singspin::annotation {

class StatementParser : public ExpressionParser {
 public:
  using ExpressionParser::ExpressionParser;

 protected:
  std::optional<Block> block();
  // `as NAME`: what the code calls it. True unless something is wrong.
  bool alias(Anchor& anchor);
  void add_anchor(const Event& event, std::size_t first, Anchor anchor);

 private:
  std::optional<Stmt> statement();
  std::optional<Stmt> if_statement();
  std::optional<Stmt> choose();
  std::optional<Stmt> loop();
  std::optional<Stmt> select();
  bool cases(Stmt& select);
  void statements(std::vector<Stmt>& into, bool in_case);
  std::optional<Stmt> action();
  bool action_words(Stmt& stmt, Anchor& anchor);
  bool operand(Stmt& stmt, Anchor& anchor);
  std::optional<Stmt> assignment();
  bool at_assignment() const;
};

}  // namespace singspin::annotation
