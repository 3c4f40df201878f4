// What all parts of the annotation parser share: words, signs of several characters, recovery.
#pragma once

#include "frontend/annotation/ast.h"
#include "frontend/syntax/parser_base.h"

namespace singspin::annotation {

using syntax::Token;
using syntax::TokenKind;

class AnnotationBase : public syntax::ParserBase {
 public:
  using ParserBase::ParserBase;

 protected:
  using ParserBase::at;
  // A name spelt like this; `@word` is none.
  bool at_word(std::string_view word, std::size_t ahead = 0) const {
    return at(TokenKind::Identifier, ahead) && text(token(ahead)) == word;
  }
  bool accept_word(std::string_view word) {
    if (!at_word(word)) return false;
    advance();
    return true;
  }
  // A sign of several characters, which the lexer gives one by one.
  bool at_sign(std::string_view sign) const;
  bool accept_sign(std::string_view sign);
  bool at_name(std::size_t ahead = 0) const {
    return at(TokenKind::Identifier, ahead) && !text(token(ahead)).starts_with('@');
  }
  bool at_component(std::size_t ahead = 0) const {
    return (at_word("driver", ahead) || at_word("env", ahead)) && at_name(ahead + 1) &&
           at(TokenKind::Colon, ahead + 2);
  }

  // These report what is missing; nullopt or false then.
  std::optional<Name> name(std::string_view what);           // any name
  std::optional<Name> declared_name(std::string_view what);  // none of the words of the language
  std::optional<std::int32_t> number();
  bool expect(TokenKind kind, std::string_view words);
  bool expect_word(std::string_view word);
  void expected(std::string_view words);
  // Whether this file had no error so far is not asked; whether the tree can be used is.
  diagnostics::Diagnostic* fail(source::Span span, std::string message, std::string label = {});
  diagnostics::Diagnostic* fail(diagnostics::Code code, source::Span span, std::string message,
                                std::string label = {});

  // Behind the next `;` or the next block, or in front of `}`, a component or the end.
  void recover();
  void skip_block();
  // The same behind the `{`.
  void skip_rest_of_block();

  // Nested constructs; false and an error if they are nested too deeply.
  class Deeper {
   public:
    explicit Deeper(AnnotationBase& parser) : parser_(parser) { ++parser_.depth_; }
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    AnnotationBase& parser_;
  };
  bool too_deep();

  File result_;
  int depth_ = 0;
};

}  // namespace singspin::annotation
