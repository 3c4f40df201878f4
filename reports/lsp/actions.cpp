#include "reports/lsp/actions.h"

#include <fmt/format.h>

#include <set>

#include "frontend/diagnostics/edits.h"
#include "frontend/syntax/allow.h"
#include "reports/lsp/diagnostics.h"

namespace singspin::lsp {

namespace {

using diagnostics::Diagnostic;

constexpr std::size_t kMostComments =
    20;  // looked for, each by reading the text; a range may be a whole file

WorkspaceEdit edit_of(const Snapshot& snapshot, const std::vector<diagnostics::Edit>& edits) {
  WorkspaceEdit result;
  for (const diagnostics::Edit& edit : edits) {
    FileEdits& file = result[snapshot.uris[edit.span.file.value]];
    file.version = snapshot.versions[edit.span.file.value];
    const std::string& text = snapshot.loaded.sources.file(edit.span.file).text;
    file.edits.push_back({snapshot.range(edit.span), diagnostics::with_line_ends_of(text, edit.new_text)});
  }
  return result;
}

// A comment above the line of the diagnostic, indented as that line is; nullopt if none would silence it.
std::optional<diagnostics::Edit> allowing_comment(const Snapshot& snapshot, const Diagnostic& d) {
  const project::Loaded& loaded = snapshot.loaded;
  if (!diagnostics::refusal_to_suppress(d.code).empty() || project::is_always_shown(loaded, d))
    return std::nullopt;
  const source::FileId file = d.span->file;
  const auto line = syntax::line_to_allow_above(loaded.sources, loaded.files[file.value],
                                                loaded.tokens[file.value], snapshot.symbols, *d.span);
  if (!line) return std::nullopt;
  const std::string_view text = std::string_view(loaded.sources.file(file).text).substr(*line);
  const std::string_view indent = text.substr(0, text.find_first_not_of(" \t"));
  return diagnostics::Edit{{file, *line, *line},
                           fmt::format("{}// singspin: allow({})\n", indent, diagnostics::info(d.code).rule)};
}

}  // namespace

std::vector<Action> quick_fixes(const Snapshot& snapshot, source::FileId file, std::uint32_t begin,
                                std::uint32_t end) {
  std::vector<Action> fixes, comments;
  std::size_t tried = 0;
  std::set<std::pair<std::uint32_t, std::string>> written;  // one comment serves all that its rule says there
  for (const Diagnostic& d : snapshot.loaded.diagnostics.list()) {
    const bool touches = d.span && d.span->file == file && d.span->begin <= end && begin <= d.span->end;
    if (!touches || d.suppressed) continue;
    for (const diagnostics::Fix& fix : d.fixes)
      fixes.push_back({fix.title, diagnostic_json(snapshot, d), edit_of(snapshot, fix.edits), fix.safe});
    const auto comment = tried++ < kMostComments ? allowing_comment(snapshot, d) : std::nullopt;
    if (comment && written.emplace(comment->span.begin, comment->new_text).second) {
      comments.push_back({fmt::format("silence {} here", diagnostics::info(d.code).rule),
                          diagnostic_json(snapshot, d), edit_of(snapshot, {*comment}), false});
    }
  }
  fixes.insert(fixes.end(), std::make_move_iterator(comments.begin()),
               std::make_move_iterator(comments.end()));
  return fixes;
}

}  // namespace singspin::lsp
