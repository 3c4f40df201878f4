// What every recursive-descent parser here needs: looking ahead, accepting, expecting, skipping.
// Knows tokens, no grammar.
#pragma once

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
  bool at_end() const { return at(TokenKind::End); }
  std::string_view text(const Token& t) const { return text_.substr(t.begin, t.end - t.begin); }
  bool at_word(std::string_view word, std::size_t ahead = 0) const {
    return at(TokenKind::Identifier, ahead) && text(token(ahead)) == word;
  }

  void advance() {
    if (!at_end()) ++at_;
  }
  bool accept(TokenKind kind) {
    if (!at(kind)) return false;
    advance();
    return true;
  }
  bool accept_word(std::string_view word) {
    if (!at_word(word)) return false;
    advance();
    return true;
  }

  source::Span span(const Token& t) const { return {file_, t.begin, t.end}; }
  source::Span span_from(std::size_t first_token) const {
    const std::size_t last = at_ > first_token ? at_ - 1 : first_token;
    return {file_, tokens_[first_token].begin, tokens_[last].end};
  }
  // The place right behind the last token: where something is missing.
  source::Span behind_last() const {
    const std::uint32_t end = at_ > 0 ? tokens_[at_ - 1].end : 0;
    return {file_, end, std::min<std::uint32_t>(end + 1, static_cast<std::uint32_t>(text_.size()))};
  }

  // CHECKs that the current token is an identifier.
  Name take_name() {
    CHECK(at(TokenKind::Identifier), "a name is there");
    std::string_view name = text(token());
    if (name.starts_with('@')) name.remove_prefix(1);
    const Name result{name, span(token())};
    advance();
    return result;
  }

  // What the current token is, for "expected X, found Y".
  std::string found() const;
  // Reports at most one error at a place; returns nullptr if there was one already.
  diagnostics::Diagnostic* error(diagnostics::Code code, source::Span span, std::string message,
                                 std::string label = {});
  // Skips from an opening bracket or parenthesis to behind its partner; if that is missing, to the `;` or
  // brace that ends what it stands in.
  void skip_balanced(TokenKind open, TokenKind close);

  std::string_view text_;
  source::FileId file_;
  const std::vector<Token>& tokens_;
  diagnostics::Diagnostics& diagnostics_;
  std::size_t at_ = 0;

 private:
  std::optional<std::uint32_t> last_error_;
};

}  // namespace singspin::syntax
