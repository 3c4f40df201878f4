// What is wrong in one file, as the protocol has it.
#pragma once

#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

inline constexpr std::size_t kMostDiagnostics = 1000;  // of one file; the rest is only counted

// The array `diagnostics` of publishDiagnostics: code, severity, the whole message with its notes and
// help, labels as related information, tags.
Json file_diagnostics(const Snapshot& snapshot, source::FileId file);

// One diagnostic, as in `file_diagnostics`.
Json diagnostic_json(const Snapshot& snapshot, const diagnostics::Diagnostic& diagnostic);

}  // namespace singspin::lsp
