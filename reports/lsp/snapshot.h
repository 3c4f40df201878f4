// One analysed text with what it depends on. Immutable once made, so a background thread may read it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "frontend/project/load.h"
#include "frontend/sema/index.h"
#include "reports/lsp/positions.h"
#include "reports/lsp/protocol.h"

namespace singspin::lsp {

struct Snapshot {
  project::Loaded loaded;
  sema::Index index;
  std::vector<std::string> uris;                      // by FileId
  std::vector<std::optional<std::int64_t>> versions;  // by FileId: of the texts the editor holds
  Encoding encoding = Encoding::Utf16;
  syntax::Symbols symbols;  // that the open texts were read with

  // The file at `path`, if it was read.
  std::optional<source::FileId> file(const std::string& path) const;
  Range range(source::Span span) const;
  Location location(source::Span span) const;
  std::uint32_t offset(source::FileId file, Position position) const;
  std::string_view text(source::Span span) const { return loaded.sources.text(span); }
};

// A place in a snapshot, for which a feature is asked.
struct Place {
  const Snapshot& snapshot;
  source::FileId file;
  std::uint32_t offset = 0;

  const sema::Occurrence* occurrence() const { return sema::occurrence_at(snapshot.index, file, offset); }
};

}  // namespace singspin::lsp
