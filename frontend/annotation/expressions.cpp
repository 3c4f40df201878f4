#include "frontend/annotation/expressions.h"

#include <fmt/format.h>

#include <span>

namespace singspin::annotation {

using diagnostics::Code;

namespace {

constexpr std::size_t kMostTokens = 2000;  // of one expression

using Sign = Expr::Sign;
struct Operator {
  std::string_view text;
  Sign sign;
};
// Longer signs first; by level from the loosest on.
constexpr Operator kOr[] = {{"||", Sign::Or}};
constexpr Operator kAnd[] = {{"&&", Sign::And}};
constexpr Operator kCompare[] = {{"==", Sign::Equal},        {"!=", Sign::NotEqual}, {"<=", Sign::LessEqual},
                                 {">=", Sign::GreaterEqual}, {"<", Sign::Less},      {">", Sign::Greater}};
constexpr Operator kSum[] = {{"+", Sign::Plus}, {"-", Sign::Minus}};
constexpr int kCompareLevel = 2, kLastLevel = 3;

std::span<const Operator> operators(int level) {
  switch (level) {
    case 0: return kOr;
    case 1: return kAnd;
    case kCompareLevel: return kCompare;
    default: return kSum;
  }
}

}  // namespace

// ref = ID [ "[" ( INT | ID ) "]" ] ;
std::optional<Ref> ExpressionParser::ref(std::string_view what) {
  const std::size_t first = at_;
  const auto n = name(what);
  if (!n) return std::nullopt;
  Ref result;
  result.name = *n;
  if (accept(TokenKind::LeftBracket)) {
    result.indexed = true;
    if (at_name()) {
      result.index = take_name();
    } else {
      const auto index = number();
      if (!index) return std::nullopt;
      result.number = *index;
    }
    if (!expect(TokenKind::RightBracket, "`]`")) return std::nullopt;
  }
  result.span = span_from(first);
  return result;
}

// msg = ref "." ID [ "(" [ ref { "," ref } ] ")" ] ;
std::optional<Message> ExpressionParser::message() {
  const std::size_t first = at_;
  auto port = ref("a port");
  if (!port) return std::nullopt;
  if (!expect(TokenKind::Dot, "`.` and a message")) return std::nullopt;
  return message_behind(std::move(*port), first);
}

std::optional<Message> ExpressionParser::message_behind(Ref port, std::size_t first) {
  const auto n = name("a message");
  if (!n) return std::nullopt;
  Message result{std::move(port), *n, {}, span_from(first)};
  if (!accept(TokenKind::LeftParen)) return result;
  if (!at(TokenKind::RightParen)) {
    do {
      auto argument = ref("a slot or a port");
      if (!argument) return std::nullopt;
      result.arguments.push_back(std::move(*argument));
    } while (accept(TokenKind::Comma));
  }
  if (!expect(TokenKind::RightParen, "`)`")) return std::nullopt;
  result.span = span_from(first);
  return result;
}

// trigger = msg | ID | "closed" ref ;  guard = msg { "&&" msg } | ID | "closed" ref | "timeout" ;
std::optional<Event> ExpressionParser::event(bool several) {
  const std::size_t first = at_;
  Event result;
  if (at_word("closed") && at_name(1)) {
    advance();
    auto port = ref("a port");
    if (!port) return std::nullopt;
    result.kind = Event::Kind::Closed;
    result.ref = std::move(*port);
  } else if (several && at_word("timeout") && !at(TokenKind::Dot, 1)) {
    advance();
    result.kind = Event::Kind::Timeout;
  } else {
    auto item = ref(several ? "a message, an event or a source" : "a message or a source");
    if (!item) return std::nullopt;
    if (accept(TokenKind::Dot)) {
      result.kind = Event::Kind::Messages;
      auto m = message_behind(std::move(*item), first);
      while (m) {
        result.messages.push_back(std::move(*m));
        if (!several || !accept_sign("&&")) break;
        m = message();
      }
      if (!m) return std::nullopt;
    } else {
      result.ref = std::move(*item);
    }
  }
  result.span = span_from(first);
  return result;
}

// ids = ID { "," ID } ;
std::optional<std::vector<Name>> ExpressionParser::names(std::string_view what) {
  std::vector<Name> result;
  do {
    const auto n = name(what);
    if (!n) return std::nullopt;
    result.push_back(*n);
  } while (accept(TokenKind::Comma));
  return result;
}

std::optional<Expr> ExpressionParser::in_parentheses() {
  if (!expect(TokenKind::LeftParen, "`(`")) return std::nullopt;
  auto e = expression();
  if (!e || !expect(TokenKind::RightParen, "`)`")) return std::nullopt;
  return e;
}

// expr = conj { "||" conj } ;
std::optional<Expr> ExpressionParser::expression() {
  const Deeper deeper(*this);
  if (too_deep()) return std::nullopt;
  return chain(0);
}

std::optional<Sign> ExpressionParser::accept_operator(int level) {
  for (const Operator& o : operators(level)) {
    if (accept_sign(o.text)) return o.sign;
  }
  return std::nullopt;
}

// conj = cmp { "&&" cmp } ;  cmp = sum [ relation sum ] ;  sum = unary { ( "+" | "-" ) unary } ;
std::optional<Expr> ExpressionParser::chain(int level) {
  const std::size_t first = at_;
  const auto next = [&] { return level == kLastLevel ? unary() : chain(level + 1); };
  auto left = next();
  if (!left) return std::nullopt;
  Expr result;
  result.kind = Expr::Kind::Chain;
  while (const auto sign = accept_operator(level)) {
    auto right = next();
    if (!right) return std::nullopt;
    result.signs.push_back(*sign);
    result.operands.push_back(std::move(*right));
    if (at_ - first > kMostTokens) {
      fail(Code::nesting_too_deep, span(token()),
           fmt::format("this expression has more than {} words and signs", kMostTokens));
      return std::nullopt;
    }
    if (level == kCompareLevel) break;
  }
  if (result.signs.empty()) return left;
  result.operands.insert(result.operands.begin(), std::move(*left));
  result.span = span_from(first);
  return result;
}

// unary = [ "!" | "-" ] prim ;
std::optional<Expr> ExpressionParser::unary() {
  const std::size_t first = at_;
  const bool negative = at(TokenKind::Minus);
  if (!negative && !at(TokenKind::Bang)) return primary();
  const Deeper deeper(*this);
  if (too_deep()) return std::nullopt;
  advance();
  auto operand = unary();
  if (!operand) return std::nullopt;
  Expr result;
  result.kind = negative ? Expr::Kind::Negate : Expr::Kind::Not;
  result.operands.push_back(std::move(*operand));
  result.span = span_from(first);
  return result;
}

// `@S`, which the lexer takes for one name, or `@ S`.
std::optional<Name> ExpressionParser::at_state() {
  if (at(TokenKind::Other) && text(token()) == "@") {
    advance();
    return name("a state");
  }
  Name state = take_name();
  ++state.span.begin;
  return state;
}

// prim = INT | "true" | "false" | "(" expr ")" | "held" "(" ID ")" | ref | ID "@" ID | ID "." ref [ "@" ID ]
// ;
std::optional<Expr> ExpressionParser::primary() {
  const std::size_t first = at_;
  if (at(TokenKind::LeftParen)) return in_parentheses();
  Expr result;
  if (at(TokenKind::Number)) {
    const auto value = number();
    if (!value) return std::nullopt;
    result.value = *value;
  } else if (at_word("true") || at_word("false")) {
    result.value = at_word("true");
    advance();
  } else if (at_word("held") && at(TokenKind::LeftParen, 1)) {
    advance(), advance();
    const auto lock = name("a lock");
    if (!lock || !expect(TokenKind::RightParen, "`)`")) return std::nullopt;
    result.kind = Expr::Kind::Held;
    result.name = *lock;
  } else if (at_name()) {
    return named(first);
  } else {
    expected("an expression");
    return std::nullopt;
  }
  result.span = span_from(first);
  return result;
}

std::optional<Expr> ExpressionParser::named(std::size_t first) {
  const auto at_at = [&] {
    return (at(TokenKind::Identifier) && text(token()).starts_with('@')) ||
           (at(TokenKind::Other) && text(token()) == "@");
  };
  Expr result;
  auto item = ref("a name");
  if (!item) return std::nullopt;
  result.name = item->name;
  result.ref = std::move(*item);
  result.kind = Expr::Kind::Item;
  if (accept(TokenKind::Dot)) {
    if (result.ref.indexed) return expected("no index before `.`"), std::nullopt;
    auto member = ref("a variable or a port");
    if (!member) return std::nullopt;
    result.ref = std::move(*member);
    result.kind = Expr::Kind::OfOther;
  }
  if (at_at()) {
    if (result.kind == Expr::Kind::Item) result.kind = Expr::Kind::At;
    const auto state = at_state();
    if (!state) return std::nullopt;
    result.state = *state;
  }
  result.span = span_from(first);
  return result;
}

}  // namespace singspin::annotation
