#include "frontend/annotation/parser_base.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace singspin::annotation {

using diagnostics::Code;

namespace {

// Section 5: these are no names of declared items. `hw` and `to` stand in one place only and are free.
constexpr std::string_view kReserved[] = {
    "acquire",  "always",   "arm",    "armed",     "as",     "assert",  "assume",  "auto",   "block",
    "bool",     "break",    "cancel", "case",      "check",  "choose",  "close",   "closed", "connect",
    "contract", "defer",    "do",     "driver",    "else",   "env",     "event",   "exp",    "false",
    "free",     "give",     "goto",   "held",      "idle",   "if",      "ignore",  "imp",    "import",
    "in",       "init",     "irq",    "join",      "keep",   "latch",   "leadsto", "live",   "lock",
    "loop",     "manual",   "never",  "new",       "on",     "or",      "owned",   "port",   "power",
    "proc",     "progress", "race",   "reachable", "recv",   "release", "reset",   "return", "select",
    "send",     "signal",   "skip",   "spawn",     "spin",   "state",   "take",    "thread", "threads",
    "timeout",  "timer",    "true",   "unbound",   "unplug", "use",     "var",     "wait",   "when",
};

constexpr int kMaxDepth = 64;

}  // namespace

bool AnnotationBase::at_sign(std::string_view sign) const {
  const std::size_t begin = token().begin;
  if (text_.substr(begin, sign.size()) != sign) return false;
  for (std::size_t i = 0; i < sign.size(); ++i) {
    if (token(i).begin != begin + i || token(i).end != begin + i + 1) return false;
  }
  return true;
}

bool AnnotationBase::accept_sign(std::string_view sign) {
  if (!at_sign(sign)) return false;
  for (std::size_t i = 0; i < sign.size(); ++i) advance();
  return true;
}

diagnostics::Diagnostic* AnnotationBase::fail(source::Span span, std::string message, std::string label) {
  return fail(Code::annotation_syntax, span, std::move(message), std::move(label));
}

diagnostics::Diagnostic* AnnotationBase::fail(Code code, source::Span span, std::string message,
                                              std::string label) {
  result_.broken = true;
  return error(code, span, std::move(message), std::move(label));
}

void AnnotationBase::expected(std::string_view words) {
  fail(here_or_behind(), fmt::format("expected {}, found {}", words, found()),
       fmt::format("expected {}", words));
}

std::optional<Name> AnnotationBase::name(std::string_view what) {
  if (at_name()) return take_name();
  expected(what);
  return std::nullopt;
}

std::optional<Name> AnnotationBase::declared_name(std::string_view what) {
  const auto result = name(what);
  if (result && std::binary_search(std::begin(kReserved), std::end(kReserved), result->text))
    fail(Code::reserved_name, result->span,
         fmt::format("`{}` is a word of the language and cannot be {}", result->text, what), "reserved");
  return result;
}

std::optional<std::int32_t> AnnotationBase::number() {
  constexpr std::size_t kMostDigits = 6;
  const std::string_view digits = text(token());
  const bool good = at(TokenKind::Number) && digits.size() <= kMostDigits &&
                    std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!good) {
    expected(fmt::format("a number of at most {} digits", kMostDigits));
    return std::nullopt;
  }
  std::int32_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  advance();
  return value;
}

bool AnnotationBase::expect(TokenKind kind, std::string_view words) {
  if (accept(kind)) return true;
  expected(words);
  return false;
}

bool AnnotationBase::expect_word(std::string_view word) {
  if (accept_word(word)) return true;
  expected(fmt::format("`{}`", word));
  return false;
}

void AnnotationBase::skip_block() {
  advance();
  skip_rest_of_block();
}

void AnnotationBase::skip_rest_of_block() {
  std::size_t depth = 1;
  while (!at_end() && !at_component()) {
    if (at(TokenKind::LeftBrace)) ++depth;
    const bool last = at(TokenKind::RightBrace) && --depth == 0;
    advance();
    if (last) return;
  }
}

void AnnotationBase::recover() {
  while (!at_end() && !at(TokenKind::RightBrace) && !at_component()) {
    if (at(TokenKind::LeftBrace)) return skip_block();
    if (accept(TokenKind::Semicolon)) return;
    advance();
  }
}

bool AnnotationBase::too_deep() {
  if (depth_ <= kMaxDepth) return false;
  fail(Code::nesting_too_deep, span(token()), fmt::format("this is nested deeper than {}", kMaxDepth));
  return true;
}

}  // namespace singspin::annotation
