// The parser of one contract declaration; parser.cpp finds where they begin. The parts stand in
// contract_parser.cpp (head and body), members.cpp, types.cpp, states.cpp (with both styles of states),
// old_style.cpp (what is an old-style state) and recovery.cpp (where a mistake ends).
#pragma once

#include <span>

#include "frontend/syntax/parser_base.h"

namespace singspin::syntax {

class ContractParser : public ParserBase {
 public:
  using ParserBase::ParserBase;

 protected:
  // `contract` opens a declaration exactly when a name follows and after it `{`, `:` or `<`, or a
  // member if the `{` was forgotten.
  bool at_contract(std::size_t ahead = 0) const;
  // A misspelt `contract`: `X Lamp {` or `X Lamp : Device {` with a member behind the brace.
  bool at_misspelt_contract() const;
  // `outer`: the `{` of the scope around it, if it is not the file.
  Contract contract(ScopeId scope, std::optional<std::size_t> outer);
  QualifiedName qualified_name();
  // More `}` than `{` in this file: negative; more `{`: positive; computed once.
  int brace_balance();

 private:
  // What is known of the contract that is being read.
  struct Reading {
    Contract* contract = nullptr;
    std::size_t first = 0;                   // token `contract`
    std::optional<std::size_t> outer;        // token `{` of the scope around it
    bool old_style = false;                  // no member begins with `state`
    std::optional<source::Span> old_syntax;  // the first use of the old notes
    std::string old_words;                   // what it is
    std::size_t modern_states = 0;
    std::size_t old_states = 0;
    bool hyphen_reported = false;
    bool junk = false;               // the last member could not be read
    bool ignored = false;            // something of this member was reported as ignored
    std::optional<bool> braces_fit;  // brace_fits_contract()
  };

  // contract_parser.cpp
  bool contract_head(Contract& contract);
  void members(const Token& open);
  bool members_to_brace(const Token& open);
  void report_unclosed(const Token& open);
  void note_old_syntax();

  // members.cpp
  void member();
  void ignore(source::Span span, std::string message);
  bool misspelt_member(std::size_t first);
  void read_misspelt(Word meant, std::string_view word, std::size_t first);
  void lost_sequence();
  void unclosed_string();
  void message(std::size_t first);
  void message_tail(Message& message);
  void member_end(std::string_view what, std::string_view name);
  void constant(std::size_t first);
  void permission();
  void nested_type();
  void nested_fields(NestedType& nested);
  void member_attributes();
  void lose_member(source::Span place, std::string message, std::string label);

  // types.cpp
  void parameters(Message& message);
  Parameter parameter();
  Type type();
  bool old_endpoint(Type& type);
  bool type_suffix(Type& type);
  bool skip_brackets(TokenKind open, TokenKind close);
  std::optional<source::Span> type_arguments();
  TypeParameters type_parameters();

  // states.cpp
  void state();
  void old_state();
  bool state_colon(const State& state);
  void state_body(State& state);
  bool missing_block_brace();
  void sequences(State& state, const Token* open);
  bool state_ends_here(const State& state, const Token* open);
  bool sequence_end(const State& state, const Sequence& sequence, bool in_block);
  source::Span next_step() const;
  bool sequence(std::vector<Sequence>& out);
  bool accept_arrow();
  bool step(std::vector<Step>& steps);
  bool named_step(std::vector<Step>& steps);
  bool group(std::vector<Step>& steps);
  bool starts_sequence(std::size_t ahead = 0) const;

  // old_style.cpp
  bool is_old_style() const;
  bool at_old_state(std::size_t position, bool with_arrow) const;
  bool at_hyphen() const;
  Name hyphen_name();
  Name state_name();
  void use_old_syntax(source::Span span, std::string words);

  // recovery.cpp
  bool at_member(std::size_t ahead = 0) const;
  bool at_directed_message(std::size_t ahead = 0) const;
  bool at_other_member() const;
  bool at_stop() const;
  bool brace_fits_contract();
  bool closes_contract_instead(const Token& block_open);
  bool closes_outer_scope();
  bool is_surplus_inside();
  void recover_in_state();
  void recover_in_contract();

  // A name that does not begin the next member or contract.
  bool at_name() const { return at(TokenKind::Identifier) && !at_member() && !at_stop(); }

  Reading reading_;
  bool in_old_state_ = false;
  int depth_ = 0;  // of groups
  std::optional<int> balance_;

 protected:
  diagnostics::Diagnostic* syntax_error(source::Span span, std::string message, std::string label);
};

inline bool is_access(Word word) {
  return word == Word::Public || word == Word::Internal || word == Word::Private || word == Word::Protected;
}

// The keyword of `candidates` that a misspelt word means, else None.
Word nearest_word(std::string_view text, std::span<const Word> candidates);

}  // namespace singspin::syntax
