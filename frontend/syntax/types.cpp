// The parameters of a message and their types.
#include <fmt/format.h>

#include "frontend/syntax/contract_parser.h"

namespace singspin::syntax {

using diagnostics::Code;

// Skips from an opening token to behind its partner. One that has none is reported, and nothing behind
// the member is skipped.
bool ContractParser::skip_brackets(TokenKind open, TokenKind close) {
  const Token first = token();
  std::size_t depth = 0;
  do {
    if (at(open)) ++depth;
    if (at(close)) --depth;
    advance();
    if (depth == 0) return true;
  } while (!at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) && !at_member() && !at_stop());
  auto* bad = syntax_error(behind_last(), fmt::format("expected {}, found {}", token_words(close), found()),
                           fmt::format("expected {}", token_words(close)));
  if (bad != nullptr) bad->labels.push_back({span(first), "opened here"});
  return false;
}

// TypeArgs = "<" ... ">" ;  dropped, since the machine has no data
std::optional<source::Span> ContractParser::type_arguments() {
  if (!at(TokenKind::Less)) return std::nullopt;
  const std::size_t first = at_;
  std::size_t depth = 0;
  while (!at(TokenKind::Semicolon) && !at(TokenKind::LeftBrace) && !at(TokenKind::RightBrace) &&
         !at_member() && !at_stop()) {
    if (at(TokenKind::Less)) ++depth;
    const bool closes = at(TokenKind::Greater) && --depth == 0;
    advance();
    if (!closes) continue;
    ignore(span_from(first), "type parameters have no meaning for the machine and are ignored");
    return span_from(first);
  }
  auto* bad = syntax_error(span(token()), fmt::format("expected `>`, found {}", found()), "expected `>`");
  if (bad != nullptr) bad->labels.push_back({span(tokens_[first]), "opened here"});
  return span_from(first);
}

// TypeParams = "<" Ident { "," Ident } ">" ;
TypeParameters ContractParser::type_parameters() {
  const std::size_t first = at_;
  TypeParameters names;
  if (!type_arguments()) return names;
  for (std::size_t i = first; i + 1 < at_; ++i) {
    const TokenKind kind = tokens_[i].kind;
    const bool name_follows = tokens_[i + 1].kind == TokenKind::Identifier;
    if (name_follows && (kind == TokenKind::Less || kind == TokenKind::Comma))
      names.insert(name_of(tokens_[i + 1]).text);
  }
  return names;
}

// "(" [ Parameter { "," Parameter } ] ")" ;  behind the `(`
void ContractParser::parameters(Message& message) {
  const Token open = tokens_[at_ - 1];
  while (!at(TokenKind::RightParen)) {
    member_attributes();
    if (!at_name()) break;
    message.parameters.push_back(parameter());
    if (!accept(TokenKind::Comma)) break;
    if (at(TokenKind::RightParen)) {
      syntax_error(span(token()), fmt::format("expected a parameter of {} after `,`", message.name.text),
                   "expected a parameter");
    }
  }
  if (accept(TokenKind::RightParen)) return;
  const bool missing = at(TokenKind::Semicolon) || at(TokenKind::RightBrace) || at_member() || at_stop();
  auto* bad = syntax_error(
      missing ? behind_last() : span(token()),
      fmt::format("expected `,` or `)` in the parameters of {}, found {}", message.name.text, found()),
      "expected `)`");
  if (bad != nullptr) bad->labels.push_back({span(open), "the parameters begin here"});
  if (bad != nullptr && missing)
    bad->fixes.push_back(insert_fix("insert the missing `)`", file_, behind_last().begin, ")"));
  while (!at(TokenKind::RightParen) && !at(TokenKind::Semicolon) && !at(TokenKind::RightBrace) &&
         !at(TokenKind::UnclosedString) && !at_member() && !at_stop())
    advance();
  accept(TokenKind::RightParen);
}

// Parameter = { Attribute } Type [ Ident ] ;  only the old notes leave the name out
Parameter ContractParser::parameter() {
  Parameter result{type(), std::nullopt};
  if (at_name()) result.name = take_name();
  else if (at(TokenKind::Comma) || at(TokenKind::RightParen))
    use_old_syntax(result.type.span, "a parameter without a name");
  return result;
}

// Type = ( QualName [ TypeArgs ] { "." Ident } | OldEndpoint ) { TypeSuffix } ;
Type ContractParser::type() {
  const std::size_t first = at_;
  Type result;
  if (!old_endpoint(result)) {
    result.name = qualified_name();
    result.type_arguments = type_arguments();
    while (at(TokenKind::Dot) && at(TokenKind::Identifier, 1)) {
      advance();
      result.name.parts.push_back(take_name());
    }
    result.name.span = span_from(first);
  }
  while (type_suffix(result)) {
  }
  result.span = span_from(first);
  return result;
}

// OldEndpoint = ( "imp" | "exp" ) "<" [ QualName [ "@" HyphenIdent ] ] ">" ;  `imp<C@S>` means `C.Imp:S`
bool ContractParser::old_endpoint(Type& type) {
  const bool imp = at(Word::Imp);
  if ((!imp && !at(Word::Exp)) || !at(TokenKind::Less, 1)) return false;
  const std::size_t first = at_;
  const source::Span end_span = span(token());
  type.old_endpoint = true;
  advance();
  advance();
  if (at_name()) type.name = qualified_name();
  type.name.parts.push_back({imp ? "Imp" : "Exp", end_span});
  const bool named = type.name.parts.size() > 1;
  // `@S` is one token, `@ S` are two.
  const bool at_sign = at(TokenKind::Other) && text(token()) == "@" && at(TokenKind::Identifier, 1);
  if (named && at_sign) advance();
  if (named && (at_sign || (at(TokenKind::Identifier) && text(token()).starts_with('@'))))
    type.endpoint_state = hyphen_name();
  if (!accept(TokenKind::Greater)) {
    syntax_error(span(token()), fmt::format("expected `>`, found {}", found()), "expected `>`");
  }
  type.name.span = span_from(first);
  use_old_syntax(type.name.span, "an endpoint type of the old notes");
  if (!named) {
    ignore(type.name.span,
           "an endpoint type without a contract has no meaning for the machine and is ignored");
  }
  return true;
}

// TypeSuffix = "!" | "?" | "*" | "[" "]" | ":" HyphenIdent | "in" Ident | "opt" "(" Ident [ "[" "]" ] ")" ;
bool ContractParser::type_suffix(Type& type) {
  if (accept(TokenKind::Bang) || accept(TokenKind::Question)) return true;
  if (accept(TokenKind::Star)) return type.pointer = true;
  if (at(TokenKind::LeftBracket)) {
    type.vector = true;
    return skip_brackets(TokenKind::LeftBracket, TokenKind::RightBracket);
  }
  if (at(TokenKind::Colon) && at(TokenKind::Identifier, 1)) {
    advance();
    type.endpoint_state = hyphen_name();
    return true;
  }
  if (at(Word::In) && at(TokenKind::Identifier, 1) && !at_member()) {
    advance();
    advance();
    return type.in_exheap = true;
  }
  if (at(Word::Opt) && at(TokenKind::LeftParen, 1)) {
    advance();
    type.in_exheap = true;
    return skip_brackets(TokenKind::LeftParen, TokenKind::RightParen);
  }
  return false;
}

}  // namespace singspin::syntax
