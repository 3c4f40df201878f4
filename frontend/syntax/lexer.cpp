#include "frontend/syntax/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "frontend/syntax/characters.h"

namespace singspin::syntax {

namespace {

class Lexer {
 public:
  // `text` ends with a zero byte that does not count, as every std::string does: one byte behind the
  // current one can always be looked at.
  Lexer(const std::string& text, source::FileId file, const Symbols& symbols,
        diagnostics::Diagnostics& diagnostics)
      : text_(text), file_(file), preprocessor_(file, symbols, diagnostics), diagnostics_(diagnostics) {
    // Enough for code without a blank; pages that are not used cost nothing.
    tokens_.reserve(text.size() / 3 + 1);
  }

  Tokens run() {
    while (at_ < text_.size()) next();
    preprocessor_.finish();
    add(TokenKind::End, text_.size());
    return {std::move(tokens_), preprocessor_.tested(), std::move(preprocessor_.directives())};
  }

 private:
  const char* here() const { return text_.data() + at_; }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  static CharClass class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
  bool rest_starts_with(std::string_view s) const { return text_.compare(at_, s.size(), s) == 0; }

  void add(TokenKind kind, std::size_t begin, Word word = Word::None) {
    tokens_.push_back({kind, word, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)});
  }

  void next() {
    const char c = text_[at_];
    switch (class_of(c)) {
      case kSpace: ++at_; return;
      case kNewline:
        ++at_;
        line_start_ = true;
        return;
      case kLetter:
      case kNonAscii: return word();
      case kDigit: return number();
      case kSingle:
        line_start_ = false;
        ++at_;
        return add(kSingleKinds[static_cast<unsigned char>(c)], at_ - 1);
      case kSpecial: return special(c);
    }
  }

  void special(char c) {
    if (c == '#' && line_start_) return directive();
    if (c == '/' && peek(1) == '/') return skip_line();
    line_start_ = false;
    if (c == '/' && peek(1) == '*') return block_comment();
    if (c == '"') return string();
    if (c == '\'') return char_literal();
    if (c == '@') return at_sign();
    if (c == '-') return minus();
    ++at_;
    add(TokenKind::Other, at_ - 1);
  }

  void minus() {
    const bool arrow = peek(1) == '>';
    const std::size_t begin = at_;
    at_ += arrow ? 2 : 1;
    add(arrow ? TokenKind::Arrow : TokenKind::Minus, begin);
  }

  void word() {
    if (class_of(text_[at_]) == kNonAscii && non_ascii_sign()) return;
    line_start_ = false;
    const std::size_t begin = at_;
    skip_name();
    add(TokenKind::Identifier, begin, find_word(text_.substr(begin, at_ - begin)));
  }
  // Blanks and the arrow that are written with several bytes.
  bool non_ascii_sign() {
    for (const std::string_view blank : {kNoBreakSpace, kByteOrderMark}) {
      if (rest_starts_with(blank)) return (at_ += blank.size()), true;
    }
    if (!rest_starts_with(kArrowSign)) return false;
    line_start_ = false;
    at_ += kArrowSign.size();
    add(TokenKind::Arrow, at_ - kArrowSign.size());
    return true;
  }
  // The zero byte behind the text ends every name.
  void skip_name() {
    while (true) {
      const char* at = here();
      while (class_of(*at) >= kDigit) ++at;
      at_ = static_cast<std::size_t>(at - text_.data());
      if (class_of(*at) != kNonAscii || rest_starts_with(kArrowSign) || rest_starts_with(kNoBreakSpace))
        return;
      ++at_;
    }
  }

  void number() {
    line_start_ = false;
    const std::size_t begin = at_;
    while (class_of(*here()) >= kNonAscii) ++at_;
    add(TokenKind::Number, begin);
  }

  void directive() {
    const std::size_t begin = at_;
    skip_line();
    preprocessor_.directive(text_.substr(begin + 1, at_ - begin - 1), static_cast<std::uint32_t>(begin));
    while (!preprocessor_.live() && at_ < text_.size()) dead_line();
  }

  // A skipped section is skipped line by line; only directives are looked at.
  void dead_line() {
    while (class_of(*here()) == kNewline) ++at_;
    while (class_of(*here()) == kSpace) ++at_;
    const std::size_t begin = at_;
    skip_line();
    if (begin < text_.size() && text_[begin] == '#') {
      preprocessor_.directive(text_.substr(begin + 1, at_ - begin - 1), static_cast<std::uint32_t>(begin));
    }
  }

  void skip_line() { at_ = line_end(at_); }

  // Where the line of `from` ends: at LF, CR or the end of the text.
  std::size_t line_end(std::size_t from) {
    if (next_lf_ < from || next_lf_ == kNotSearched)
      next_lf_ = std::min(text_.find('\n', from), text_.size());
    const void* cr = std::memchr(text_.data() + from, '\r', next_lf_ - from);
    return cr == nullptr ? next_lf_ : static_cast<std::size_t>(static_cast<const char*>(cr) - text_.data());
  }

  void block_comment() {
    const std::size_t begin = at_;
    const std::size_t end = text_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
    if (end == std::string_view::npos) unterminated(begin, "comment");
  }

  void unterminated(std::size_t begin, std::string_view what) {
    constexpr std::size_t kMost = 1000;  // the rest of a text like that would not be read
    if (++unterminated_ > kMost) return;
    const auto b = static_cast<std::uint32_t>(begin);
    diagnostics_.add(diagnostics::Code::unterminated_comment, {file_, b, b + 2},
                     fmt::format("{} is never closed", what), "opened here");
  }

  // A string ends at its quote or, if that is missing, at the end of the line.
  void string() {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"' && class_of(text_[at_]) != kNewline) {
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() && class_of(text_[at_ + 1]) != kNewline ? 2 : 1;
    }
    const bool closed = peek() == '"';
    if (closed) ++at_;
    add(closed ? TokenKind::String : TokenKind::UnclosedString, begin);
  }

  // A verbatim string may run over lines. One that is never closed is taken to end with its line, so
  // that it hides no contract; so is one over lines whose quote stands before a name or the
  // like, since that is the opening quote of another string.
  void verbatim_string() {
    const std::size_t begin = at_;
    const std::size_t end = verbatim_end(begin + 2);
    const bool quoted = end != std::string_view::npos;
    if (quoted && (may_follow_string(end) || is_one_line(text_.substr(begin, end - begin)))) {
      at_ = end;
      return add(TokenKind::String, begin);
    }
    at_ = line_end(begin);
    unterminated(begin, "verbatim string");
    add(TokenKind::UnclosedString, begin);
  }
  bool may_follow_string(std::size_t at) const {
    constexpr std::string_view kFollowers = " \t\f\v\r\n;,.)]}:?+=!&|";
    if (at >= text_.size() || kFollowers.find(text_[at]) != std::string_view::npos) return true;
    return text_[at] == '/' && at + 1 < text_.size() && (text_[at + 1] == '/' || text_[at + 1] == '*');
  }
  static bool is_one_line(std::string_view text) {
    return text.find_first_of("\r\n") == std::string_view::npos;
  }
  // Behind the closing quote of a verbatim string, whose text begins at `from`; npos if there is none.
  std::size_t verbatim_end(std::size_t from) {
    if (from >= no_quote_from_) return std::string_view::npos;
    const std::size_t first = from;
    while (true) {
      const std::size_t quote = text_.find('"', from);
      if (quote == std::string_view::npos) {
        no_quote_from_ = first;
        return quote;
      }
      if (text_.data()[quote + 1] != '"') return quote + 1;
      from = quote + 2;
    }
  }

  // 'x', '\'', '\u0041'; an apostrophe that opens no literal stands for itself.
  void char_literal() {
    constexpr std::size_t kLongest = 12;
    const std::size_t begin = at_;
    std::size_t end = at_ + (peek(1) == '\\' ? 3 : 2);
    while (end < text_.size() && end < begin + kLongest && text_[end] != '\'' &&
           class_of(text_[end]) != kNewline)
      ++end;
    const bool closed = peek(1) != '\'' && end < text_.size() && text_[end] == '\'';
    at_ = closed ? end + 1 : at_ + 1;
    add(closed ? TokenKind::CharLiteral : TokenKind::Other, begin);
  }

  void at_sign() {
    if (peek(1) == '"') return verbatim_string();
    const std::size_t begin = at_++;
    const bool sign =
        rest_starts_with(kArrowSign) || rest_starts_with(kNoBreakSpace) || rest_starts_with(kByteOrderMark);
    const bool name = class_of(peek()) == kLetter || (class_of(peek()) == kNonAscii && !sign);
    if (!name) return add(TokenKind::Other, begin);
    skip_name();
    add(TokenKind::Identifier, begin);
  }

  std::string_view text_;
  source::FileId file_;
  Preprocessor preprocessor_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool line_start_ = true;
  std::size_t unterminated_ = 0;
  // The first LF at or behind the place where it was searched last, so that a file with CR line ends is
  // not searched to its end for every line.
  static constexpr std::size_t kNotSearched = std::string_view::npos;
  std::size_t next_lf_ = kNotSearched;
  std::size_t no_quote_from_ =
      std::string_view::npos;  // no verbatim string that begins from here on is closed
};

}  // namespace

Tokens lex(const source::SourceMap& sources, source::FileId file, const Symbols& symbols,
           diagnostics::Diagnostics& diagnostics) {
  return Lexer(sources.file(file).text, file, symbols, diagnostics).run();
}

Tokens lex_masked(const std::string& text, source::FileId file, diagnostics::Diagnostics& diagnostics) {
  return Lexer(text, file, {}, diagnostics).run();
}

std::string dump_tokens(const source::SourceMap& sources, source::FileId file,
                        const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) {
    const auto at = sources.position(file, token.begin);
    out += fmt::format("{}:{} {} {}\n", at.line, at.column, token_name(token.kind),
                       sources.text({file, token.begin, token.end}));
  }
  return out;
}

}  // namespace singspin::syntax
