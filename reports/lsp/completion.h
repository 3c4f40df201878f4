// Names that may be written at a place inside a contract.
#pragma once

#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

struct Proposal {
  std::string label;
  std::string insert;  // a message with its sign
  std::string detail;
  int icon = 0;  // CompletionItemKind
};

// Inside a contract its messages and states, inherited ones too; in its head the other contracts.
std::vector<Proposal> completions(const Place& place);

}  // namespace singspin::lsp
