// Go to definition, references and highlights: from a name to the places that mean the same.
#pragma once

#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

// Where the contract, message or state is declared first; empty if there is no name or no declaration.
std::vector<Location> definition(const Place& place);
// Every place that means the same, inherited members and endpoint types included.
std::vector<Location> references(const Place& place, bool with_declarations);

struct Highlight {
  Range range;
  bool declares = false;
};
// The references in the file of the place.
std::vector<Highlight> highlights(const Place& place);

}  // namespace singspin::lsp
