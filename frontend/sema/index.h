// Where every contract, message and state is declared and used. Inherited members are the symbols of
// the contract that declares them first, so a use in a derived contract or in an endpoint type leads
// there. Pure; total on any trees, also on those of broken contracts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "frontend/sema/names.h"
#include "frontend/sema/resolved.h"

namespace singspin::sema {

enum class SymbolKind : std::uint8_t { Contract, Message, State };

using SymbolId = base::Id<struct SymbolTag>;

struct Symbol {
  SymbolKind kind = SymbolKind::Contract;
  std::string name;      // simple
  DeclarationId owner;   // the contract itself, or the one that declares the member first
  bool declared = true;  // false: used only, such as an undeclared state
};

struct Occurrence {
  enum class Role : std::uint8_t {
    Declaration,
    Override,  // another declaration of a member: `override state`, or a second one by mistake
    Send,
    Receive,
    Target,  // a jump or call
    Base,
    Endpoint,  // `C.Imp:S`
    Entry,     // `C.NewChannel(..., C.S.Value)`
    Using,     // `using X = C;`
  };
  source::Span span;  // the name alone, with a leading `@`
  SymbolId symbol;
  Role role = Role::Declaration;
  // The contract whose member the name is at this place: the one around it, or the one that an endpoint type
  // or NewChannel names.
  DeclarationId inside;
};

// A contract declaration with the names that are visible inside.
struct IndexedContract {
  std::string qualified_name;
  source::Span name;
  source::Span span;
  std::vector<SymbolId> chain;  // the contract, its base, the base of that, ...
  std::vector<SymbolId> members;
};

struct Index {
  base::Table<SymbolId, Symbol> symbols;
  base::Table<DeclarationId, IndexedContract> contracts;
  std::vector<Occurrence> occurrences;  // by span
};

// The files must belong to `sources`.
Index index(std::span<const syntax::File> files, const source::SourceMap& sources);

// The occurrence at a place; the place right behind a name counts too. nullptr: none.
const Occurrence* occurrence_at(const Index& index, source::FileId file, std::uint32_t offset);
// All occurrences of a symbol, by span.
std::vector<Occurrence> occurrences_of(const Index& index, SymbolId symbol);
// The contract whose text is around the place.
std::optional<DeclarationId> contract_at(const Index& index, source::FileId file, std::uint32_t offset);

}  // namespace singspin::sema
