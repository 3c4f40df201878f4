// Code actions for the diagnostics that touch a range: their fixes, and comments that silence them.
#pragma once

#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

struct Action {
  std::string title;
  Json diagnostic;
  WorkspaceEdit edit;
  bool preferred = false;  // it keeps the meaning
};

// What is silenced already gets none. All fixes come before the comments.
std::vector<Action> quick_fixes(const Snapshot& snapshot, source::FileId file, std::uint32_t begin,
                                std::uint32_t end);

}  // namespace singspin::lsp
