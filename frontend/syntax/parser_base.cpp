#include "frontend/syntax/parser_base.h"

#include <fmt/format.h>

namespace singspin::syntax {

std::string ParserBase::found() const {
  constexpr std::size_t kLongest = 40;
  const Token& t = token();
  if (t.kind == TokenKind::Identifier && t.end - t.begin <= kLongest) return fmt::format("`{}`", text(t));
  return std::string(token_words(t.kind));
}

diagnostics::Diagnostic* ParserBase::error(diagnostics::Code code, source::Span span, std::string message,
                                           std::string label) {
  if (last_error_ == span.begin) return nullptr;
  last_error_ = span.begin;
  return &diagnostics_.add(code, span, std::move(message), std::move(label));
}

void ParserBase::skip_balanced(TokenKind open, TokenKind close) {
  const auto ends_early = [this] {
    return at(TokenKind::Semicolon) || at(TokenKind::LeftBrace) || at(TokenKind::RightBrace);
  };
  std::size_t depth = 0;
  do {
    if (at(open)) ++depth;
    if (at(close)) --depth;
    advance();
  } while (depth > 0 && !at_end() && !ends_early());
}

}  // namespace singspin::syntax
