#include "reports/lsp/actions.h"

#include "reports/lsp/diagnostics.h"

namespace singspin::lsp {

namespace {

WorkspaceEdit edit_of(const Snapshot& snapshot, const diagnostics::Fix& fix) {
  WorkspaceEdit result;
  for (const diagnostics::Edit& edit : fix.edits) {
    FileEdits& file = result[snapshot.uris[edit.span.file.value]];
    file.version = snapshot.versions[edit.span.file.value];
    file.edits.push_back({snapshot.range(edit.span), edit.new_text});
  }
  return result;
}

}  // namespace

std::vector<Action> quick_fixes(const Snapshot& snapshot, source::FileId file, std::uint32_t begin,
                                std::uint32_t end) {
  std::vector<Action> actions;
  for (const diagnostics::Diagnostic& d : snapshot.loaded.diagnostics.list()) {
    const bool touches = d.span && d.span->file == file && d.span->begin <= end && begin <= d.span->end;
    if (!touches) continue;
    for (const diagnostics::Fix& fix : d.fixes)
      actions.push_back({fix.title, diagnostic_json(snapshot, d), edit_of(snapshot, fix), fix.safe});
  }
  return actions;
}

}  // namespace singspin::lsp
