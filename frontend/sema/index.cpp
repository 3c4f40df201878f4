#include "frontend/sema/index.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "frontend/sema/resolve.h"
#include "frontend/sema/walk.h"

namespace singspin::sema {

namespace {

using Role = Occurrence::Role;

class Indexer {
 public:
  Indexer(std::span<const syntax::File> files, const source::SourceMap& sources)
      : files_(files), sources_(sources), names_(files) {
    diagnostics::Diagnostics unwanted;  // the analysis reports them
    Suggestions none;
    resolved_ = resolve_all(names_, sources, none, unwanted);
  }

  Index run() {
    for (const DeclarationId id : names_.declarations().ids()) add_contract(id);
    for (const DeclarationId id : names_.declarations().ids()) add_members(id);
    for (const syntax::File& file : files_) add_outside(file);
    std::stable_sort(index_.occurrences.begin(), index_.occurrences.end(),
                     [](const Occurrence& a, const Occurrence& b) { return a.span < b.span; });
    return std::move(index_);
  }

 private:
  const Declaration& declaration(DeclarationId id) const { return names_.declarations()[id]; }
  const Resolved& resolved(DeclarationId id) const { return resolved_[id.value]; }

  void add(SymbolId symbol, source::Span span, Role role, DeclarationId inside) {
    index_.occurrences.push_back({span, symbol, role, inside});
  }

  // Contracts come first, so that the symbol of a contract has the number of its declaration.
  static SymbolId contract_symbol(DeclarationId id) { return SymbolId{id.value}; }

  void add_contract(DeclarationId id) {
    const Declaration& d = declaration(id);
    const SymbolId symbol =
        index_.symbols.add({SymbolKind::Contract, std::string(d.contract->name.text), id, true});
    CHECK(symbol == contract_symbol(id), "contracts are the first symbols");
    IndexedContract row{d.qualified_name, d.contract->name.span, d.contract->span, {}, {}};
    std::optional<DeclarationId> next = id;
    while (next && std::find(row.chain.begin(), row.chain.end(), contract_symbol(*next)) == row.chain.end()) {
      row.chain.push_back(contract_symbol(*next));
      next = resolved(*next).base;
    }
    index_.contracts.add(std::move(row));
    add(symbol, d.contract->name.span, Role::Declaration, id);
  }

  SymbolId member(SymbolKind kind, std::string_view name, DeclarationId owner, bool declared) {
    const auto key = std::tuple(kind, owner, name);
    const auto found = members_.find(key);
    if (found != members_.end()) return found->second;
    const SymbolId id = index_.symbols.add({kind, std::string(name), owner, declared});
    members_.emplace(key, id);
    return id;
  }

  std::optional<SymbolId> message_symbol(DeclarationId in, std::string_view name) {
    const ResolvedMessage* message = resolved(in).find_message(name);
    if (message == nullptr) return std::nullopt;
    return member(SymbolKind::Message, message->message->name.text, message->declared_in, true);
  }

  // Undeclared states belong to the contract of the chain that uses them first.
  std::optional<SymbolId> state_symbol(DeclarationId in, std::string_view name) {
    const std::optional<std::size_t> row = resolved(in).find_state(name);
    if (!row) return std::nullopt;
    const ResolvedState& state = resolved(in).states()[*row];
    if (!state.parts.empty())
      return member(SymbolKind::State, state.name, state.parts.front().declared_in, true);
    DeclarationId owner = in;
    for (const SymbolId base : index_.contracts[in].chain) {
      if (resolved(DeclarationId{base.value}).find_state(name)) owner = DeclarationId{base.value};
    }
    return member(SymbolKind::State, state.name, owner, false);
  }

  void add_members(DeclarationId id) {
    const Declaration& d = declaration(id);
    if (d.contract->base)
      add_contract_name(*d.file, d.contract->scope, d.contract->base->parts, Role::Base, id);
    for (const syntax::Message& m : d.contract->messages) add_message(id, m);
    for (const syntax::State& s : d.contract->states) add_state(id, s);
    for (const syntax::NestedType& type : d.contract->types) {
      for (const syntax::QualifiedName& field : type.endpoint_fields) add_endpoint(id, field, std::nullopt);
    }
    IndexedContract& row = index_.contracts[id];
    for (const ResolvedMessage& m : resolved(id).messages())
      row.members.push_back(*message_symbol(id, m.message->name.text));
    for (const ResolvedState& s : resolved(id).states()) row.members.push_back(*state_symbol(id, s.name));
  }

  void add_message(DeclarationId id, const syntax::Message& m) {
    if (const auto symbol = message_symbol(id, m.name.text)) {
      const bool first = resolved(id).find_message(m.name.text)->message == &m;
      add(*symbol, m.name.span, first ? Role::Declaration : Role::Override, id);
    }
    for (const syntax::Parameter& p : m.parameters) {
      const auto& parts = p.type.name.parts;
      const auto name = std::span(parts).first(parts.empty() ? 0 : parts.size() - 1);
      if (!is_type_parameter(*declaration(id).contract, m, name))
        add_endpoint(id, p.type.name, p.type.endpoint_state);
    }
  }

  void add_state(DeclarationId id, const syntax::State& s) {
    if (const auto symbol = state_symbol(id, s.name.text)) {
      const ResolvedState& state = resolved(id).states()[*resolved(id).find_state(s.name.text)];
      const bool first = !state.parts.empty() && state.parts.front().state == &s;
      add(*symbol, s.name.span, first ? Role::Declaration : Role::Override, id);
    }
    for (const syntax::Sequence& sequence : s.sequences)
      walk_steps(sequence, [&](const syntax::Step& step, bool) { add_step(id, step); });
  }

  void add_step(DeclarationId id, const syntax::Step& step) {
    if (const auto* action = std::get_if<syntax::Action>(&step)) {
      const Role role = action->sign == syntax::ActionSign::Send ? Role::Send : Role::Receive;
      const auto symbol = message_symbol(id, action->message.text);
      add(symbol ? *symbol : member(SymbolKind::Message, action->message.text, id, false),
          action->message.span, role, id);
    } else if (const auto* reference = std::get_if<syntax::Reference>(&step)) {
      if (const auto use = resolved(id).as_action(step)) {
        const Role role = use->sign == ir::Sign::Send ? Role::Send : Role::Receive;
        add(*message_symbol(id, use->message), reference->name.span, role, id);
      } else if (const auto symbol = state_symbol(id, reference->name.text)) {
        add(*symbol, reference->name.span, Role::Target, id);
      }
    }
  }

  // `A.B.Imp:S`: the contract and its state.
  void add_endpoint(DeclarationId id, const syntax::QualifiedName& type,
                    const std::optional<syntax::Name>& state) {
    if (type.parts.size() < 2) return;
    const std::string_view end = type.parts.back().text;
    if (end != "Exp" && end != "Imp") return;
    const Declaration& d = declaration(id);
    const std::span<const syntax::Name> name = std::span(type.parts).first(type.parts.size() - 1);
    const auto other = add_contract_name(*d.file, d.contract->scope, name, Role::Endpoint, id);
    if (!other || !state) return;
    if (const auto symbol = state_symbol(*other, state->text))
      add(*symbol, state->span, Role::Endpoint, *other);
  }

  std::optional<DeclarationId> add_contract_name(const syntax::File& file, syntax::ScopeId scope,
                                                 std::span<const syntax::Name> parts, Role role,
                                                 std::optional<DeclarationId> inside) {
    const Resolution r = names_.resolve(file, scope, parts, sources_);
    if (r.found.size() != 1) return std::nullopt;
    const DeclarationId id = r.found.front();
    add(contract_symbol(id), parts.back().span, role, inside.value_or(id));
    return id;
  }

  void add_outside(const syntax::File& file) {
    for (const syntax::EntryUse& use : file.entry_uses) {
      const auto id = add_contract_name(file, use.scope, use.contract.parts, Role::Entry, std::nullopt);
      const auto symbol = id ? state_symbol(*id, use.state.text) : std::nullopt;
      if (symbol) add(*symbol, use.state.span, Role::Entry, *id);
    }
    for (const syntax::ScopeId scope : file.scopes.ids()) {
      for (const syntax::Alias& alias : file.scopes[scope].aliases)
        add_contract_name(file, scope, alias.target.parts, Role::Using, std::nullopt);
    }
  }

  std::span<const syntax::File> files_;
  const source::SourceMap& sources_;
  Names names_;
  std::vector<Resolved> resolved_;
  std::map<std::tuple<SymbolKind, DeclarationId, std::string_view>, SymbolId> members_;
  Index index_;
};

}  // namespace

Index index(std::span<const syntax::File> files, const source::SourceMap& sources) {
  return Indexer(files, sources).run();
}

const Occurrence* occurrence_at(const Index& index, source::FileId file, std::uint32_t offset) {
  const Occurrence* found = nullptr;
  const auto first = std::lower_bound(
      index.occurrences.begin(), index.occurrences.end(), std::pair(file, offset),
      [](const Occurrence& o, const auto& at) { return std::pair(o.span.file, o.span.end) < at; });
  for (auto it = first; it != index.occurrences.end() && it->span.file == file && it->span.begin <= offset;
       ++it)
    found = &*it;
  return found;
}

std::vector<Occurrence> occurrences_of(const Index& index, SymbolId symbol) {
  std::vector<Occurrence> result;
  for (const Occurrence& o : index.occurrences) {
    const bool repeated = !result.empty() && result.back().span == o.span;
    if (o.symbol == symbol && !repeated) result.push_back(o);
  }
  return result;
}

std::optional<DeclarationId> contract_at(const Index& index, source::FileId file, std::uint32_t offset) {
  for (const DeclarationId id : index.contracts.ids()) {
    const source::Span span = index.contracts[id].span;
    if (span.file == file && span.begin <= offset && offset <= span.end) return id;
  }
  return std::nullopt;
}

}  // namespace singspin::sema
