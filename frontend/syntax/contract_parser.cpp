#include "frontend/syntax/contract_parser.h"

#include <fmt/format.h>

namespace singspin::syntax {

using diagnostics::Code;

namespace {
// Groups nest at most a few levels in practice; the limit keeps the stack small for any input.
constexpr int kMaxGroupDepth = 200;
}  // namespace

diagnostics::Diagnostic* ContractParser::syntax_error(source::Span span, std::string message,
                                                      std::string label) {
  if (broken_ != nullptr) *broken_ = true;
  return error(Code::parse_error, span, std::move(message), std::move(label));
}

void ContractParser::lose_member(std::string message, std::string label) {
  if (lost_member_ != nullptr) *lost_member_ = true;
  syntax_error(span(token()), std::move(message), std::move(label));
  recover_in_contract();
}

bool ContractParser::at_contract(std::size_t ahead) const {
  if (!at_word("contract", ahead) || !at(TokenKind::Identifier, ahead + 1)) return false;
  return at(TokenKind::LeftBrace, ahead + 2) || at(TokenKind::Colon, ahead + 2) ||
         at(TokenKind::Less, ahead + 2);
}

// QualName = Ident { "." Ident } ;
QualifiedName ContractParser::qualified_name() {
  const std::size_t first = at_;
  QualifiedName name;
  name.parts.push_back(take_name());
  while (at(TokenKind::Dot) && at(TokenKind::Identifier, 1)) {
    advance();
    name.parts.push_back(take_name());
  }
  name.span = span_from(first);
  return name;
}

// TypeArgs = "<" ... ">" ;  dropped, since the machine has no data
void ContractParser::skip_type_arguments() {
  if (!at(TokenKind::Less)) return;
  const std::size_t first = at_;
  std::size_t depth = 0;
  do {
    if (at(TokenKind::Less)) ++depth;
    if (at(TokenKind::Greater)) --depth;
    advance();
  } while (depth > 0 && !at_end() && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace));
  error(Code::generic_ignored, span_from(first),
        "type parameters have no meaning for the machine and are ignored");
}

// Contract = "contract" Ident [ TypeArgs ] [ ":" QualName ] "{" { Member } "}" ;
Contract ContractParser::contract(ScopeId scope) {
  const std::size_t first = at_;
  Contract result;
  result.scope = scope;
  broken_ = &result.broken;
  lost_member_ = &result.lost_member;
  contract_head(result);
  const Token open = token();
  if (accept(TokenKind::LeftBrace)) {
    members(result, open);
  } else {
    syntax_error(
        span(token()),
        fmt::format("expected `{{` after the head of contract {}, found {}", result.name.text, found()),
        "expected `{`");
  }
  result.span = span_from(first);
  broken_ = nullptr;
  lost_member_ = nullptr;
  return result;
}

void ContractParser::contract_head(Contract& contract) {
  advance();
  contract.name = take_name();
  skip_type_arguments();
  if (!accept(TokenKind::Colon)) return;
  if (at(TokenKind::Identifier)) {
    contract.base = qualified_name();
    skip_type_arguments();
  } else {
    syntax_error(span(token()), fmt::format("expected the name of the base contract, found {}", found()),
                 "expected a name");
  }
}

bool ContractParser::at_member() const {
  if ((at_word("in") || at_word("out")) && at_word("message", 1) && at(TokenKind::Identifier, 2)) return true;
  if (at_word("message") && at(TokenKind::Identifier, 1) &&
      (at(TokenKind::LeftParen, 2) || at(TokenKind::Semicolon, 2)))
    return true;
  if (at_word("override") && at_word("state", 1)) return true;
  return at_word("state") && at(TokenKind::Identifier, 1) &&
         (at(TokenKind::Colon, 2) || at(TokenKind::Less, 2));
}

// Reads members up to the `}` of the contract; false if it is missing.
bool ContractParser::members_to_brace(Contract& contract, const Token& open) {
  while (!at(TokenKind::RightBrace)) {
    if (at_end() || at_contract()) {
      auto* missing = syntax_error(behind_last(),
                                   fmt::format("expected `}}` at the end of contract {}", contract.name.text),
                                   "expected `}`");
      if (missing != nullptr) missing->labels.push_back({span(open), "this `{` is never closed"});
      return false;
    }
    const std::size_t before = at_;
    member(contract);
    if (at_ == before) advance();
  }
  advance();
  accept(TokenKind::Semicolon);
  return true;
}

// A member behind the closing brace means that an earlier brace closed too much.
void ContractParser::members(Contract& contract, const Token& open) {
  while (members_to_brace(contract, open) && at_member()) {
    syntax_error(span(tokens_[at_ - 1]),
                 fmt::format("this `}}` closes contract {} before its last member", contract.name.text),
                 "one `}` too many");
  }
}

// Member = Message | State | Const | NestedType | Permission | ";" ;
void ContractParser::member(Contract& contract) {
  const std::size_t first = at_;
  while (at(TokenKind::LeftBracket)) skip_balanced(TokenKind::LeftBracket, TokenKind::RightBracket);
  while (at_word("public") || at_word("internal") || at_word("private") || at_word("protected")) advance();
  if (accept(TokenKind::Semicolon)) return;
  const bool directed = at_word("in") || at_word("out");
  if (directed && at(TokenKind::Identifier, 1) && !at_word("message", 1))
    advance();  // the next word is the wrong one
  if (at_word("message") || (directed && at_word("message", 1))) return message(contract, first);
  if (at_word("state") || (at_word("override") && at_word("state", 1))) return state(contract);
  if (at_word("const")) return skip_member("const");
  if (at_word("permission")) return skip_member("permission");
  if (at_word("rep") || at_word("pointerfree") || at_word("struct") || at_word("enum") || at_word("class")) {
    return nested_type(contract);
  }
  lose_member(fmt::format("expected a message, a state or `}}`, found {}", found()),
              "not a member of a contract");
}

// Const = { Access } "const" ... ";" ;  Permission = "permission" Ident [ "<=" Ident ] ";" ;
void ContractParser::skip_member(std::string_view what) {
  const std::size_t first = at_;
  if (what == "permission") error(Code::generic_ignored, span(token()), "permissions are ignored");
  while (!at_end() && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) && !at_member() &&
         !at_contract())
    advance();
  if (accept(TokenKind::Semicolon)) return;
  syntax_error(behind_last(), fmt::format("expected `;` after the {}", what), "expected `;`");
  if (at_ == first) advance();
}

// Message = { Attribute } [ "in" | "out" ] "message" Ident [ TypeArgs ]
//           [ "(" [ Parameter { "," Parameter } ] ")" ] { "requires" ... } ";" ;
void ContractParser::message(Contract& contract, std::size_t first) {
  Message result;
  if (accept_word("in")) result.direction = Message::Direction::In;
  else if (accept_word("out")) result.direction = Message::Direction::Out;
  advance();
  if (!at_name()) {
    return lose_member(fmt::format("expected the name of a message, found {}", found()), "expected a name");
  }
  result.name = take_name();
  skip_type_arguments();
  if (accept(TokenKind::LeftParen)) parameters(result);
  if (at_word("requires")) {
    error(Code::generic_ignored, span(token()), "`requires` has no meaning for the machine and is ignored");
    while (!at_end() && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace)) advance();
  }
  result.span = span_from(first);
  const std::string_view name = result.name.text;
  contract.messages.push_back(std::move(result));
  if (accept(TokenKind::Semicolon)) return;
  if (at(TokenKind::RightBrace)) {
    error(Code::missing_semicolon, behind_last(), fmt::format("`;` is missing after message {}", name),
          "expected `;`");
    return;
  }
  syntax_error(behind_last(), fmt::format("expected `;` after message {}", name), "expected `;`");
  if (!at_member()) recover_in_contract();
}

void ContractParser::parameters(Message& message) {
  const Token open = tokens_[at_ - 1];
  while (!at(TokenKind::RightParen)) {
    while (at(TokenKind::LeftBracket)) skip_balanced(TokenKind::LeftBracket, TokenKind::RightBracket);
    if (!at_name()) break;
    message.parameters.push_back(parameter());
    if (!accept(TokenKind::Comma)) break;
    if (at(TokenKind::RightParen)) {
      syntax_error(span(token()), fmt::format("expected a parameter of {} after `,`", message.name.text),
                   "expected a parameter");
    }
  }
  if (accept(TokenKind::RightParen)) return;
  auto* bad = syntax_error(
      span(token()),
      fmt::format("expected `,` or `)` in the parameters of {}, found {}", message.name.text, found()),
      "expected `)`");
  if (bad != nullptr) bad->labels.push_back({span(open), "the parameters begin here"});
  while (!at_end() && !at(TokenKind::RightParen) && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) &&
         !at_member() && !at_contract())
    advance();
  accept(TokenKind::RightParen);
}

// Parameter = { Attribute } Type [ Ident ] ;
Parameter ContractParser::parameter() {
  Parameter result{type(), std::nullopt};
  if (at_name()) result.name = take_name();
  return result;
}

// Type = QualName [ TypeArgs ] { TypeSuffix } ;
Type ContractParser::type() {
  const std::size_t first = at_;
  Type result;
  if (!old_endpoint(result)) {
    result.name = qualified_name();
    skip_type_arguments();
    while (at(TokenKind::Dot) && at(TokenKind::Identifier, 1)) {
      advance();
      result.name.parts.push_back(take_name());
    }
    result.name.span = span_from(first);
  }
  type_suffixes(result);
  result.span = span_from(first);
  return result;
}

// OldEndpoint = ( "imp" | "exp" ) "<" QualName [ "@" Ident ] ">" ;  `imp<C@S>` means `C.Imp:S`
bool ContractParser::old_endpoint(Type& type) {
  const bool imp = at_word("imp");
  if ((!imp && !at_word("exp")) || !at(TokenKind::Less, 1) || !at(TokenKind::Identifier, 2)) return false;
  const std::size_t first = at_;
  const source::Span end_span = span(token());
  advance();
  advance();
  type.name = qualified_name();
  type.name.parts.push_back({imp ? "Imp" : "Exp", end_span});
  if (at(TokenKind::Identifier) && text(token()).starts_with('@')) type.endpoint_state = take_name();
  if (!accept(TokenKind::Greater)) {
    syntax_error(span(token()), fmt::format("expected `>`, found {}", found()), "expected `>`");
  }
  type.name.span = span_from(first);
  return true;
}

void ContractParser::type_suffixes(Type& type) {
  while (type_suffix(type)) {
  }
}

// TypeSuffix = "!" | "?" | "*" | "[" "]" | ":" Ident | "in" Ident | "opt" "(" Ident [ "[" "]" ] ")" ;
bool ContractParser::type_suffix(Type& type) {
  if (accept(TokenKind::Bang) || accept(TokenKind::Question)) return true;
  if (accept(TokenKind::Star)) return type.pointer = true;
  if (at(TokenKind::LeftBracket)) {
    skip_balanced(TokenKind::LeftBracket, TokenKind::RightBracket);
    return type.vector = true;
  }
  if (at(TokenKind::Colon) && at(TokenKind::Identifier, 1)) {
    advance();
    type.endpoint_state = take_name();
    return true;
  }
  if (at_word("in") && at(TokenKind::Identifier, 1)) {
    advance();
    advance();
    return type.in_exheap = true;
  }
  if (at_word("opt") && at(TokenKind::LeftParen, 1)) {
    advance();
    skip_balanced(TokenKind::LeftParen, TokenKind::RightParen);
    return type.in_exheap = true;
  }
  return false;
}

// State = [ "override" ] "state" Ident [ TypeArgs ] ":" StateBody ;
void ContractParser::state(Contract& contract) {
  const std::size_t first = at_;
  State result;
  result.is_override = accept_word("override");
  advance();
  if (!at_name()) {
    return lose_member(fmt::format("expected the name of a state, found {}", found()), "expected a name");
  }
  result.name = take_name();
  skip_type_arguments();
  if (!accept(TokenKind::Colon)) {
    if (lost_member_ != nullptr) *lost_member_ = true;
    syntax_error(behind_last(),
                 fmt::format("expected `:` after state {}, found {}", result.name.text, found()),
                 "expected `:`");
    const bool body_follows =
        at(TokenKind::LeftBrace) || ((at_word("one") || at_word("all")) && at(TokenKind::LeftBrace, 1));
    if (!body_follows) return recover_in_contract();
  }
  state_body(result);
  result.span = span_from(first);
  contract.states.push_back(std::move(result));
}

// StateBody = [ "one" | "all" ] "{" { Sequence ";" } "}" | Sequence ";" | ";" ;
void ContractParser::state_body(State& state) {
  if (accept(TokenKind::Semicolon)) return;
  if ((at_word("one") || at_word("all")) && at(TokenKind::LeftBrace, 1)) {
    if (at_word("all")) state.form = State::Form::All;
    advance();
  }
  const Token open = token();
  if (accept(TokenKind::LeftBrace)) return sequences(state, open);
  if (!sequence(state.sequences) || !sequence_end(state.sequences.back())) recover_in_state();
}

bool ContractParser::starts_sequence() const {
  if (at(TokenKind::LeftParen)) return true;
  return at(TokenKind::Identifier) &&
         (at(TokenKind::Bang, 1) || at(TokenKind::Question, 1) || at(TokenKind::Arrow, 1));
}

void ContractParser::sequences(State& state, const Token& open) {
  while (!at(TokenKind::RightBrace)) {
    if (accept(TokenKind::Semicolon)) continue;
    if (at_end() || at_contract() || at_member()) {
      auto* missing =
          syntax_error(behind_last(), fmt::format("expected `}}` at the end of state {}", state.name.text),
                       "expected `}`");
      if (missing != nullptr) missing->labels.push_back({span(open), "this `{` is never closed"});
      return;
    }
    const std::size_t before = at_;
    if (!sequence(state.sequences) || !sequence_end(state.sequences.back())) recover_in_state();
    if (at_ == before) advance();
  }
  advance();
}

// The next action with its sign, or whatever token is next.
source::Span ContractParser::next_step() const {
  const bool action = at(TokenKind::Identifier) && (at(TokenKind::Bang, 1) || at(TokenKind::Question, 1));
  return {file_, token().begin, token(action ? 1 : 0).end};
}

// Reads the `;` behind a sequence; false if the parser has lost its place.
bool ContractParser::sequence_end(const Sequence& sequence) {
  if (accept(TokenKind::Semicolon)) return true;
  const bool to_state = std::holds_alternative<Reference>(sequence.steps.back());
  const std::string_view after = to_state ? "the target state" : "the last step";
  if (at(TokenKind::RightBrace)) {
    error(Code::missing_semicolon, behind_last(), fmt::format("`;` is missing after {}", after),
          "expected `;`");
    return true;
  }
  auto* bad = syntax_error(behind_last(), fmt::format("expected `;` after {}", after), "expected `;`");
  if (bad != nullptr && starts_sequence())
    bad->labels.push_back({next_step(), "the next sequence starts here"});
  return starts_sequence() || at_member() || at_contract();
}

// Sequence = Step { "->" Step } ;
bool ContractParser::sequence(std::vector<Sequence>& out) {
  const std::size_t first = at_;
  Sequence result;
  do {
    if (!step(result.steps)) return false;
  } while (accept(TokenKind::Arrow));
  result.span = span_from(first);
  out.push_back(std::move(result));
  return true;
}

// Step = Ident [ TypeArgs ] ( "!" | "?" ) | Ident | "(" Sequence { "or" Sequence } ")" ;
bool ContractParser::step(std::vector<Step>& steps) {
  if (at(TokenKind::LeftParen)) return group(steps);
  if (at_name() && !at_member()) return named_step(steps);
  syntax_error(span(token()), fmt::format("expected an action, a state or a group, found {}", found()),
               "expected a step");
  return false;
}

bool ContractParser::named_step(std::vector<Step>& steps) {
  const std::size_t first = at_;
  const Name name = take_name();
  skip_type_arguments();
  const bool send = at(TokenKind::Bang);
  if (!accept(TokenKind::Bang) && !accept(TokenKind::Question)) {
    steps.push_back(Reference{name});
    return true;
  }
  steps.push_back(Action{name, send ? ActionSign::Send : ActionSign::Receive, span_from(first)});
  return true;
}

bool ContractParser::group(std::vector<Step>& steps) {
  const std::size_t first = at_;
  if (depth_ >= kMaxGroupDepth) {
    if (broken_ != nullptr) *broken_ = true;
    error(Code::nesting_too_deep, span(token()),
          fmt::format("groups are nested more than {} deep", kMaxGroupDepth));
    return false;
  }
  ++depth_;
  advance();
  Group result;
  bool good = true;
  do {
    good = sequence(result.alternatives);
  } while (good && accept_word("or"));
  --depth_;
  if (!good) return false;
  if (!accept(TokenKind::RightParen)) {
    auto* bad = syntax_error(span(token()), fmt::format("expected `or` or `)` in a group, found {}", found()),
                             "expected `)`");
    if (bad != nullptr) bad->labels.push_back({span(tokens_[first]), "the group begins here"});
    return false;
  }
  result.span = span_from(first);
  steps.push_back(std::move(result));
  return true;
}

// NestedType = { Access } [ "rep" | "pointerfree" ] ( "struct" | "enum" | "class" ) Ident ... "{" ... "}" ;
void ContractParser::nested_type(Contract& contract) {
  NestedType nested;
  const bool rep = at_word("rep") || at_word("pointerfree");  // neither holds references of one process
  while (at_word("rep") || at_word("pointerfree")) advance();
  if (at_word("enum")) nested.kind = NestedType::Kind::Enum;
  else if (at_word("class")) nested.kind = NestedType::Kind::Class;
  else nested.kind = rep ? NestedType::Kind::RepStruct : NestedType::Kind::Struct;
  advance();
  if (!at_name()) {
    return lose_member(fmt::format("expected the name of a type, found {}", found()), "expected a name");
  }
  nested.name = take_name();
  while (!at_end() && !at(TokenKind::LeftBrace) && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) &&
         !at_contract())
    advance();
  if (at(TokenKind::LeftBrace)) nested_fields(nested);
  accept(TokenKind::Semicolon);
  contract.types.push_back(std::move(nested));
}

// Skips the braces and notes every `X.Exp` and `X.Imp` among the tokens: an endpoint in a struct.
void ContractParser::nested_fields(NestedType& nested) {
  std::size_t depth = 0;
  do {
    if (at(TokenKind::Identifier) && at(TokenKind::Dot, 1)) {
      QualifiedName name = qualified_name();
      const bool endpoint = name.parts.back().text == "Exp" || name.parts.back().text == "Imp";
      if (endpoint) nested.endpoint_fields.push_back(std::move(name));
      continue;
    }
    if (at(TokenKind::LeftBrace)) ++depth;
    if (at(TokenKind::RightBrace)) --depth;
    advance();
  } while (depth > 0 && !at_end() && !at_contract());
}

// To behind the next `;`, or to the `}` or member that ends the state.
void ContractParser::recover_in_state() {
  while (!at_end() && !at(TokenKind::RightBrace) && !at_member() && !at_contract()) {
    if (accept(TokenKind::Semicolon)) return;
    advance();
  }
}

// To behind the next `;` or balanced braces, or to the next member, `}` or contract.
void ContractParser::recover_in_contract() {
  std::size_t depth = 0;
  while (!at_end() && !at_contract()) {
    if (depth == 0 && (at(TokenKind::RightBrace) || at_member())) return;
    if (depth == 0 && accept(TokenKind::Semicolon)) return;
    if (at(TokenKind::LeftBrace)) ++depth;
    const bool closes = at(TokenKind::RightBrace) && --depth == 0;
    advance();
    if (closes) return;
  }
}

}  // namespace singspin::syntax
