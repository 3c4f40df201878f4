// Where a mistake ends: what surely begins a member or the next declaration, and which brace is missing
// or too many. Braces are believed as long as the file has as many `{` as `}`; otherwise the layout
// decides, since people and editors indent what belongs together.
#include "frontend/base/nearest.h"
#include "frontend/syntax/contract_parser.h"

namespace singspin::syntax {

Word nearest_word(std::string_view text, std::span<const Word> candidates) {
  constexpr std::size_t kShortest = 2, kLongest = 14;
  if (text.size() < kShortest || text.size() > kLongest) return Word::None;
  std::vector<std::string_view> texts;
  for (const Word word : candidates) texts.push_back(word_text(word));
  return find_word(base::nearest(text, texts));
}

// `in message M(`: nothing else looks like it, not even the code of a method.
bool ContractParser::at_directed_message(std::size_t ahead) const {
  if (!at(Word::In, ahead) && !at(Word::Out, ahead)) return false;
  return at(Word::Message, ahead + 1) && at(TokenKind::Identifier, ahead + 2) &&
         (at(TokenKind::LeftParen, ahead + 3) || at(TokenKind::Semicolon, ahead + 3) ||
          at(TokenKind::Less, ahead + 3));
}

bool ContractParser::at_member(std::size_t ahead) const {
  switch (token(ahead).word) {
    case Word::In:
    case Word::Out: return at(Word::Message, ahead + 1) && at(TokenKind::Identifier, ahead + 2);
    case Word::Message:
      return at(TokenKind::Identifier, ahead + 1) &&
             (at(TokenKind::LeftParen, ahead + 2) || at(TokenKind::Semicolon, ahead + 2) ||
              at(TokenKind::Less, ahead + 2) || at(Word::Requires, ahead + 2));
    case Word::Override: return at(Word::State, ahead + 1);
    case Word::State:
      return at(TokenKind::Identifier, ahead + 1) &&
             (at(TokenKind::Colon, ahead + 2) || at(TokenKind::Less, ahead + 2));
    default: return false;
  }
}

// Members without `message` and `state`; asked where a sequence could begin.
bool ContractParser::at_other_member() const {
  std::size_t ahead = 0;
  while (is_access(token(ahead).word)) ++ahead;
  switch (token(ahead).word) {
    case Word::Const:
    case Word::Permission:
    case Word::Struct:
    case Word::Enum:
    case Word::Class:
    case Word::Rep:
    case Word::PointerFree: return at(TokenKind::Identifier, ahead + 1);
    default: return at_old_state(at_, false);
  }
}

// The end of the file, the next contract with what stands before it, or a namespace: the contract ends.
bool ContractParser::at_stop() const {
  const Token& t = token();
  if (t.kind == TokenKind::End) return true;
  if (t.kind != TokenKind::Identifier && t.kind != TokenKind::LeftBracket) return false;
  if (t.word == Word::None && t.kind == TokenKind::Identifier) return false;
  if (t.word == Word::Namespace) return at(TokenKind::Identifier, 1);
  constexpr std::size_t kLongest = 50;  // attributes and access words before a contract
  std::size_t ahead = 0, depth = 0;
  while (ahead < kLongest) {
    if (at(TokenKind::LeftBracket, ahead)) ++depth;
    else if (at(TokenKind::RightBracket, ahead) && depth > 0) --depth;
    else if (at(TokenKind::Semicolon, ahead) || at(TokenKind::LeftBrace, ahead)) return false;
    else if (depth == 0 && !is_access(token(ahead).word)) return at_contract(ahead);
    ++ahead;
  }
  return false;
}

int ContractParser::brace_balance() {
  if (balance_) return *balance_;
  std::int64_t open = 0;
  for (const Token& t : tokens_) {
    if (t.kind == TokenKind::LeftBrace) ++open;
    if (t.kind == TokenKind::RightBrace) --open;
  }
  balance_ = open > 0 ? 1 : open < 0 ? -1 : 0;
  return *balance_;
}

// Does the brace that closes the contract by counting stand where the layout wants it? Asked once, from
// the `}` of a state.
bool ContractParser::brace_fits_contract() {
  if (reading_.braces_fit) return *reading_.braces_fit;
  const auto head = line_indent(tokens_[reading_.first]);
  std::size_t depth = 2;
  for (std::size_t i = at_; i + 1 < tokens_.size(); ++i) {
    const Token& t = tokens_[i];
    if (t.word == Word::Contract && at_contract(i - at_)) break;
    if (t.kind == TokenKind::LeftBrace) ++depth;
    if (t.kind != TokenKind::RightBrace || --depth > 0) continue;
    const auto indent = indent_if_first(t);
    reading_.braces_fit = !indent || indent == head;
    return *reading_.braces_fit;
  }
  reading_.braces_fit = false;
  return false;
}

// At the `}` behind the sequences of a state: it is that of the contract, by its column, and one is
// missing.
bool ContractParser::closes_contract_instead(const Token& block_open) {
  if (!at(TokenKind::RightBrace) || same_line(block_open, token())) return false;
  const auto indent = indent_if_first(token());
  const auto head = line_indent(tokens_[reading_.first]), state = line_indent(block_open);
  if (!indent || !head || !state || *indent != *head || *state <= *head) return false;
  return brace_balance() > 0 && !brace_fits_contract();
}

// At a `}` between members: it stands where the scope around the contract ends, further left than the
// contract.
bool ContractParser::closes_outer_scope() {
  if (!at(TokenKind::RightBrace) || !reading_.outer) return false;
  const auto indent = indent_if_first(token());
  if (!indent || indent != line_indent(tokens_[*reading_.outer])) return false;
  const auto head = line_indent(tokens_[reading_.first]);
  return head && *indent < *head && brace_balance() > 0;
}

// At a `}` between members: it stands further right than the contract, and what follows belongs to the
// contract or ends it.
bool ContractParser::is_surplus_inside() {
  if (!at(TokenKind::RightBrace)) return false;
  const auto indent = indent_if_first(token());
  const auto head = line_indent(tokens_[reading_.first]);
  if (!indent || !head || *indent <= *head) return false;
  const bool goes_on = at_member(1) || at(Word::Const, 1) || at_old_state(at_ + 1, false) ||
                       (at(TokenKind::RightBrace, 1) && indent_if_first(token(1)) == head);
  return goes_on && brace_balance() < 0;
}

// To behind the next `;`, or to the `}` or member that ends the state. A string that is never closed
// has swallowed the `;` of its line.
void ContractParser::recover_in_state() {
  while (!at(TokenKind::RightBrace) && !at_member() && !at_stop()) {
    const bool ends = at(TokenKind::Semicolon) || at(TokenKind::UnclosedString);
    advance();
    if (ends) return;
  }
}

// To behind the next `;` or balanced braces, or to the next member, `}` or contract.
void ContractParser::recover_in_contract() {
  std::size_t depth = 0;
  while (!at_stop() && !at_member()) {
    if (depth == 0 && at(TokenKind::RightBrace)) return;
    if (at(TokenKind::LeftBrace)) ++depth;
    const bool ends = depth == 0 && (at(TokenKind::Semicolon) || at(TokenKind::UnclosedString));
    const bool closes = at(TokenKind::RightBrace) && --depth == 0;
    advance();
    if (ends || closes) return;
  }
}

}  // namespace singspin::syntax
