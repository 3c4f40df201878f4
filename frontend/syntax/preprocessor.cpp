#include "frontend/syntax/preprocessor.h"

#include <fmt/format.h>

#include <optional>

#include "frontend/base/boolean_parser.h"

namespace singspin::syntax {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view without_comment(std::string_view text) { return trim(text.substr(0, text.find("//"))); }

class ConditionParser : public base::BooleanParser<ConditionParser> {
 public:
  ConditionParser(std::string_view text, const std::function<bool(std::string_view)>& is_defined)
      : BooleanParser(text), is_defined_(is_defined) {}

 private:
  friend class BooleanParser<ConditionParser>;

  static bool is_space(char c) { return syntax::is_space(c); }
  bool accept_or() { return accept("||"); }
  bool accept_and() { return accept("&&"); }

  // Equality = Unary { ( "==" | "!=" ) Unary } ;
  Value operand() {
    Value left = unary();
    while (left) {
      const bool equal = accept("==");
      if (!equal && !accept("!=")) break;
      const Value right = unary();
      left = right ? Value((*left == *right) == equal) : std::nullopt;
    }
    return left;
  }
  // Name | "true" | "false" ;
  Value atom() {
    skip_space();
    std::size_t length = 0;
    while (length < rest_.size() && is_word(rest_[length])) ++length;
    if (length == 0) return std::nullopt;
    const std::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    if (word == "true") return true;
    if (word == "false") return false;
    return is_defined_(word);
  }

  const std::function<bool(std::string_view)>& is_defined_;
};

}  // namespace

ConditionValue evaluate_condition(std::string_view text,
                                  const std::function<bool(std::string_view)>& is_defined) {
  const std::optional<bool> value = ConditionParser(without_comment(text), is_defined).parse();
  if (!value) return ConditionValue::Junk;
  return *value ? ConditionValue::True : ConditionValue::False;
}

ConditionValue evaluate_condition(std::string_view text, const Symbols& symbols, Symbols& tested) {
  return evaluate_condition(text, [&](std::string_view name) {
    tested.emplace(name);
    return symbols.contains(name);
  });
}

// A text with very many mistakes is not read to its end by anyone.
void Preprocessor::report(diagnostics::Code code, source::Span span, std::string message, std::string label) {
  constexpr std::size_t kMost = 1000;
  if (reported_ >= kMost) return;
  diagnostics::Diagnostic& d = diagnostics_.add(code, span, std::move(message), std::move(label));
  if (++reported_ == kMost) d.notes.push_back("this file has more of this kind; they are not listed");
}

bool Preprocessor::holds(std::string_view condition, source::Span span) {
  const ConditionValue value = evaluate_condition(condition, symbols_, tested_);
  if (value == ConditionValue::Junk) {
    report(diagnostics::Code::preprocessor_expression, span,
           fmt::format("condition `{}` is not understood and taken as false", without_comment(condition)),
           "not an expression of symbols");
  }
  return value == ConditionValue::True;
}

void Preprocessor::open(std::string_view condition, source::Span span) {
  const bool outer = live();
  const bool value = outer && holds(condition, span);
  sections_.push_back({outer, value, value, false, span});
}

void Preprocessor::next_branch(std::string_view condition, bool is_else, source::Span span) {
  if (sections_.empty() || sections_.back().else_seen) {
    report(diagnostics::Code::preprocessor_unbalanced, span,
           fmt::format("`#{}` without a matching `#if`", is_else ? "else" : "elif"));
    return;
  }
  Section& section = sections_.back();
  section.else_seen = is_else;
  section.live = false;
  if (!section.outer_live || section.taken) return;
  section.live = is_else || holds(condition, span);
  section.taken = section.live;
}

void Preprocessor::close(source::Span span) {
  if (sections_.empty()) {
    report(diagnostics::Code::preprocessor_unbalanced, span, "`#endif` without a matching `#if`");
    return;
  }
  sections_.pop_back();
}

namespace {

std::optional<Directive::Kind> directive_kind(std::string_view word) {
  if (word == "if") return Directive::Kind::If;
  if (word == "elif") return Directive::Kind::Elif;
  if (word == "else") return Directive::Kind::Else;
  if (word == "endif") return Directive::Kind::Endif;
  if (word == "define") return Directive::Kind::Define;
  if (word == "undef") return Directive::Kind::Undef;
  return std::nullopt;
}

}  // namespace

void Preprocessor::directive(std::string_view line, std::uint32_t begin) {
  const source::Span span{
      file_, begin,
      begin + 1 +
          static_cast<std::uint32_t>(trim(line).empty() ? 0 : line.find_last_not_of(" \t\r\f\v") + 1)};
  line = trim(line);
  std::size_t length = 0;
  while (length < line.size() && is_word(line[length])) ++length;
  const std::string_view word = line.substr(0, length);
  const std::string_view rest = line.substr(length);
  if (word == "error" && live())
    report(diagnostics::Code::error_directive, span, fmt::format("`#error {}`", trim(rest)));
  const std::optional<Directive::Kind> kind = directive_kind(word);
  if (!kind) return;
  directives_.push_back({*kind, without_comment(rest), span});
  apply(directives_.back());
}

void Preprocessor::apply(const Directive& directive) {
  switch (directive.kind) {
    case Directive::Kind::If: return open(directive.operand, directive.span);
    case Directive::Kind::Elif: return next_branch(directive.operand, false, directive.span);
    case Directive::Kind::Else: return next_branch({}, true, directive.span);
    case Directive::Kind::Endif: return close(directive.span);
    case Directive::Kind::Define:
      if (live()) symbols_.emplace(directive.operand);
      return;
    case Directive::Kind::Undef:
      if (live()) symbols_.erase(std::string(directive.operand));
      return;
  }
}

void Preprocessor::finish() {
  for (const Section& section : sections_) {
    report(diagnostics::Code::preprocessor_unbalanced, section.span,
           "`#if` without `#endif`: the section runs to the end of the file");
  }
  sections_.clear();
}

}  // namespace singspin::syntax
