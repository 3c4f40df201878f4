#include "frontend/syntax/contract_parser.h"

#include <fmt/format.h>

namespace singspin::syntax {

using diagnostics::Code;

diagnostics::Diagnostic* ContractParser::syntax_error(source::Span span, std::string message,
                                                      std::string label) {
  if (reading_.contract != nullptr) reading_.contract->broken = true;
  return error(Code::parse_error, span, std::move(message), std::move(label));
}

bool ContractParser::at_contract(std::size_t ahead) const {
  if (!at(Word::Contract, ahead) || !at(TokenKind::Identifier, ahead + 1)) return false;
  return at(TokenKind::LeftBrace, ahead + 2) || at(TokenKind::Colon, ahead + 2) ||
         at(TokenKind::Less, ahead + 2) || at_member(ahead + 2);
}

bool ContractParser::at_misspelt_contract() const {
  std::size_t brace = 2;
  if (at(TokenKind::Colon, 2) && at(TokenKind::Identifier, 3)) {
    for (brace = 4; at(TokenKind::Dot, brace) && at(TokenKind::Identifier, brace + 1);) brace += 2;
  }
  if (!at(TokenKind::LeftBrace, brace) || !at_member(brace + 1)) return false;
  constexpr Word kContract[] = {Word::Contract};
  return nearest_word(text(token()), kContract) == Word::Contract;
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

// Contract = "contract" Ident [ TypeArgs ] [ ":" QualName [ TypeArgs ] ] "{" { Member } "}" [ ";" ] ;
Contract ContractParser::contract(ScopeId scope, std::optional<std::size_t> outer) {
  const std::size_t first = at_;
  Contract result;
  result.scope = scope;
  reading_ = Reading{};
  reading_.contract = &result;
  reading_.first = first;
  reading_.outer = outer;
  constexpr std::size_t kUsualMembers = 8;
  result.messages.reserve(kUsualMembers);
  result.states.reserve(kUsualMembers);
  const bool has_body = contract_head(result);
  const std::size_t open = at_;
  if (has_body) {
    accept(TokenKind::LeftBrace);
    reading_.old_style = is_old_style();
    members(tokens_[open]);
  }
  result.body = {file_, tokens_[open].begin, std::max(tokens_[open].begin, span_from(open).end)};
  result.span = span_from(first);
  note_old_syntax();
  reading_ = Reading{};
  return result;
}

// Reads up to the `{`; false if there is no body. A forgotten `{` is reported, and the members that
// follow are read all the same.
bool ContractParser::contract_head(Contract& contract) {
  advance();
  contract.name = take_name();
  contract.type_parameters = type_parameters();
  if (accept(TokenKind::Colon)) {
    if (at_name()) {
      contract.base = qualified_name();
      type_arguments();
    } else {
      syntax_error(here_or_behind(), fmt::format("expected the name of the base contract, found {}", found()),
                   "expected a name");
      if (at_stop()) return false;
    }
  }
  if (at(TokenKind::LeftBrace)) return true;
  const bool forgotten = at_member();
  auto* missing = syntax_error(
      forgotten ? behind_last() : span(token()),
      fmt::format("expected `{{` after the head of contract {}, found {}", contract.name.text, found()),
      "expected `{`");
  if (forgotten && missing != nullptr)
    missing->fixes.push_back(insert_fix("insert the missing `{`", file_, behind_last().begin, " {"));
  while (!at_stop() && !at_member() && !at(TokenKind::LeftBrace) && !at(TokenKind::RightBrace) &&
         !at(TokenKind::Semicolon))
    advance();
  return at(TokenKind::LeftBrace) || at_member();
}

void ContractParser::report_unclosed(const Token& open) {
  auto* missing = syntax_error(
      behind_last(), fmt::format("expected `}}` at the end of contract {}", reading_.contract->name.text),
      "expected `}`");
  if (missing == nullptr) return;
  if (open.kind == TokenKind::LeftBrace) missing->labels.push_back({span(open), "this `{` is never closed"});
  missing->fixes.push_back(insert_fix("insert the missing `}`", file_, behind_last().begin, "\n}"));
}

// Reads members up to the `}` of the contract; false if it is missing.
bool ContractParser::members_to_brace(const Token& open) {
  while (true) {
    if (at_stop() || closes_outer_scope()) {
      report_unclosed(open);
      return false;
    }
    if (is_surplus_inside()) {
      auto* surplus = syntax_error(span(token()), "this `}` closes nothing", "one `}` too many");
      if (surplus != nullptr) surplus->fixes.push_back(replace_fix("remove it", span(token()), ""));
      advance();
      continue;
    }
    if (at(TokenKind::RightBrace)) break;
    const std::size_t before = at_;
    member();
    if (at_ == before) advance();
  }
  advance();
  return true;
}

// A member behind the closing brace means that an earlier brace closed too much.
void ContractParser::members(const Token& open) {
  while (members_to_brace(open)) {
    const std::size_t close = at_ - 1;
    accept(TokenKind::Semicolon);
    if (!at_member() && !(reading_.old_states > 0 && at_old_state(at_, false))) return;
    auto* early = syntax_error(
        span(tokens_[close]),
        fmt::format("this `}}` closes contract {} before its last member", reading_.contract->name.text),
        "one `}` too many");
    if (early != nullptr) early->fixes.push_back(replace_fix("remove it", span(tokens_[close]), ""));
  }
}

// Said once for each contract. A contract with both kinds of states looks like a mistake.
void ContractParser::note_old_syntax() {
  Contract& contract = *reading_.contract;
  if (reading_.old_states > 0)
    contract.style = reading_.modern_states > 0 ? Contract::Style::Mixed : Contract::Style::Old;
  if (!reading_.old_syntax) return;
  const bool mixed = contract.style == Contract::Style::Mixed;
  auto* note =
      error(Code::old_syntax, *reading_.old_syntax,
            mixed ? fmt::format("contract {} declares states with and without `state`", contract.name.text)
                  : fmt::format("contract {} uses the old syntax of the design notes", contract.name.text),
            reading_.old_words);
  if (note == nullptr) return;
  if (!mixed) return;
  note->severity = diagnostics::Severity::Warning;
  for (const State& s : contract.states) {
    if (s.old_style) continue;
    note->labels.push_back({s.name.span, "declared with `state`"});
    break;
  }
  diagnostics::Fix fix{"write `state` before each state", {}, true};
  for (const State& s : contract.states) {
    const bool plain = s.name.text.find('-') == std::string_view::npos;
    if (s.old_style && plain) fix.edits.push_back({{file_, s.span.begin, s.span.begin}, "state "});
  }
  if (!fix.edits.empty()) note->fixes.push_back(std::move(fix));
}

}  // namespace singspin::syntax
