#include "frontend/carrier/carrier.h"

#include <algorithm>
#include <cstdint>

namespace singspin::carrier {

namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string blank(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (!is_line_end(c)) c = ' ';
  }
  return out;
}

class Scanner {
 public:
  // `long_strings`: an ordinary string may run over lines, as in Rust.
  Scanner(std::string_view text, source::FileId file, bool long_strings,
          diagnostics::Diagnostics& diagnostics)
      : text_(text), file_(file), long_strings_(long_strings), diagnostics_(diagnostics) {
    result_.annotations = result_.code = blank(text);
  }

  Carrier run() {
    while (at_ < text_.size()) next();
    return std::move(result_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool rest_starts_with(std::string_view s) const { return text_.compare(at_, s.size(), s) == 0; }

  void next() {
    const char c = peek();
    if (c == '/' && peek(1) == '/') return line_comment();
    if (c == '/' && peek(1) == '*') return block_comment();
    if (c == '"') return string();
    if (c == '\'') return char_literal();
    if (is_word(c)) return word();
    copy_code(at_ + 1);
  }

  void copy_code(std::size_t end) {
    for (; at_ < end; ++at_) result_.code[at_] = text_[at_];
  }
  void copy_annotation(std::size_t begin, std::size_t end) {
    result_.any = true;
    for (std::size_t i = begin; i < end; ++i) result_.annotations[i] = text_[i];
  }

  void line_comment() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_line_end(text_[at_])) ++at_;
    if (begin + 2 < at_ && text_[begin + 2] == '@') copy_annotation(begin + 3, at_);
  }

  // A comment of C ends at its first `*/`, whatever stands before it.
  void block_comment() {
    const std::size_t begin = at_;
    const std::size_t close = text_.find("*/", begin + 2);
    const bool annotation = begin + 2 < text_.size() && text_[begin + 2] == '@';
    at_ = close == std::string_view::npos ? text_.size() : close + 2;
    if (!annotation) return;
    if (close == std::string_view::npos) {
      unclosed(begin, "this annotation is never closed");
      return copy_annotation(begin + 3, text_.size());
    }
    const bool marked = close > begin + 2 && text_[close - 1] == '@';
    if (!marked)
      unclosed(begin, "this annotation ends with `*/` instead of `@*/`").severity =
          diagnostics::Severity::Warning;
    copy_annotation(begin + 3, marked ? std::max(close - 1, begin + 3) : close);
  }
  diagnostics::Diagnostic& unclosed(std::size_t begin, std::string message) {
    const auto b = static_cast<std::uint32_t>(begin);
    return diagnostics_.add(diagnostics::Code::unclosed_annotation, {file_, b, b + 3}, std::move(message),
                            "opened here");
  }

  // A name or number; a raw string if that is what its last letters open.
  void word() {
    const std::size_t begin = at_;
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    // 1'000'000
    while (is_digit(text_[begin]) && end + 1 < text_.size() && text_[end] == '\'' &&
           is_word(text_[end + 1])) {
      ++end;
      while (end < text_.size() && is_word(text_[end])) ++end;
    }
    copy_code(end);
    const char last = text_[end - 1];
    if (last == 'R' && peek() == '"') return raw_string_of_cpp();
    if (last == 'r' && (peek() == '"' || peek() == '#')) raw_string_of_rust();
  }

  void skip_to(std::string_view end, std::size_t from) {
    const std::size_t found = text_.find(end, from);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }

  // R"delimiter( ... )delimiter"
  void raw_string_of_cpp() {
    constexpr std::size_t kLongest = 16;
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos || open - at_ - 1 > kLongest) return string();
    skip_to(")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"", open);
  }
  // r"...", r#"..."#
  void raw_string_of_rust() {
    std::size_t hashes = 0;
    while (peek(hashes) == '#') ++hashes;
    if (peek(hashes) != '"') return;
    skip_to("\"" + std::string(hashes, '#'), at_ + hashes + 1);
  }

  void string() {
    const bool verbatim =
        at_ > 0 && (text_[at_ - 1] == '@' || (at_ > 1 && text_[at_ - 1] == '$' && text_[at_ - 2] == '@'));
    if (rest_starts_with("\"\"\"")) return skip_to("\"\"\"", at_ + 3);
    if (verbatim) return verbatim_string();
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"' && (long_strings_ || !is_line_end(text_[at_])))
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 2 : 1;
    if (peek() == '"') ++at_;
  }
  // @"..." with `""` for a quote
  void verbatim_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') continue;
      if (peek(1) != '"') break;
      ++at_;
    }
    if (at_ < text_.size()) ++at_;
  }

  // An apostrophe that opens no literal, as of a lifetime, stands for itself.
  void char_literal() {
    constexpr std::size_t kLongest = 12;
    std::size_t end = at_ + (peek(1) == '\\' ? 3 : 2);
    while (end < text_.size() && end < at_ + kLongest && text_[end] != '\'' && !is_line_end(text_[end]))
      ++end;
    const bool closed = peek(1) != '\'' && end < text_.size() && text_[end] == '\'';
    at_ = closed ? end + 1 : at_ + 1;
  }

  std::string_view text_;
  source::FileId file_;
  bool long_strings_;
  diagnostics::Diagnostics& diagnostics_;
  Carrier result_;
  std::size_t at_ = 0;
};

}  // namespace

bool may_have_annotations(std::string_view text) {
  return text.find("//@") != std::string_view::npos || text.find("/*@") != std::string_view::npos;
}

bool has_annotations(std::string_view text) {
  diagnostics::Diagnostics ignored;
  return may_have_annotations(text) && Scanner(text, {}, false, ignored).run().any;
}

Carrier split(const source::SourceMap& sources, source::FileId file, Kind kind,
              diagnostics::Diagnostics& diagnostics) {
  const source::SourceFile& source = sources.file(file);
  if (kind == Kind::StandAlone) return {source.text, blank(source.text), true};
  return Scanner(source.text, file, source.path.ends_with(".rs"), diagnostics).run();
}

std::string_view code_beside(const Carrier& carrier, std::uint32_t offset) {
  const std::string& code = carrier.code;
  std::size_t begin = std::min<std::size_t>(offset, code.size()), end = begin;
  while (begin > 0 && !is_line_end(code[begin - 1])) --begin;
  while (end < code.size() && !is_line_end(code[end])) ++end;
  while (begin < end && (code[begin] == ' ' || code[begin] == '\t')) ++begin;
  while (begin < end && (code[end - 1] == ' ' || code[end - 1] == '\t')) --end;
  return std::string_view(code).substr(begin, end - begin);
}

}  // namespace singspin::carrier
