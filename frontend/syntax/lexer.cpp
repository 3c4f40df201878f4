#include "frontend/syntax/lexer.h"

#include <fmt/format.h>

#include <array>

namespace singspin::syntax {

std::string_view token_name(TokenKind kind) {
  static constexpr std::string_view kNames[] = {
#define SS_TOKEN(name, words) #name,
#include "frontend/syntax/token.def"
#undef SS_TOKEN
  };
  return kNames[static_cast<int>(kind)];
}

std::string_view token_words(TokenKind kind) {
  static constexpr std::string_view kWords[] = {
#define SS_TOKEN(name, words) words,
#include "frontend/syntax/token.def"
#undef SS_TOKEN
  };
  return kWords[static_cast<int>(kind)];
}

namespace {

enum CharClass : std::uint8_t { kOther, kSpace, kNewline, kLetter, kDigit };

constexpr std::array<CharClass, 256> make_classes() {
  std::array<CharClass, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    classes[c] = letter ? kLetter : c >= '0' && c <= '9' ? kDigit : kOther;
  }
  for (const char c : {' ', '\t', '\f', '\v'}) classes[static_cast<unsigned char>(c)] = kSpace;
  classes['\n'] = classes['\r'] = kNewline;
  return classes;
}
constexpr std::array<CharClass, 256> kClasses = make_classes();

constexpr std::string_view kArrowSign = "\xe2\x86\x92";      // U+2192, in text taken from the notes
constexpr std::string_view kNoBreakSpace = "\xc2\xa0";       // U+00A0
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  // U+FEFF in the middle of a text

class Lexer {
 public:
  Lexer(std::string_view text, source::FileId file, const Symbols& symbols,
        diagnostics::Diagnostics& diagnostics)
      : text_(text), file_(file), preprocessor_(file, symbols, diagnostics), diagnostics_(diagnostics) {
    tokens_.reserve(text.size() / 5);
  }

  Tokens run() {
    while (at_ < text_.size()) next();
    preprocessor_.finish();
    add(TokenKind::End, text_.size());
    return {std::move(tokens_), preprocessor_.tested()};
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  static CharClass class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
  bool rest_starts_with(std::string_view s) const { return text_.compare(at_, s.size(), s) == 0; }

  void add(TokenKind kind, std::size_t begin) {
    tokens_.push_back({kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)});
  }

  void next() {
    const char c = text_[at_];
    switch (class_of(c)) {
      case kSpace: ++at_; return;
      case kNewline:
        ++at_;
        line_start_ = true;
        return;
      case kLetter: return word();
      case kDigit: return number();
      case kOther: break;
    }
    if (c == '#' && line_start_) return directive();
    if (c == '/' && peek(1) == '/') return skip_line();
    if (c == '/' && peek(1) == '*') return block_comment();
    line_start_ = false;
    if (c == '"') return string();
    if (c == '\'') return char_literal();
    if (c == '@') return at_sign();
    punctuation(c);
  }

  void word() {
    if (rest_starts_with(kNoBreakSpace)) return void(at_ += kNoBreakSpace.size());
    if (rest_starts_with(kByteOrderMark)) return void(at_ += kByteOrderMark.size());
    line_start_ = false;
    const std::size_t begin = at_;
    if (rest_starts_with(kArrowSign)) {
      at_ += kArrowSign.size();
      return add(TokenKind::Arrow, begin);
    }
    while (at_ < text_.size() && class_of(text_[at_]) >= kLetter && !non_ascii_break()) ++at_;
    add(TokenKind::Identifier, begin);
  }
  bool non_ascii_break() const {
    return static_cast<unsigned char>(text_[at_]) >= 0x80 &&
           (rest_starts_with(kArrowSign) || rest_starts_with(kNoBreakSpace));
  }

  void number() {
    line_start_ = false;
    const std::size_t begin = at_;
    while (at_ < text_.size() && class_of(text_[at_]) >= kLetter) ++at_;
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
    while (at_ < text_.size() && class_of(text_[at_]) == kNewline) ++at_;
    while (at_ < text_.size() && class_of(text_[at_]) == kSpace) ++at_;
    const std::size_t begin = at_;
    skip_line();
    if (begin < text_.size() && text_[begin] == '#') {
      preprocessor_.directive(text_.substr(begin + 1, at_ - begin - 1), static_cast<std::uint32_t>(begin));
    }
  }

  void skip_line() {
    const std::size_t end = text_.find_first_of("\r\n", at_);
    at_ = end == std::string_view::npos ? text_.size() : end;
  }

  void block_comment() {
    const std::size_t begin = at_;
    const std::size_t end = text_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
    line_start_ = false;
    if (end == std::string_view::npos) unterminated(begin, 2, "comment");
  }

  void unterminated(std::size_t begin, std::size_t length, std::string_view what) {
    const auto b = static_cast<std::uint32_t>(begin);
    diagnostics_.add(diagnostics::Code::unterminated_comment,
                     {file_, b, b + static_cast<std::uint32_t>(length)},
                     fmt::format("{} is never closed", what), "opened here");
  }

  // A string ends at its quote or, if that is missing, at the end of the line.
  void string() {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"' && class_of(text_[at_]) != kNewline) {
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() && class_of(text_[at_ + 1]) != kNewline ? 2 : 1;
    }
    if (peek() == '"') ++at_;
    add(TokenKind::String, begin);
  }

  void verbatim_string() {
    const std::size_t begin = at_;
    at_ += 2;
    while (at_ < text_.size()) {
      if (text_[at_] == '"' && peek(1) == '"') {
        at_ += 2;
      } else if (text_[at_++] == '"') {
        return add(TokenKind::String, begin);
      }
    }
    unterminated(begin, 2, "verbatim string");
    add(TokenKind::String, begin);
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
    if (class_of(peek()) != kLetter) return add(TokenKind::Other, begin);
    while (at_ < text_.size() && class_of(text_[at_]) >= kLetter) ++at_;
    add(TokenKind::Identifier, begin);
  }

  static TokenKind punctuation_kind(char c) {
    switch (c) {
      case '{': return TokenKind::LeftBrace;
      case '}': return TokenKind::RightBrace;
      case '(': return TokenKind::LeftParen;
      case ')': return TokenKind::RightParen;
      case '[': return TokenKind::LeftBracket;
      case ']': return TokenKind::RightBracket;
      case '<': return TokenKind::Less;
      case '>': return TokenKind::Greater;
      case ';': return TokenKind::Semicolon;
      case ':': return TokenKind::Colon;
      case ',': return TokenKind::Comma;
      case '.': return TokenKind::Dot;
      case '!': return TokenKind::Bang;
      case '?': return TokenKind::Question;
      case '*': return TokenKind::Star;
      case '=': return TokenKind::Equals;
      default: return TokenKind::Other;
    }
  }

  void punctuation(char c) {
    const std::size_t begin = at_;
    const bool arrow = c == '-' && peek(1) == '>';
    at_ += arrow ? 2 : 1;
    add(arrow ? TokenKind::Arrow : punctuation_kind(c), begin);
  }

  std::string_view text_;
  source::FileId file_;
  Preprocessor preprocessor_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool line_start_ = true;
};

}  // namespace

Tokens lex(const source::SourceMap& sources, source::FileId file, const Symbols& symbols,
           diagnostics::Diagnostics& diagnostics) {
  return Lexer(sources.file(file).text, file, symbols, diagnostics).run();
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
