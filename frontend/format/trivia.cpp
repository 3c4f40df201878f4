#include "frontend/format/trivia.h"

#include <string_view>

namespace singspin::format {

namespace {

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }

}  // namespace

// Goes the way of the lexer, gap by gap, with a preprocessor of its own.
class TriviaScanner {
 public:
  TriviaScanner(std::string_view text, source::FileId file, const syntax::Symbols& symbols, Trivia& result)
      : text_(text), preprocessor_(file, symbols, ignored_), result_(result) {}

  void gap(std::size_t begin, std::size_t end) {
    at_ = begin;
    end_ = end;
    line_ends_ = 0;
    line_start_ = begin == 0;
    line_start_at_ = begin;
    Trivia::Gap gap{static_cast<std::uint32_t>(result_.pieces_.size()), 0, 0, true};
    while (at_ < end_ && gap.readable) gap.readable = next();
    gap.count = static_cast<std::uint32_t>(result_.pieces_.size()) - gap.first;
    gap.line_ends_after = line_ends_;
    result_.gaps_.push_back(gap);
  }

 private:
  bool rest_starts_with(std::string_view s) const { return text_.substr(at_, end_ - at_).starts_with(s); }

  bool next() {
    const char c = text_[at_];
    if (is_line_end(c)) {
      line_end();
      return true;
    }
    if (is_space(c)) return ++at_, true;
    if (rest_starts_with(kNoBreakSpace)) return at_ += kNoBreakSpace.size(), true;
    if (rest_starts_with(kByteOrderMark)) return at_ += kByteOrderMark.size(), true;
    if (c == '#' && line_start_) return directive();
    if (rest_starts_with("//")) return line_comment();
    if (rest_starts_with("/*")) return block_comment();
    return false;
  }

  void line_end() {
    at_ += rest_starts_with("\r\n") ? 2 : 1;
    line_start_ = true;
    line_start_at_ = at_;
    ++line_ends_;
  }

  void add(Piece::Kind kind, std::size_t begin) {
    result_.pieces_.push_back(
        {kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_), line_ends_});
    line_ends_ = 0;
  }

  void skip_line() {
    while (at_ < end_ && !is_line_end(text_[at_])) ++at_;
  }

  bool line_comment() {
    const std::size_t begin = at_;
    skip_line();
    add(Piece::Kind::LineComment, begin);
    return true;
  }

  bool block_comment() {
    const std::size_t begin = at_;
    const std::size_t close = text_.substr(0, end_).find("*/", at_ + 2);
    at_ = close == std::string_view::npos ? end_ : close + 2;
    line_start_ = false;
    add(Piece::Kind::BlockComment, begin);
    return true;
  }

  void tell_preprocessor(std::size_t hash) {
    preprocessor_.directive(text_.substr(hash + 1, at_ - hash - 1), static_cast<std::uint32_t>(hash));
  }

  bool directive() {
    const std::size_t begin = line_start_at_;
    const std::size_t hash = at_;
    skip_line();
    tell_preprocessor(hash);
    while (!preprocessor_.live() && at_ < end_) dead_line();
    add(Piece::Kind::Directive, begin);
    return true;
  }

  void dead_line() {
    while (at_ < end_ && is_line_end(text_[at_])) ++at_;
    while (at_ < end_ && is_space(text_[at_])) ++at_;
    const std::size_t begin = at_;
    skip_line();
    if (begin < end_ && text_[begin] == '#') tell_preprocessor(begin);
  }

  std::string_view text_;
  diagnostics::Diagnostics ignored_;  // the lexer has reported them
  syntax::Preprocessor preprocessor_;
  Trivia& result_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::size_t line_start_at_ = 0;
  std::uint32_t line_ends_ = 0;
  bool line_start_ = false;
};

Trivia::Trivia(const source::SourceMap& sources, source::FileId file,
               const std::vector<syntax::Token>& tokens, const syntax::Symbols& symbols) {
  TriviaScanner scanner(sources.file(file).text, file, symbols, *this);
  gaps_.reserve(tokens.size());
  std::size_t end = 0;
  for (const syntax::Token& token : tokens) {
    scanner.gap(end, token.begin);
    end = token.end;
  }
}

}  // namespace singspin::format
