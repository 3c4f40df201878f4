#include "reports/lsp/formatting.h"

#include "frontend/format/format.h"

namespace singspin::lsp {

std::vector<TextEdit> formatting(const Snapshot& snapshot, source::FileId file,
                                 std::optional<source::Span> range) {
  const project::Loaded& loaded = snapshot.loaded;
  const format::Formatted done = format::format(loaded.sources, file, loaded.tokens[file.value],
                                                loaded.files[file.value], snapshot.symbols, range);
  const std::string& text = loaded.sources.file(file).text;
  if (format::lost(text, format::apply(text, done.edits), snapshot.symbols)) return {};
  std::vector<TextEdit> edits;
  for (const diagnostics::Edit& edit : done.edits)
    edits.push_back({snapshot.range(edit.span), edit.new_text});
  return edits;
}

}  // namespace singspin::lsp
