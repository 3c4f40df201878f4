// Source texts and positions in them.
// Promises: a text never moves once added, so spans and string views into it stay valid; line and
// column are computed on demand. Knows nothing of tokens, contracts or where a text came from.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/base/ids.h"

namespace singspin::source {

using FileId = base::Id<struct FileTag>;

// A piece of one text, in bytes of the decoded UTF-8 text; the end is exclusive.
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  auto operator<=>(const Span&) const = default;
};

// 1-based; the column counts UTF-16 code units, as editors, SARIF and LSP do.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  auto operator<=>(const Position&) const = default;
};

struct SourceFile {
  std::string path;         // as shown to people: relative to the root, forward slashes
  std::string text;         // UTF-8, line ends as in the file, without byte order mark
  std::string sha256;       // of the bytes on disk, lower-case hexadecimal
  std::uint64_t bytes = 0;  // size on disk
  std::vector<std::uint32_t> line_starts;
};

class SourceMap {
 public:
  // Decodes `raw` (UTF-8, UTF-16 with byte order mark, else Windows-1252) and keeps the text.
  FileId add(std::string path, std::string_view raw);

  const SourceFile& file(FileId id) const;
  std::size_t size() const { return files_.size(); }
  std::string_view text(Span span) const;
  Position position(FileId file, std::uint32_t offset) const;
  // Line `line` (1-based) without its line end; empty past the last line.
  std::string_view line_text(FileId file, std::uint32_t line) const;
  std::uint32_t line_count(FileId file) const;
  // Offset of the first byte of a line (1-based), clamped to the text.
  std::uint32_t line_start(FileId file, std::uint32_t line) const;

 private:
  std::deque<SourceFile> files_;
};

// The decoded form of file bytes; `SourceMap::add` uses it. Never fails: bytes that are no UTF-8
// are read as Windows-1252.
std::string decode_text(std::string_view raw);

// Lower-case hexadecimal SHA-256 of `bytes`.
std::string sha256_hex(std::string_view bytes);

}  // namespace singspin::source
