#include "frontend/syntax/parser.h"

#include <fmt/format.h>

#include "frontend/syntax/contract_parser.h"

namespace singspin::syntax {

namespace {

class FileParser : public ContractParser {
 public:
  using ContractParser::ContractParser;

  File run() {
    result_.id = file_;
    braces_.push_back({result_.scopes.add({}), 0});
    while (!at_end()) unit();
    return std::move(result_);
  }

 private:
  ScopeId scope() const { return braces_.back().scope; }

  // Unit = { Using | Namespace | Class | Contract | NewChannel | other } ;
  void unit() {
    switch (token().kind) {
      case TokenKind::LeftBrace: return open();
      case TokenKind::RightBrace: return close();
      case TokenKind::Semicolon: pending_.reset(); return advance();
      case TokenKind::Identifier: return named_unit();
      default: return advance();
    }
  }

  void named_unit() {
    const bool name_follows = at(TokenKind::Identifier, 1);
    switch (token().word) {
      case Word::Contract:
        if (at_contract()) return contract_unit();
        break;
      case Word::Using:
        if (name_follows) return using_directive();
        break;
      case Word::Namespace:
        if (name_follows) return namespace_head();
        break;
      case Word::Class:
      case Word::Struct:
      case Word::Interface:
        if (name_follows) return class_head();
        break;
      case Word::None:
        if (name_follows && at_misspelt_contract()) return misspelt_contract();
        break;
      default: break;
    }
    if (at(TokenKind::Dot, 1) && at(TokenKind::Identifier, 2)) return dotted_name();
    advance();
  }

  void contract_unit() {
    const bool in_file = braces_.size() == 1;
    result_.contracts.push_back(
        contract(scope(), in_file ? std::nullopt : std::optional(braces_.back().token)));
    contract_end_ = at_;
  }

  void misspelt_contract() {
    const Token wrong = token();
    auto* bad = syntax_error(span(wrong), fmt::format("expected `contract`, found {}", found()),
                             "expected `contract`");
    if (bad != nullptr) bad->fixes.push_back(replace_fix("write `contract`", span(wrong), "contract"));
    contract_unit();
    result_.contracts.back().broken = true;
  }

  // Every brace keeps the scope that holds inside; blocks of code keep the one around them.
  void open() {
    const ScopeId inside = pending_ ? result_.scopes.add(std::move(*pending_)) : scope();
    pending_.reset();
    braces_.push_back({inside, at_});
    advance();
  }
  void close() {
    if (contract_end_ == at_ && closes_nothing()) {
      auto* surplus = syntax_error(span(token()), "this `}` closes nothing", "one `}` too many");
      if (surplus != nullptr) {
        // The contract before it is whole, and the rest of the file is not judged.
        surplus->severity = diagnostics::Severity::Warning;
        surplus->fixes.push_back(replace_fix("remove it", span(token()), ""));
      }
      ++contract_end_;
      return advance();
    }
    if (braces_.size() > 1) braces_.pop_back();
    pending_.reset();
    advance();
  }

  // A `}` right behind a contract, in a file with more `}` than `{`: it does not stand where the `}` of the
  // scope around the contract would stand.
  bool closes_nothing() {
    if (braces_.size() > 1) {
      const Token& opened = tokens_[braces_.back().token];
      const auto indent = indent_if_first(token());
      const bool fits = indent ? indent == line_indent(opened) : same_line(opened, token());
      if (fits) return false;
    }
    return brace_balance() < 0;
  }

  // Using = "using" ( QualName | Ident "=" QualName ) ";" ;  not the `using (x)` of code
  void using_directive() {
    advance();
    QualifiedName name = qualified_name();
    Scope& here = result_.scopes[scope()];
    if (accept(TokenKind::Semicolon)) {
      here.usings.push_back(std::move(name));
    } else if (at(TokenKind::Equals) && at(TokenKind::Identifier, 1)) {
      advance();
      here.aliases.push_back({name.parts.front(), qualified_name()});
    }
  }

  // Namespace = "namespace" QualName "{" { Unit } "}" ;
  void namespace_head() {
    advance();
    pending_ = Scope{Scope::Kind::Namespace, scope(), qualified_name().parts, {}, {}};
  }

  // Class = ( "class" | "struct" | "interface" ) Ident ... "{" { Unit } "}" ;
  void class_head() {
    advance();
    pending_ = Scope{Scope::Kind::Class, scope(), {take_name()}, {}, {}};
  }

  // NewChannel = QualName "." "NewChannel" "(" Argument "," Argument "," QualName ")" ;
  void dotted_name() {
    QualifiedName name = qualified_name();
    if (name.parts.back().text != "NewChannel" || !at(TokenKind::LeftParen)) return;
    name.parts.pop_back();
    std::vector<Name> last;
    std::size_t commas = 0;
    if (!scan_arguments(last, commas)) return;
    const bool names_state = commas == 2 && last.size() >= 3 && last.back().text == "Value";
    if (names_state) result_.entry_uses.push_back({std::move(name), last[last.size() - 2], scope()});
  }

  // Reads `( ... )` without braces inside; `last` gets the names of the last argument.
  bool scan_arguments(std::vector<Name>& last, std::size_t& commas) {
    std::size_t depth = 0;
    while (!at_end() && !at(TokenKind::LeftBrace) && !at(TokenKind::Semicolon)) {
      if (at(TokenKind::LeftParen)) ++depth;
      if (at(TokenKind::RightParen) && --depth == 0) return true;
      if (depth == 1 && at(TokenKind::Comma)) {
        ++commas;
        last.clear();
      }
      if (at(TokenKind::Identifier)) last.push_back(take_name());
      else advance();
    }
    return false;
  }

  File result_;
  struct Brace {
    ScopeId scope;
    std::size_t token;
  };
  std::vector<Brace> braces_;
  std::size_t contract_end_ = 0;  // the token behind the last contract
  std::optional<Scope> pending_;
};

}  // namespace

File parse(const source::SourceMap& sources, source::FileId file, const std::vector<Token>& tokens,
           diagnostics::Diagnostics& diagnostics) {
  CHECK(!tokens.empty() && tokens.back().kind == TokenKind::End, "tokens end with End");
  return FileParser(sources, file, tokens, diagnostics).run();
}

}  // namespace singspin::syntax
