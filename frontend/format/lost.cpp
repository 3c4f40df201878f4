// The safety net of the formatter: what must be the same before and after.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/format/format.h"
#include "frontend/format/trivia.h"
#include "frontend/format/writer.h"
#include "frontend/syntax/parser.h"

namespace singspin::format {

using syntax::Token;
using syntax::TokenKind;

namespace {

bool is_white(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string without_white_space(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_white(c)) out += c;
  }
  return out;
}

// One text, read.
struct Reading {
  Reading(std::string_view bytes, const syntax::Symbols& symbols) {
    file = sources.add("text", bytes);
    tokens = syntax::lex(sources, file, symbols, diagnostics).tokens;
    tree = syntax::parse(sources, file, tokens, diagnostics);
  }
  std::string_view text(const Token& t) const { return sources.text({file, t.begin, t.end}); }

  source::SourceMap sources;
  source::FileId file;
  diagnostics::Diagnostics diagnostics;
  std::vector<Token> tokens;
  syntax::File tree;
};

std::optional<std::string> token_difference(const Reading& before, const Reading& after) {
  std::size_t i = 0, k = 0;
  while (true) {
    while (before.tokens[i].kind == TokenKind::Semicolon) ++i;
    while (after.tokens[k].kind == TokenKind::Semicolon) ++k;
    const Token &a = before.tokens[i], &b = after.tokens[k];
    if (a.kind != b.kind || before.text(a) != after.text(b))
      return fmt::format("token {} becomes {}", before.text(a), after.text(b));
    if (a.kind == TokenKind::End) return std::nullopt;
    ++i, ++k;
  }
}

bool has_balanced_braces(const std::vector<Token>& tokens) {
  const auto count = [&](TokenKind kind) {
    return std::count_if(tokens.begin(), tokens.end(), [&](const Token& t) { return t.kind == kind; });
  };
  return count(TokenKind::LeftBrace) == count(TokenKind::RightBrace);
}

// A comment may lose white space at its end and in front of its further lines, a directive nothing
// but the kind of its line ends.
std::optional<std::string> comment_difference(const Reading& before, const Reading& after,
                                              const syntax::Symbols& symbols) {
  const Trivia old_trivia(before.sources, before.file, before.tokens, symbols);
  const Trivia new_trivia(after.sources, after.file, after.tokens, symbols);
  if (old_trivia.all().size() != new_trivia.all().size()) return "a comment or directive is lost";
  for (std::size_t i = 0; i < old_trivia.all().size(); ++i) {
    const Piece &a = old_trivia.all()[i], &b = new_trivia.all()[i];
    const std::string_view old_text = before.sources.text({before.file, a.begin, a.end});
    const std::string_view new_text = after.sources.text({after.file, b.begin, b.end});
    const bool same = a.kind == Piece::Kind::Directive
                          ? with_line_ends(old_text, "\n") == with_line_ends(new_text, "\n")
                          : without_white_space(old_text) == without_white_space(new_text);
    if (a.kind != b.kind || !same) return fmt::format("the comment or directive {} changes", old_text);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> lost(std::string_view before, std::string_view after,
                                const syntax::Symbols& symbols) {
  const Reading old_reading(before, symbols), new_reading(after, symbols);
  if (auto difference = token_difference(old_reading, new_reading)) return difference;
  if (auto difference = comment_difference(old_reading, new_reading, symbols)) return difference;
  // Where a file has not as many `{` as `}`, the layout decides how it is read.
  if (!has_balanced_braces(old_reading.tokens)) return std::nullopt;
  // The trees show whether a `;` that came or went changes what a contract says.
  const std::string old_tree = syntax::dump(old_reading.tree, old_reading.sources);
  const std::string new_tree = syntax::dump(new_reading.tree, new_reading.sources);
  if (without_white_space(old_tree) != without_white_space(new_tree)) return "a contract changes its meaning";
  return std::nullopt;
}

}  // namespace singspin::format
