#include "tests/property/print_tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/base/overloaded.h"

namespace singspin::property {

namespace {

using namespace syntax;

class Printer {
 public:
  Printer(const File& file, const source::SourceMap& sources) : file_(file), sources_(sources) {}

  std::string run() {
    scope(ScopeId{0});
    return std::move(out_);
  }

 private:
  // What stands in a scope, with the offset it has in the text.
  struct Item {
    std::uint32_t begin = 0;
    std::optional<ScopeId> scope;
    const Contract* contract = nullptr;
  };

  // `@` keeps names apart from the words of the language.
  static std::string name(const Name& n) { return fmt::format("@{}", n.text); }
  static std::string qualified(const std::vector<Name>& parts) {
    std::string result;
    for (const Name& part : parts) result += (result.empty() ? "" : ".") + name(part);
    return result;
  }

  void scope(ScopeId id) {
    const Scope& here = file_.scopes[id];
    for (const QualifiedName& u : here.usings) out_ += fmt::format("using {};\n", qualified(u.parts));
    for (const Alias& a : here.aliases)
      out_ += fmt::format("using {} = {};\n", name(a.name), qualified(a.target.parts));
    for (const Item& item : items(id)) {
      if (item.contract != nullptr) contract(*item.contract);
      else inner(*item.scope);
    }
    for (const EntryUse& use : file_.entry_uses) {
      if (use.scope != id) continue;
      const std::string of = qualified(use.contract.parts);
      out_ += fmt::format("{0}.NewChannel(out i, out e, {0}.{1}.Value);\n", of, name(use.state));
    }
  }

  void inner(ScopeId id) {
    const Scope& scope_of = file_.scopes[id];
    const char* word = scope_of.kind == Scope::Kind::Namespace ? "namespace" : "class";
    out_ += fmt::format("{} {}\n{{\n", word, qualified(scope_of.name));
    scope(id);
    out_ += "}\n";
  }

  std::vector<Item> items(ScopeId id) const {
    std::vector<Item> result;
    for (const Contract& c : file_.contracts) {
      if (c.scope == id) result.push_back({c.span.begin, std::nullopt, &c});
    }
    for (const ScopeId inside : file_.scopes.ids()) {
      const Scope& scope_of = file_.scopes[inside];
      if (scope_of.parent != id || inside == id) continue;
      result.push_back({scope_of.name.front().span.begin, inside, nullptr});
    }
    std::sort(result.begin(), result.end(), [](const Item& a, const Item& b) { return a.begin < b.begin; });
    return result;
  }

  void contract(const Contract& c) {
    out_ += fmt::format("contract {}", name(c.name));
    if (c.base) out_ += fmt::format(" : {}", qualified(c.base->parts));
    out_ += "\n{\n";
    for (const Message& m : c.messages) message(m);
    for (const State& s : c.states) state(s);
    for (const NestedType& t : c.types) type(t);
    out_ += "}\n";
  }

  void message(const Message& m) {
    static constexpr const char* kDirections[] = {"", "in ", "out "};
    std::string parameters;
    for (const Parameter& p : m.parameters) {
      parameters += fmt::format("{}{}\n", parameters.empty() ? "" : ", ", sources_.text(p.type.span));
      if (p.name) parameters += " " + name(*p.name);
    }
    out_ += fmt::format("{}message {}({});\n", kDirections[static_cast<int>(m.direction)], name(m.name),
                        parameters);
  }

  // Only states without `state` may have hyphens in their names.
  void state(const State& s) {
    const char* const keyword = s.old_style ? "" : s.is_override ? "override state " : "state ";
    out_ += fmt::format("{}{}: {} {{\n", keyword, name(s.name), s.form == State::Form::All ? "all" : "one");
    for (const Sequence& q : s.sequences) out_ += sequence(q) + ";\n";
    out_ += "}\n";
  }

  std::string sequence(const Sequence& q) const {
    std::string result;
    for (const Step& s : q.steps) result += (result.empty() ? "" : " -> ") + step(s);
    return result;
  }

  std::string step(const Step& s) const {
    return std::visit(base::Overloaded{[](const Action& a) {
                                         return name(a.message) + (a.sign == ActionSign::Send ? "!" : "?");
                                       },
                                       [](const Reference& r) { return name(r.name); },
                                       [this](const Group& g) {
                                         std::string result;
                                         for (const Sequence& q : g.alternatives)
                                           result += (result.empty() ? "(" : " or ") + sequence(q);
                                         return result + ")";
                                       }},
                      s);
  }

  void type(const NestedType& t) {
    static constexpr const char* kKinds[] = {"struct", "rep struct", "enum", "class"};
    out_ += fmt::format("{} {} {{\n", kKinds[static_cast<int>(t.kind)], name(t.name));
    for (const QualifiedName& field : t.endpoint_fields) out_ += qualified(field.parts) + " x;\n";
    out_ += "}\n";
  }

  const File& file_;
  const source::SourceMap& sources_;
  std::string out_;
};

}  // namespace

std::string print_tree(const syntax::File& file, const source::SourceMap& sources) {
  return Printer(file, sources).run();
}

}  // namespace singspin::property
