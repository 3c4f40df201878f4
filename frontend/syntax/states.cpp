// States of both styles and their sequences.
#include <fmt/format.h>

#include "frontend/syntax/contract_parser.h"

namespace singspin::syntax {

using diagnostics::Code;

namespace {
// Groups nest at most a few levels in practice; the limit keeps the stack small for any input.
constexpr int kMaxGroupDepth = 200;
constexpr std::size_t kUsualSteps = 3;
}  // namespace

// State = [ "override" ] "state" Ident [ TypeArgs ] ":" StateBody ;
void ContractParser::state() {
  const std::size_t first = at_;
  State result;
  // The word may be a misspelt one that was reported.
  result.is_override = !at(Word::State) && at(Word::State, 1);
  if (result.is_override) advance();
  advance();
  if (!at_name()) {
    return lose_member(here_or_behind(), fmt::format("expected the name of a state, found {}", found()),
                       "expected a name");
  }
  result.name = state_name();
  type_arguments();
  ++reading_.modern_states;
  if (!state_colon(result)) return recover_in_contract();
  state_body(result);
  result.span = span_from(first);
  reading_.contract->states.push_back(std::move(result));
}

// Reads the `:`; false if nothing that could be a body follows.
bool ContractParser::state_colon(const State& state) {
  if (accept(TokenKind::Colon)) return true;
  const bool arrow = at(TokenKind::Arrow);
  auto* bad = syntax_error(arrow ? span(token()) : behind_last(),
                           fmt::format("expected `:` after state {}, found {}", state.name.text, found()),
                           "expected `:`");
  if (bad != nullptr) {
    bad->fixes.push_back(arrow ? replace_fix("write `:`", span(token()), ":")
                               : insert_fix("insert the missing `:`", file_, behind_last().begin, ":"));
  }
  if (arrow) advance();
  const bool body = at(TokenKind::LeftBrace) || at(TokenKind::Semicolon) || starts_sequence() ||
                    ((at(Word::One) || at(Word::All)) && at(TokenKind::LeftBrace, 1));
  if (!body) reading_.contract->lost_member = true;
  return body;
}

// OldState = HyphenIdent [ TypeArgs ] ( ":" | "->" ) StateBody ;
void ContractParser::old_state() {
  const std::size_t first = at_;
  State result;
  result.old_style = true;
  in_old_state_ = true;
  result.name = state_name();
  use_old_syntax(result.name.span, "a state without `state`");
  type_arguments();
  advance();  // `:` or `->`
  ++reading_.old_states;
  state_body(result);
  in_old_state_ = false;
  result.span = span_from(first);
  reading_.contract->states.push_back(std::move(result));
}

// StateBody = [ "one" | "all" ] "{" { Sequence ";" } "}" | Sequence ";" | ";" ;
// In old-style states the `;` inside of braces may be missing.
void ContractParser::state_body(State& state) {
  if (accept(TokenKind::Semicolon)) return;
  const bool word = at(Word::One) || at(Word::All);
  if (at(Word::All) && !at(TokenKind::Semicolon, 1) && !at(TokenKind::Arrow, 1))
    state.form = State::Form::All;
  if (word && at(TokenKind::LeftBrace, 1)) {
    advance();
  } else if (missing_block_brace()) {
    return sequences(state, nullptr);
  }
  const Token open = token();
  const std::size_t block = at_;
  if (accept(TokenKind::LeftBrace)) {
    sequences(state, &open);
    state.block = span_from(block);
    return;
  }
  state.form = State::Form::One;
  if (!sequence(state.sequences) || !sequence_end(state, state.sequences.back(), false)) recover_in_state();
}

// `one Tap? ...` and `onee {`: reports the wrong token. True if a block follows without its `{`.
bool ContractParser::missing_block_brace() {
  constexpr Word kForms[] = {Word::One, Word::All};
  const bool word = at(Word::One) || at(Word::All);
  if (word && (at(TokenKind::Identifier, 1) || at(TokenKind::LeftParen, 1)) && !at(Word::Or, 1)) {
    advance();
    auto* bad = syntax_error(behind_last(), fmt::format("expected `{{` before {}", found()), "expected `{`");
    if (bad != nullptr)
      bad->fixes.push_back(insert_fix("insert the missing `{`", file_, behind_last().begin, " {"));
    return true;
  }
  if (at(TokenKind::Identifier) && at(TokenKind::LeftBrace, 1)) {
    const Word meant = nearest_word(text(token()), kForms);
    auto* bad = syntax_error(span(token()), fmt::format("expected `one` or `all`, found {}", found()),
                             "expected `one` or `all`");
    if (bad != nullptr && meant != Word::None)
      bad->fixes.push_back(replace_fix(fmt::format("write `{}`", word_text(meant)), span(token()),
                                       std::string(word_text(meant))));
    advance();
  }
  return false;
}

bool ContractParser::starts_sequence(std::size_t ahead) const {
  if (at(TokenKind::LeftParen, ahead)) return true;
  return at(TokenKind::Identifier, ahead) &&
         (at(TokenKind::Bang, ahead + 1) || at(TokenKind::Question, ahead + 1) ||
          at(TokenKind::Arrow, ahead + 1));
}

// True if the block of a state ends before its `}`; `open` is its `{`, null if that is missing too.
bool ContractParser::state_ends_here(const State& state, const Token* open) {
  const bool taken = open != nullptr && closes_contract_instead(*open);
  if (!taken && !at_stop() && !at_member() && !at_other_member()) return false;
  if (open == nullptr) return true;  // reported
  auto* missing = syntax_error(
      behind_last(), fmt::format("expected `}}` at the end of state {}", state.name.text), "expected `}`");
  if (missing != nullptr) {
    missing->labels.push_back({span(*open), "this `{` is never closed"});
    missing->fixes.push_back(insert_fix("insert the missing `}`", file_, behind_last().begin, " }"));
  }
  return true;
}

// { Sequence ";" } "}" ;  behind the `{`
void ContractParser::sequences(State& state, const Token* open) {
  while (true) {
    if (accept(TokenKind::Semicolon)) continue;
    if (state_ends_here(state, open)) return;
    if (accept(TokenKind::RightBrace)) return;
    if (at(TokenKind::LeftBrace)) {
      syntax_error(span(token()), "this `{` opens nothing", "one `{` too many");
      advance();
      continue;
    }
    const std::size_t before = at_;
    if (!sequence(state.sequences) || !sequence_end(state, state.sequences.back(), true)) recover_in_state();
    if (at_ == before) advance();
  }
}

// The next action with its sign, or whatever token is next.
source::Span ContractParser::next_step() const {
  const bool action = at(TokenKind::Identifier) && (at(TokenKind::Bang, 1) || at(TokenKind::Question, 1));
  return {file_, token().begin, token(action ? 1 : 0).end};
}

// Reads the `;` behind a sequence; false if the parser has lost its place.
bool ContractParser::sequence_end(const State& state, const Sequence& sequence, bool in_block) {
  if (accept(TokenKind::Semicolon)) return true;
  const bool next_state = at_member() || at_stop() || at_other_member();
  if (state.old_style && in_block && (at(TokenKind::RightBrace) || at_name())) return true;
  const std::string_view after =
      std::holds_alternative<Reference>(sequence.steps.back()) ? "the target state" : "the last step";
  const source::Span place = behind_last();
  const diagnostics::Fix insert = insert_fix("insert the missing `;`", file_, place.begin, ";");
  if (at(TokenKind::RightBrace)) {
    auto* missing =
        error(Code::missing_semicolon, place, fmt::format("`;` is missing after {}", after), "expected `;`");
    if (missing == nullptr) return true;
    missing->fixes.push_back(insert);
    missing->fixes.back().safe = true;
    return true;
  }
  const bool continues =
      !next_state && same_line(tokens_[at_ - 1], token()) && (starts_sequence() || at(TokenKind::Identifier));
  auto* bad = syntax_error(place, fmt::format("expected {}`;` after {}", continues ? "`->` or " : "", after),
                           continues ? "expected `->` or `;`" : "expected `;`");
  if (bad != nullptr && starts_sequence())
    bad->labels.push_back({next_step(), continues ? "the next step" : "the next sequence starts here"});
  if (bad != nullptr && continues)
    bad->fixes.push_back(insert_fix("insert the missing `->`", file_, place.begin, " ->"));
  if (bad != nullptr && !continues && (next_state || starts_sequence())) bad->fixes.push_back(insert);
  return starts_sequence() || next_state;
}

// Sequence = Step { "->" Step } ;
bool ContractParser::sequence(std::vector<Sequence>& out) {
  const std::size_t first = at_;
  Sequence result;
  result.steps.reserve(kUsualSteps);
  do {
    if (!step(result.steps)) return false;
  } while (accept_arrow());
  result.span = span_from(first);
  out.push_back(std::move(result));
  return true;
}

// `->`; also `-`, `-->` and `=>`, which are reported.
bool ContractParser::accept_arrow() {
  if (accept(TokenKind::Arrow)) return true;
  std::size_t length = 0;
  if (at(TokenKind::Minus)) length = at(TokenKind::Arrow, 1) ? 2 : 1;
  else if (at(TokenKind::Equals) && at(TokenKind::Greater, 1)) length = 2;
  if (length == 0 || (!at(TokenKind::Identifier, length) && !at(TokenKind::LeftParen, length))) return false;
  const source::Span wrong{file_, token().begin, token(length - 1).end};
  auto* bad = syntax_error(
      wrong, fmt::format("expected `->`, found `{}`", text_.substr(wrong.begin, wrong.end - wrong.begin)),
      "expected `->`");
  if (bad != nullptr) bad->fixes.push_back(replace_fix("write `->`", wrong, "->"));
  for (; length > 0; --length) advance();
  return true;
}

// Step = Ident [ TypeArgs ] ( "!" | "?" ) | Ident | "(" Sequence { "or" Sequence } ")" ;
// OldStep = HyphenIdent [ TypeArgs ] [ "!" | "?" ] | "(" ... ")" ;
bool ContractParser::step(std::vector<Step>& steps) {
  if (at(TokenKind::LeftParen)) return group(steps);
  if (at_name()) return named_step(steps);
  const bool string = at(TokenKind::UnclosedString);
  if (string) unclosed_string();
  else
    syntax_error(here_or_behind(), fmt::format("expected an action, a state or a group, found {}", found()),
                 "expected a step");
  return false;
}

bool ContractParser::named_step(std::vector<Step>& steps) {
  const std::size_t first = at_;
  const Name name = state_name();
  type_arguments();
  const bool send = at(TokenKind::Bang);
  if (!accept(TokenKind::Bang) && !accept(TokenKind::Question)) {
    steps.push_back(Reference{name, span_from(first)});
    return true;
  }
  steps.push_back(Action{name, send ? ActionSign::Send : ActionSign::Receive, span_from(first)});
  return true;
}

bool ContractParser::group(std::vector<Step>& steps) {
  const std::size_t first = at_;
  if (depth_ >= kMaxGroupDepth) {
    reading_.contract->broken = true;
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
  } while (good && accept(Word::Or));
  --depth_;
  if (!good) return false;
  if (!accept(TokenKind::RightParen)) {
    auto* bad = syntax_error(
        here_or_behind(), fmt::format("expected `or` or `)` in a group, found {}", found()), "expected `)`");
    if (bad != nullptr) bad->labels.push_back({span(tokens_[first]), "the group begins here"});
    return false;
  }
  result.span = span_from(first);
  steps.push_back(std::move(result));
  return true;
}

}  // namespace singspin::syntax
