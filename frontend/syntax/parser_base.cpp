#include "frontend/syntax/parser_base.h"

#include <fmt/format.h>

namespace singspin::syntax {

namespace {

constexpr std::size_t kLongestIndent = 400;  // columns; a line that goes further has no known indent

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::size_t width(std::string_view blanks) {
  constexpr std::size_t kTab = 4;
  std::size_t columns = 0;
  for (const char c : blanks) columns += c == '\t' ? kTab : 1;
  return columns;
}

}  // namespace

std::optional<std::size_t> ParserBase::indent_if_first(const Token& t) const {
  std::size_t begin = t.begin;
  while (begin > 0 && is_blank(text_[begin - 1]) && t.begin - begin < kLongestIndent) --begin;
  if (begin > 0 && !is_line_end(text_[begin - 1])) return std::nullopt;
  return width(text_.substr(begin, t.begin - begin));
}

std::optional<std::size_t> ParserBase::line_indent(const Token& t) const {
  std::size_t begin = t.begin;
  while (begin > 0 && !is_line_end(text_[begin - 1]) && t.begin - begin < kLongestIndent) --begin;
  if (begin > 0 && !is_line_end(text_[begin - 1])) return std::nullopt;
  std::size_t end = begin;
  while (end < t.begin && is_blank(text_[end])) ++end;
  return width(text_.substr(begin, end - begin));
}

bool ParserBase::same_line(const Token& a, const Token& b) const {
  const std::size_t length = b.begin > a.end ? b.begin - a.end : 0;
  return text_.substr(a.end, length).find_first_of("\r\n") == std::string_view::npos;
}

std::string ParserBase::found() const {
  constexpr std::size_t kLongest = 40;
  const Token& t = token();
  if (t.kind == TokenKind::Identifier && t.end - t.begin <= kLongest) return fmt::format("`{}`", text(t));
  const bool printable = t.end - t.begin == 1 && text_[t.begin] > ' ' && text_[t.begin] <= '~';
  if (t.kind == TokenKind::Other && printable) return fmt::format("`{}`", text(t));
  return std::string(token_words(t.kind));
}

diagnostics::Diagnostic* ParserBase::error(diagnostics::Code code, source::Span span, std::string message,
                                           std::string label) {
  constexpr std::size_t kMost = 1000;  // of each severity in one file
  const diagnostics::Severity severity = diagnostics::info(code).severity;
  // An error may follow a note about the same place, but not the other way round.
  const bool said = last_error_ == span.begin && last_severity_ <= severity;
  if (said) return nullptr;
  last_error_ = span.begin;
  last_severity_ = severity;
  std::size_t& reported = reported_[static_cast<std::size_t>(severity)];
  if (reported >= kMost) return nullptr;
  diagnostics::Diagnostic& d = diagnostics_.add(code, span, std::move(message), std::move(label));
  if (++reported == kMost) d.notes.push_back("this file has more of this kind; they are not listed");
  return &d;
}

diagnostics::Fix insert_fix(std::string title, source::FileId file, std::uint32_t offset, std::string text) {
  return {std::move(title), {{{file, offset, offset}, std::move(text)}}};
}

diagnostics::Fix replace_fix(std::string title, source::Span span, std::string text) {
  return {std::move(title), {{span, std::move(text)}}};
}

}  // namespace singspin::syntax
