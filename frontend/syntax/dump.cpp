// The tree as text, for `--print=ast` and the golden cases.
#include <fmt/format.h>

#include "frontend/base/overloaded.h"
#include "frontend/syntax/parser.h"

namespace singspin::syntax {

namespace {

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
  if (contract.style == Contract::Style::Old) out += " (old style)";
  if (contract.style == Contract::Style::Mixed) out += " (mixed style)";
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
