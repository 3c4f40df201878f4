// The syntax of the older design notes (section 3.2): states without the word `state`, hyphens in their
// names, signs and some semicolons left out.
//
// A contract is read in the old style if no member begins with `state` and at least one has the shape of
// an old state. A misspelt keyword does not have that shape, since two names in a row never begin an old
// state. Where both kinds of states stand in one contract, it is read as a modern one and `Name :` as a
// state whose keyword was left out.
#include <fmt/format.h>

#include "frontend/syntax/contract_parser.h"

namespace singspin::syntax {

// Looks through the body without reading it, from behind its `{` up to its `}` or the next contract.
bool ContractParser::is_old_style() const {
  bool old = false, member_start = true;
  std::size_t depth = 0;
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    const Token& t = tokens_[i];
    const std::size_t ahead = i - at_;
    if (t.word == Word::State && at(TokenKind::Identifier, ahead + 1) && at_member(ahead)) return false;
    if (t.word == Word::Contract && at_contract(ahead)) break;
    if (member_start && depth == 0 && !old) old = at_old_state(i, true);
    member_start = t.kind == TokenKind::Semicolon || t.kind == TokenKind::RightBrace ||
                   (member_start && t.kind == TokenKind::RightBracket);
    if (t.kind == TokenKind::LeftBrace) ++depth;
    if (t.kind == TokenKind::RightBrace && depth-- == 0) break;
  }
  return old;
}

// OldState = HyphenIdent [ TypeArgs ] ( ":" | "->" ) ( [ "one" | "all" ] "{" | OldStep | ";" ) ... ;
// `with_arrow`: the form with `->` counts too; elsewhere it is a sequence that has lost its state.
bool ContractParser::at_old_state(std::size_t position, bool with_arrow) const {
  const auto kind = [&](std::size_t i) { return tokens_[std::min(i, tokens_.size() - 1)].kind; };
  if (kind(position) != TokenKind::Identifier || tokens_[position].word != Word::None) return false;
  std::size_t i = position + 1;
  while (kind(i) == TokenKind::Minus && kind(i + 1) == TokenKind::Identifier) i += 2;
  constexpr std::size_t kLongestArguments = 50;
  if (kind(i) == TokenKind::Less) {
    const std::size_t limit = i + kLongestArguments;
    while (i < limit && (kind(i) == TokenKind::Less || kind(i) == TokenKind::Identifier ||
                         kind(i) == TokenKind::Comma || kind(i) == TokenKind::Greater))
      ++i;
    if (tokens_[i - 1].kind != TokenKind::Greater) return false;
  }
  if (kind(i) != TokenKind::Colon && !(with_arrow && kind(i) == TokenKind::Arrow)) return false;
  const TokenKind next = kind(i + 1);
  return next == TokenKind::LeftBrace || next == TokenKind::Semicolon || next == TokenKind::LeftParen ||
         next == TokenKind::Identifier;
}

// `-` directly between two names.
bool ContractParser::at_hyphen() const {
  return at(TokenKind::Minus) && touches_last() && at(TokenKind::Identifier, 1) &&
         token(1).begin == token().end;
}

// HyphenIdent = Ident { "-" Ident } ;  without blanks
Name ContractParser::hyphen_name() {
  Name name = take_name();
  while (at_hyphen()) {
    advance();
    name.span.end = token().end;
    advance();
  }
  // A leading `@` is no part of the name.
  const std::size_t skipped = text_[name.span.begin] == '@' ? 1 : 0;
  name.text = text_.substr(name.span.begin + skipped, name.span.end - name.span.begin - skipped);
  return name;
}

// The name of a state or of a step: hyphens belong to old-style states only. A name that has one in a
// modern state is reported once for the contract and read as it stands.
Name ContractParser::state_name() {
  const std::size_t first = at_;
  const Name name = hyphen_name();
  if (at_ == first + 1 || in_old_state_ || reading_.hyphen_reported) return name;
  reading_.hyphen_reported = true;
  auto* bad = syntax_error(span(tokens_[first + 1]), fmt::format("the name {} has a hyphen", name.text),
                           "not part of a name");
  if (bad != nullptr)
    bad->help = "only the old syntax, which has no `state`, allows hyphens in names; write `_`";
  return name;
}

void ContractParser::use_old_syntax(source::Span span, std::string words) {
  if (reading_.old_syntax) return;
  reading_.old_syntax = span;
  reading_.old_words = std::move(words);
}

}  // namespace singspin::syntax
