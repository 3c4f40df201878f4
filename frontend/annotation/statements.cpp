#include "frontend/annotation/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace singspin::annotation {

using diagnostics::Code;

namespace {

using Kind = Stmt::Kind;

// What follows the word of an action.
enum class Form : std::uint8_t { Message, Ref, Name, Condition, Nothing };
struct Action {
  std::string_view word;
  Kind kind;
  Form form;
};
constexpr Action kActions[] = {
    {"send", Kind::Send, Form::Message},
    {"recv", Kind::Recv, Form::Message},
    {"close", Kind::Close, Form::Ref},
    {"new", Kind::New, Form::Ref},
    {"use", Kind::Use, Form::Ref},
    {"free", Kind::Free, Form::Ref},
    {"take", Kind::Take, Form::Ref},
    {"give", Kind::Give, Form::Ref},
    {"acquire", Kind::Acquire, Form::Name},
    {"release", Kind::Release, Form::Name},
    {"wait", Kind::Wait, Form::Name},
    {"signal", Kind::Signal, Form::Name},
    {"reset", Kind::Reset, Form::Name},
    {"arm", Kind::Arm, Form::Name},
    {"cancel", Kind::Cancel, Form::Name},
    {"spawn", Kind::Spawn, Form::Name},
    {"join", Kind::Join, Form::Name},
    {"do", Kind::Do, Form::Name},
    {"goto", Kind::Goto, Form::Name},
    {"assert", Kind::Assert, Form::Condition},
    {"assume", Kind::Assume, Form::Condition},
    {"break", Kind::Break, Form::Nothing},
    {"return", Kind::Return, Form::Nothing},
    {"block", Kind::Block, Form::Nothing},
    {"skip", Kind::Skip, Form::Nothing},
    {"progress", Kind::Progress, Form::Nothing},
};

const Action* find_action(std::string_view word) {
  const auto found =
      std::find_if(std::begin(kActions), std::end(kActions), [&](const Action& a) { return a.word == word; });
  return found == std::end(kActions) ? nullptr : &*found;
}

bool may_idle(Kind kind) { return kind == Kind::Recv || kind == Kind::Wait || kind == Kind::Select; }

std::string_view last_identifier(const Ref& ref) { return ref.index ? ref.index->text : ref.name.text; }

}  // namespace

// block = "{" { stmt } "}" ;
std::optional<Block> StatementParser::block() {
  Block result;
  const Token open = token();
  if (!expect(TokenKind::LeftBrace, "`{`")) return std::nullopt;
  result.open = span(open);
  const Deeper deeper(*this);
  if (too_deep()) return skip_rest_of_block(), std::nullopt;
  statements(result.stmts, false);
  result.close = span(token());
  if (!accept(TokenKind::RightBrace)) {
    if (auto* d = fail(behind_last(), fmt::format("expected `}}`, found {}", found()), "expected `}`"))
      d->labels.push_back({span(open), "to close this"});
  }
  return result;
}

// Up to `}`; in a case also up to the next one.
void StatementParser::statements(std::vector<Stmt>& into, bool in_case) {
  while (!at_end() && !at(TokenKind::RightBrace) && !at_component()) {
    if (in_case && at_word("case") && !at_assignment()) return;
    const std::size_t before = at_;
    if (auto s = statement()) into.push_back(std::move(*s));
    else recover();
    if (at_ == before) advance();
  }
}

// stmt = "if" ... | "choose" ... | "loop" ... | [ "idle" ] select | [ "idle" ] action [ "as" ID ] ";" | ref
// "=" expr ";" ;
std::optional<Stmt> StatementParser::statement() {
  if (at_assignment()) return assignment();
  if (at_word("if")) return if_statement();
  if (at_word("choose")) return choose();
  if (at_word("loop")) return loop();
  const Token first = token();
  const bool idle = accept_word("idle");
  auto result = at_word("select") ? select() : action();
  if (!result) return std::nullopt;
  result->idle = idle;
  if (idle && !may_idle(result->kind))
    fail(Code::idle_placement, span(first), "`idle` stands before `recv`, `wait` and `select` only",
         "nothing waits here");
  return result;
}

bool StatementParser::at_assignment() const {
  if (!at_name()) return false;
  if (at(TokenKind::Equals, 1)) return true;
  return at(TokenKind::LeftBracket, 1) && at(TokenKind::RightBracket, 3) && at(TokenKind::Equals, 4);
}

std::optional<Stmt> StatementParser::assignment() {
  const std::size_t first = at_;
  Stmt result;
  result.kind = Kind::Assign;
  auto target = ref("a variable");
  if (!target || !expect(TokenKind::Equals, "`=`")) return std::nullopt;
  auto value = expression();
  if (!value) return std::nullopt;
  result.span = span_from(first);
  if (!expect(TokenKind::Semicolon, "`;`")) return std::nullopt;
  result.ref = std::move(*target);
  result.expr = std::move(*value);
  return result;
}

// "if" "(" expr ")" block [ "else" ( block | ifstmt ) ]
std::optional<Stmt> StatementParser::if_statement() {
  const Deeper deeper(*this);
  if (too_deep()) return std::nullopt;
  Stmt result;
  result.kind = Kind::If;
  result.span = span(token());
  advance();
  auto condition = in_parentheses();
  if (!condition) return std::nullopt;
  auto then = block();
  if (!then) return std::nullopt;
  result.expr = std::move(*condition);
  result.blocks.push_back(std::move(*then));
  if (!accept_word("else")) return result;
  if (at_word("if")) {
    auto other = if_statement();
    if (!other) return std::nullopt;
    Block wrapped;
    wrapped.open = wrapped.close = other->span;
    wrapped.stmts.push_back(std::move(*other));
    result.blocks.push_back(std::move(wrapped));
    return result;
  }
  auto otherwise = block();
  if (!otherwise) return std::nullopt;
  result.blocks.push_back(std::move(*otherwise));
  return result;
}

// "choose" block { "or" block }
std::optional<Stmt> StatementParser::choose() {
  Stmt result;
  result.kind = Kind::Choose;
  result.span = span(token());
  advance();
  do {
    auto b = block();
    if (!b) return std::nullopt;
    result.blocks.push_back(std::move(*b));
  } while (accept_word("or"));
  return result;
}

// "loop" ( block | select ); the second is a loop of an idle select (4.4)
std::optional<Stmt> StatementParser::loop() {
  Stmt result;
  result.kind = Kind::Loop;
  result.span = span(token());
  advance();
  if (!at_word("select")) {
    auto body = block();
    if (!body) return std::nullopt;
    result.blocks.push_back(std::move(*body));
    return result;
  }
  auto inner = select();
  if (!inner) return std::nullopt;
  inner->idle = true;
  Block body;
  body.open = body.close = inner->span;
  body.stmts.push_back(std::move(*inner));
  result.blocks.push_back(std::move(body));
  return result;
}

// "select" "{" { "case" guard ":" { stmt } } "}"
std::optional<Stmt> StatementParser::select() {
  Stmt result;
  result.kind = Kind::Select;
  result.span = span(token());
  advance();
  const Token open = token();
  if (!expect(TokenKind::LeftBrace, "`{`")) return std::nullopt;
  const Deeper deeper(*this);
  if (too_deep()) return skip_rest_of_block(), std::nullopt;
  if (!cases(result)) return std::nullopt;
  if (!accept(TokenKind::RightBrace)) {
    if (auto* d =
            fail(behind_last(), fmt::format("expected `case` or `}}`, found {}", found()), "expected `}`"))
      d->labels.push_back({span(open), "to close this"});
  }
  return result;
}

bool StatementParser::cases(Stmt& select) {
  while (at_word("case")) {
    advance();
    const std::size_t first = at_;
    auto guard = event(true);
    if (!guard || !expect(TokenKind::Colon, "`:`")) {
      recover();
      continue;
    }
    add_anchor(*guard, first, {});
    Case c;
    c.event = std::move(*guard);
    c.body.open = c.event.span;
    statements(c.body.stmts, true);
    c.body.close = span(token());
    select.cases.push_back(std::move(c));
  }
  if (select.cases.empty() && at(TokenKind::RightBrace)) {
    expected("`case`");
    advance();
    return false;
  }
  return true;
}

void StatementParser::add_anchor(const Event& event, std::size_t first, Anchor anchor) {
  anchor.line_of = tokens_[first].begin;
  anchor.span = event.span;
  if (anchor.names.empty()) {
    for (const Message& m : event.messages) anchor.names.push_back(m.name.text);
    const bool item = event.kind == Event::Kind::Item || event.kind == Event::Kind::Closed;
    if (item) anchor.names.push_back(last_identifier(event.ref));
  }
  if (!anchor.names.empty()) result_.anchors.push_back(std::move(anchor));
}

bool StatementParser::alias(Anchor& anchor) {
  if (!accept_word("as")) return true;
  const auto n = name("a name of the code");
  if (!n) return false;
  anchor.names = {n->text};
  return true;
}

// action [ "as" ID ] ";"
std::optional<Stmt> StatementParser::action() {
  const std::size_t first = at_;
  Stmt result;
  Anchor anchor;
  if (!action_words(result, anchor)) return std::nullopt;
  result.span = anchor.span = span_from(first);
  anchor.line_of = result.span.begin;
  if (!alias(anchor)) return std::nullopt;
  if (!expect(TokenKind::Semicolon, "`;`")) return std::nullopt;
  const bool looked_for =
      result.kind != Kind::Goto && result.kind != Kind::Assert && result.kind != Kind::Assume;
  if (looked_for && !anchor.names.empty()) result_.anchors.push_back(std::move(anchor));
  return result;
}

bool StatementParser::action_words(Stmt& stmt, Anchor& anchor) {
  const Action* action = at_name() ? find_action(text(token())) : nullptr;
  if (action == nullptr) {
    expected("a statement");
    return false;
  }
  advance();
  stmt.kind = action->kind;
  switch (action->form) {
    case Form::Nothing: return true;
    case Form::Condition: {
      auto condition = in_parentheses();
      if (condition) stmt.expr = std::move(*condition);
      return condition.has_value();
    }
    case Form::Message: {
      auto m = message();
      if (!m) return false;
      stmt.message = std::move(*m);
      anchor.names = {stmt.message.name.text};
      return true;
    }
    case Form::Ref:
    case Form::Name: return operand(stmt, anchor);
  }
  UNREACHABLE("form is known");
}

bool StatementParser::operand(Stmt& stmt, Anchor& anchor) {
  auto r = ref("a name");
  if (!r) return false;
  stmt.ref = std::move(*r);
  anchor.names = {last_identifier(stmt.ref)};
  if (stmt.kind != Kind::Give) return true;
  if (!expect_word("to")) return false;
  const auto target = name("`hw`");
  if (target && target->text != "hw")
    fail(Code::give_target, target->span,
         fmt::format("blocks can be given to `hw` only, not to `{}`", target->text), "only `hw`");
  return target.has_value();
}

}  // namespace singspin::annotation
