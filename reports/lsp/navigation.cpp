#include "reports/lsp/navigation.h"

namespace singspin::lsp {

using Role = sema::Occurrence::Role;

namespace {

bool declares(const sema::Occurrence& o) { return o.role == Role::Declaration || o.role == Role::Override; }

std::vector<sema::Occurrence> same_symbol(const Place& place) {
  const sema::Occurrence* here = place.occurrence();
  return here == nullptr ? std::vector<sema::Occurrence>{}
                         : sema::occurrences_of(place.snapshot.index, here->symbol);
}

}  // namespace

std::vector<Location> definition(const Place& place) {
  std::vector<Location> found;
  for (const sema::Occurrence& o : same_symbol(place)) {
    if (o.role == Role::Declaration) found.push_back(place.snapshot.location(o.span));
  }
  return found;
}

std::vector<Location> references(const Place& place, bool with_declarations) {
  std::vector<Location> found;
  for (const sema::Occurrence& o : same_symbol(place)) {
    if (with_declarations || !declares(o)) found.push_back(place.snapshot.location(o.span));
  }
  return found;
}

std::vector<Highlight> highlights(const Place& place) {
  std::vector<Highlight> found;
  for (const sema::Occurrence& o : same_symbol(place)) {
    if (o.span.file == place.file) found.push_back({place.snapshot.range(o.span), declares(o)});
  }
  return found;
}

}  // namespace singspin::lsp
