#include "frontend/annotation/parser.h"

#include <fmt/format.h>

#include "frontend/annotation/component_parser.h"

namespace singspin::annotation {

namespace {

class FileParser : public ComponentParser {
 public:
  using ComponentParser::ComponentParser;

  // file = { contract | import | component | connect | check } ;
  Parsed run() {
    result_.id = file_;
    while (!at_end()) {
      const std::size_t before = at_;
      if (!unit()) recover();
      // A `}` that closes nothing was reported.
      if (at_ == before) advance();
    }
    contracts_.push_back(tokens_.back());
    return {std::move(result_), std::move(contracts_)};
  }

 private:
  bool unit() {
    if (at_component()) return component_unit();
    if (at_contract()) return contract();
    if (at_word("import")) return import();
    if (at_word("connect")) return connect();
    if (at_word("check")) return check();
    expected("a contract, `driver`, `env`, `connect`, `check` or `import`");
    return false;
  }

  bool component_unit() {
    if (auto c = component()) result_.components.push_back(std::move(*c));
    else recover();
    return true;
  }

  bool at_contract() const {
    const bool access = at_word("public") || at_word("internal") || at_word("private");
    return at_word("contract", access ? 1 : 0);
  }
  // Its tokens are read by the contract front end. A contract that is never closed ends at a component.
  bool contract() {
    std::size_t depth = 0;
    while (!at_end() && !at_component()) {
      contracts_.push_back(token());
      const bool last = at(TokenKind::RightBrace) && depth <= 1;
      if (at(TokenKind::LeftBrace)) ++depth;
      if (at(TokenKind::RightBrace) && depth > 0) --depth;
      advance();
      if (last) return true;
    }
    return true;
  }

  // "import" STRING ";"
  bool import() {
    const std::size_t first = at_;
    advance();
    const Token path = token();
    if (!expect(TokenKind::String, "a file name in quotes")) return false;
    std::string_view words = text(path);
    words = words.substr(1, words.size() - 2);
    if (words.empty()) fail(span(path), "this names no file");
    else result_.imports.push_back({words, span_from(first)});
    return expect(TokenKind::Semicolon, "`;`");
  }

  // "connect" end "--" end ";"
  bool connect() {
    const std::size_t first = at_;
    advance();
    auto left = end();
    if (!left) return false;
    if (!accept_sign("--")) return expected("`--`"), false;
    auto right = end();
    if (!right) return false;
    result_.connects.push_back({std::move(*left), std::move(*right), span_from(first)});
    return expect(TokenKind::Semicolon, "`;`");
  }

  // end = ID "." ID [ dim ] ;
  std::optional<End> end() {
    const auto component = name("a component");
    if (!component || !expect(TokenKind::Dot, "`.` and a port")) return std::nullopt;
    auto port = ref("a port");
    if (!port) return std::nullopt;
    return End{*component, std::move(*port)};
  }

  // check = "check" ( ( "never" | "always" | "reachable" ) "(" expr ")" | "(" expr ")" "leadsto" "(" expr ")"
  //                 | "progress" ) ";" ;
  bool check() {
    const std::size_t first = at_;
    advance();
    Check result;
    bool good = true;
    if (accept_word("progress")) result.kind = Check::Kind::Progress;
    else if (accept_word("never")) good = condition(Check::Kind::Never, result);
    else if (accept_word("always")) good = condition(Check::Kind::Always, result);
    else if (accept_word("reachable")) good = condition(Check::Kind::Reachable, result);
    else if (at(TokenKind::LeftParen)) good = leads_to(result);
    else return expected("`never`, `always`, `reachable`, `progress` or `(`"), false;
    if (!good) return false;
    result.span = span_from(first);
    result_.checks.push_back(std::move(result));
    return expect(TokenKind::Semicolon, "`;`");
  }
  bool condition(Check::Kind kind, Check& result) {
    result.kind = kind;
    auto e = in_parentheses();
    if (e) result.first = std::move(*e);
    return e.has_value();
  }
  bool leads_to(Check& result) {
    if (!condition(Check::Kind::LeadsTo, result) || !expect_word("leadsto")) return false;
    auto e = in_parentheses();
    if (e) result.second = std::move(*e);
    return e.has_value();
  }

  std::vector<Token> contracts_;
};

}  // namespace

Parsed parse(const source::SourceMap& sources, source::FileId file, const std::vector<Token>& tokens,
             diagnostics::Diagnostics& diagnostics) {
  CHECK(!tokens.empty() && tokens.back().kind == TokenKind::End, "tokens end with End");
  return FileParser(sources, file, tokens, diagnostics).run();
}

}  // namespace singspin::annotation
