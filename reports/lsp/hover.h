// What is shown for the name under the pointer: a state with its transitions, a message with its
// parameters and uses, a contract; then its verdicts, then the explanation of diagnostics at the place.
#pragma once

#include <functional>
#include <set>

#include "reports/lsp/snapshot.h"
#include "reports/lsp/verdicts.h"

namespace singspin::lsp {

struct HoverSources {
  std::function<KnownVerdict(ir::ContractId)> verdict;
  std::function<std::string(diagnostics::Code)> explain;
  bool verifying = true;  // false: the user switched it off
};

struct Hover {
  std::string markdown;
  Range range;
};

std::optional<Hover> hover(const Place& place, const HoverSources& sources);

}  // namespace singspin::lsp
