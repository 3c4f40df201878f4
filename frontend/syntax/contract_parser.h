// The parser of one contract declaration; parser.cpp finds where they begin.
#pragma once

#include "frontend/syntax/parser_base.h"

namespace singspin::syntax {

class ContractParser : public ParserBase {
 public:
  using ParserBase::ParserBase;

 protected:
  // `contract` opens a declaration exactly when a name follows and after it `{`, `:` or `<`.
  bool at_contract(std::size_t ahead = 0) const;
  Contract contract(ScopeId scope);
  QualifiedName qualified_name();

 private:
  void contract_head(Contract& contract);
  bool members_to_brace(Contract& contract, const Token& open);
  void members(Contract& contract, const Token& open);
  void member(Contract& contract);
  bool at_member() const;
  void message(Contract& contract, std::size_t first);
  void parameters(Message& message);
  Parameter parameter();
  Type type();
  bool old_endpoint(Type& type);
  void type_suffixes(Type& type);
  bool type_suffix(Type& type);
  void state(Contract& contract);
  void state_body(State& state);
  void sequences(State& state, const Token& open);
  bool sequence_end(const Sequence& sequence);
  source::Span next_step() const;
  bool sequence(std::vector<Sequence>& out);
  bool step(std::vector<Step>& steps);
  bool named_step(std::vector<Step>& steps);
  bool group(std::vector<Step>& steps);
  void nested_type(Contract& contract);
  void nested_fields(NestedType& nested);
  void skip_type_arguments();
  void skip_member(std::string_view what);
  void recover_in_state();
  void recover_in_contract();
  bool starts_sequence() const;

  // A name that does not begin the next contract.
  bool at_name() const { return at(TokenKind::Identifier) && !at_contract(); }
  void lose_member(std::string message, std::string label);

  bool* broken_ = nullptr;  // of the contract being read
  bool* lost_member_ = nullptr;
  int depth_ = 0;  // of groups

 protected:
  diagnostics::Diagnostic* syntax_error(source::Span span, std::string message, std::string label);
};

}  // namespace singspin::syntax
