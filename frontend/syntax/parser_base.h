// What every recursive-descent parser here needs: looking ahead, accepting, skipping, reporting.
// Knows tokens and lines, no grammar.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/token.h"

namespace singspin::syntax {

class ParserBase {
 public:
  ParserBase(const source::SourceMap& sources, source::FileId file, const std::vector<Token>& tokens,
             diagnostics::Diagnostics& diagnostics)
      : text_(sources.file(file).text), file_(file), tokens_(tokens), diagnostics_(diagnostics) {}

 protected:
  // The last token is End; looking further ahead gives End again.
  const Token& token(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  bool at(TokenKind kind, std::size_t ahead = 0) const { return token(ahead).kind == kind; }
  bool at(Word word, std::size_t ahead = 0) const { return token(ahead).word == word; }
  bool at_end() const { return at(TokenKind::End); }
  std::string_view text(const Token& t) const { return text_.substr(t.begin, t.end - t.begin); }

  void advance() {
    if (!at_end()) ++at_;
  }
  bool accept(TokenKind kind) {
    if (!at(kind)) return false;
    advance();
    return true;
  }
  bool accept(Word word) {
    if (!at(word)) return false;
    advance();
    return true;
  }

  source::Span span(const Token& t) const { return {file_, t.begin, t.end}; }
  source::Span span_from(std::size_t first_token) const {
    const std::size_t last = at_ > first_token ? at_ - 1 : first_token;
    return {file_, tokens_[first_token].begin, tokens_[last].end};
  }
  // The place right behind the last token: where something is missing. Cuts no character in two.
  source::Span behind_last() const {
    const std::uint32_t begin = at_ > 0 ? tokens_[at_ - 1].end : 0;
    std::uint32_t end = begin;
    const auto size = static_cast<std::uint32_t>(text_.size());
    if (end < size) ++end;
    while (end < size && (static_cast<unsigned char>(text_[end]) & 0xc0) == 0x80) ++end;
    return {file_, begin, end};
  }
  // Where the next token should have been another one: that token, or the end of the line before it.
  source::Span here_or_behind() const {
    return at_ > 0 && !same_line(tokens_[at_ - 1], token()) ? behind_last() : span(token());
  }
  // True if nothing stands between the last token and the current one.
  bool touches_last() const { return at_ > 0 && tokens_[at_ - 1].end == token().begin; }

  // CHECKs that the current token is an identifier.
  Name take_name() {
    CHECK(at(TokenKind::Identifier), "a name is there");
    const Name result = name_of(token());
    advance();
    return result;
  }
  Name name_of(const Token& identifier) const {
    std::string_view name = text(identifier);
    if (name.starts_with('@')) name.remove_prefix(1);
    return {name, span(identifier)};
  }

  // How far the line of a token is indented, if the token is the first one on its line (a tab counts
  // as four blanks). A line may be as long as the file, so only so much of it is looked at.
  std::optional<std::size_t> indent_if_first(const Token& t) const;
  // How far the line that holds a token is indented.
  std::optional<std::size_t> line_indent(const Token& t) const;
  bool same_line(const Token& a, const Token& b) const;

  // What the current token is, for "expected X, found Y".
  std::string found() const;
  // Reports at most one error at a place; returns nullptr if there was one already, or if the file has
  // had so many that the rest would not be read.
  diagnostics::Diagnostic* error(diagnostics::Code code, source::Span span, std::string message,
                                 std::string label = {});

  std::string_view text_;
  source::FileId file_;
  const std::vector<Token>& tokens_;
  diagnostics::Diagnostics& diagnostics_;
  std::size_t at_ = 0;

 private:
  std::optional<std::uint32_t> last_error_;
  diagnostics::Severity last_severity_ = diagnostics::Severity::Error;
  std::array<std::size_t, 3> reported_{};  // by severity
};

// One edit that inserts `text` in front of `offset`, or replaces `span`.
diagnostics::Fix insert_fix(std::string title, source::FileId file, std::uint32_t offset, std::string text);
diagnostics::Fix replace_fix(std::string title, source::Span span, std::string text);

}  // namespace singspin::syntax
