#include "reports/lsp/snapshot.h"

#include <algorithm>

namespace singspin::lsp {

std::optional<source::FileId> Snapshot::file(const std::string& path) const {
  const auto found = std::find(loaded.paths.begin(), loaded.paths.end(), path);
  if (found == loaded.paths.end()) return std::nullopt;
  return source::FileId{static_cast<std::uint32_t>(found - loaded.paths.begin())};
}

Range Snapshot::range(source::Span span) const {
  const source::SourceFile& file = loaded.sources.file(span.file);
  return {position_at(file.text, file.line_starts, span.begin, encoding),
          position_at(file.text, file.line_starts, std::max(span.begin, span.end), encoding)};
}

Location Snapshot::location(source::Span span) const { return {uris[span.file.value], range(span)}; }

std::uint32_t Snapshot::offset(source::FileId id, Position position) const {
  const source::SourceFile& file = loaded.sources.file(id);
  return offset_at(file.text, file.line_starts, position, encoding);
}

}  // namespace singspin::lsp
