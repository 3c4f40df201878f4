#include "frontend/syntax/parser.h"

#include <fmt/format.h>

#include "frontend/base/overloaded.h"
#include "frontend/syntax/contract_parser.h"

namespace singspin::syntax {

namespace {

class FileParser : public ContractParser {
 public:
  using ContractParser::ContractParser;

  File run() {
    result_.id = file_;
    braces_.push_back(result_.scopes.add({}));
    while (!at_end()) unit();
    return std::move(result_);
  }

 private:
  ScopeId scope() const { return braces_.back(); }

  // Unit = { Using | Namespace | Class | Contract | NewChannel | other } ;
  void unit() {
    if (at(TokenKind::LeftBrace)) return open();
    if (at(TokenKind::RightBrace)) return close();
    if (!at(TokenKind::Identifier)) {
      if (at(TokenKind::Semicolon)) pending_.reset();
      return advance();
    }
    if (at_contract()) {
      result_.contracts.push_back(contract(scope()));
      return;
    }
    if (at_word("using") && at(TokenKind::Identifier, 1)) return using_directive();
    if (at_word("namespace") && at(TokenKind::Identifier, 1)) return namespace_head();
    if ((at_word("class") || at_word("struct") || at_word("interface")) && at(TokenKind::Identifier, 1))
      return class_head();
    if (at(TokenKind::Dot, 1) && at(TokenKind::Identifier, 2)) return dotted_name();
    advance();
  }

  // Every brace keeps the scope that holds inside; blocks of code keep the one around them.
  void open() {
    const ScopeId inside = pending_ ? result_.scopes.add(std::move(*pending_)) : scope();
    pending_.reset();
    braces_.push_back(inside);
    advance();
  }
  void close() {
    if (braces_.size() > 1) braces_.pop_back();
    pending_.reset();
    advance();
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
  std::vector<ScopeId> braces_;
  std::optional<Scope> pending_;
};

std::string_view direction_word(Message::Direction direction) {
  switch (direction) {
    case Message::Direction::Both: return "";
    case Message::Direction::In: return "in ";
    case Message::Direction::Out: return "out ";
  }
  UNREACHABLE("direction is known");
}

std::string dump_sequence(const Sequence& sequence);

std::string dump_step(const Step& step) {
  return std::visit(base::Overloaded{[](const Action& a) {
                                       return fmt::format("{}{}", a.message.text,
                                                          a.sign == ActionSign::Send ? '!' : '?');
                                     },
                                     [](const Reference& r) { return std::string(r.name.text); },
                                     [](const Group& g) {
                                       std::string out;
                                       for (const Sequence& s : g.alternatives)
                                         out += (out.empty() ? "(" : " or ") + dump_sequence(s);
                                       return out + ")";
                                     }},
                    step);
}

std::string dump_sequence(const Sequence& sequence) {
  std::string out;
  for (const Step& step : sequence.steps) out += (out.empty() ? "" : " -> ") + dump_step(step);
  return out;
}

std::string dump_contract(const Contract& contract, const source::SourceMap& sources) {
  std::string out = fmt::format("contract {}", contract.name.text);
  if (contract.base) out += fmt::format(" : {}", sources.text(contract.base->span));
  out += contract.broken ? " (broken)\n" : "\n";
  for (const Message& m : contract.messages) {
    std::string parameters;
    for (const Parameter& p : m.parameters) {
      parameters += fmt::format("{}{}", parameters.empty() ? "" : ", ", sources.text(p.type.span));
      if (p.name) parameters += fmt::format(" {}", p.name->text);
    }
    out += fmt::format("  {}message {}({})\n", direction_word(m.direction), m.name.text, parameters);
  }
  for (const State& s : contract.states) {
    out += fmt::format("  {}state {}:{}\n", s.is_override ? "override " : "", s.name.text,
                       s.form == State::Form::All ? " all" : "");
    for (const Sequence& sequence : s.sequences) out += fmt::format("    {}\n", dump_sequence(sequence));
  }
  for (const NestedType& t : contract.types) out += fmt::format("  type {}\n", t.name.text);
  return out;
}

std::string dump_scope(const Scope& scope, std::size_t index) {
  static constexpr std::string_view kKinds[] = {"file", "namespace", "class"};
  std::string name;
  for (const Name& part : scope.name) name += fmt::format("{}{}", name.empty() ? " " : ".", part.text);
  std::string out = fmt::format("scope {} {}{}", index, kKinds[static_cast<int>(scope.kind)], name);
  if (scope.parent) out += fmt::format(" in {}", scope.parent->value);
  out += '\n';
  for (const QualifiedName& u : scope.usings) out += fmt::format("  using {}\n", u.parts.back().text);
  for (const Alias& a : scope.aliases) out += fmt::format("  alias {}\n", a.name.text);
  return out;
}

}  // namespace

File parse(const source::SourceMap& sources, source::FileId file, const std::vector<Token>& tokens,
           diagnostics::Diagnostics& diagnostics) {
  CHECK(!tokens.empty() && tokens.back().kind == TokenKind::End, "tokens end with End");
  return FileParser(sources, file, tokens, diagnostics).run();
}

std::string dump(const File& file, const source::SourceMap& sources) {
  std::string out = fmt::format("file {}\n", sources.file(file.id).path);
  std::size_t index = 0;
  for (const Scope& scope : file.scopes) out += dump_scope(scope, index++);
  for (const Contract& contract : file.contracts) {
    out += fmt::format("in scope {} ", contract.scope.value) + dump_contract(contract, sources);
  }
  for (const EntryUse& use : file.entry_uses) {
    out += fmt::format("entry {} of {}\n", use.state.text, use.contract.parts.back().text);
  }
  return out;
}

}  // namespace singspin::syntax
