#include "reports/lsp/completion.h"

#include <set>

namespace singspin::lsp {

namespace {

constexpr int kInterface = 8, kEnumMember = 20, kEvent = 23;

// The sign that the direction of the message asks for; empty if it has none.
std::string sign_of(const Snapshot& snapshot, const sema::Symbol& message) {
  std::uint32_t row = 0;
  for (const syntax::File& file : snapshot.loaded.files) {
    for (const syntax::Contract& contract : file.contracts) {
      if (row++ != message.owner.value) continue;
      for (const syntax::Message& m : contract.messages) {
        if (m.name.text != message.name) continue;
        if (m.direction == syntax::Message::Direction::In) return "?";
        if (m.direction == syntax::Message::Direction::Out) return "!";
      }
    }
  }
  return {};
}

// True between the name of a contract and its `{`.
bool in_head(const Place& place, const sema::IndexedContract& contract) {
  const std::string_view text = place.snapshot.text({place.file, contract.name.end, contract.span.end});
  const std::size_t brace = text.find('{');
  return brace == std::string_view::npos || place.offset <= contract.name.end + brace;
}

}  // namespace

std::vector<Proposal> completions(const Place& place) {
  const sema::Index& index = place.snapshot.index;
  const auto around = sema::contract_at(index, place.file, place.offset);
  if (!around) return {};
  const sema::IndexedContract& contract = index.contracts[*around];
  if (place.offset < contract.name.end) return {};
  std::vector<Proposal> result;
  if (in_head(place, contract)) {
    for (const sema::IndexedContract& other : index.contracts) {
      if (&other != &contract)
        result.push_back({std::string(place.snapshot.text(other.name)),
                          std::string(place.snapshot.text(other.name)), other.qualified_name, kInterface});
    }
    return result;
  }
  for (const sema::SymbolId id : contract.members) {
    const sema::Symbol& symbol = index.symbols[id];
    if (!symbol.declared) continue;
    const bool message = symbol.kind == sema::SymbolKind::Message;
    result.push_back({symbol.name, symbol.name + (message ? sign_of(place.snapshot, symbol) : ""),
                      message ? "message" : "state", message ? kEvent : kEnumMember});
  }
  return result;
}

}  // namespace singspin::lsp
