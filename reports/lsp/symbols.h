// The outline of a file, symbols of a workspace, and what can be folded.
#pragma once

#include "reports/lsp/snapshot.h"

namespace singspin::lsp {

// Numbers of the protocol.
enum class SymbolIcon : std::uint8_t {
  Class = 5,
  Enum = 10,
  Interface = 11,
  EnumMember = 22,
  Struct = 23,
  Event = 24
};

struct OutlineEntry {
  std::string name;
  std::string detail;
  SymbolIcon icon = SymbolIcon::Interface;
  Range range;      // the whole declaration
  Range selection;  // its name
  std::vector<OutlineEntry> children;
};

// Contracts with their messages, states and types, in the order of the text.
std::vector<OutlineEntry> outline(const Snapshot& snapshot, source::FileId file);
Json outline_json(const std::vector<OutlineEntry>& entries);  // nested
Json flat_outline_json(const std::vector<OutlineEntry>& entries,
                       const std::string& uri);  // SymbolInformation

inline constexpr std::size_t kMostSymbols = 500;
// Contracts, messages and states whose name holds the letters of `query` in order, whatever their case.
Json workspace_symbols(const Snapshot& snapshot, std::string_view query);

struct Fold {
  std::uint32_t first_line = 0, last_line = 0;
  std::string_view kind;  // `comment`, `region` or empty
};
// Declarations, comments and preprocessor sections of more than one line.
std::vector<Fold> folds(const Snapshot& snapshot, source::FileId file);

}  // namespace singspin::lsp
