// What has been written of one contract so far: the text of the gap in work, the column, the
// indentation of the line in work. Finished gaps become edits where they differ from the source.
#pragma once

#include "frontend/format/writer.h"

namespace singspin::format {

class Paper {
 public:
  Paper(const source::SourceFile& source, source::FileId file, const Style& style)
      : source_(source),
        text_(source.text),
        file_(file),
        style_(style),
        indent_(style.indent),
        column_(style.column) {}

  std::size_t column() const { return column_; }

  // `text` without line ends.
  void put(std::string_view text);
  // A line end, an empty line if `blank`, and the indentation of `units` levels.
  void new_line(int units, bool blank = false);
  // A directive on lines of its own, as it is written.
  void directive(const Piece& piece, bool blank = false);
  // A directive behind a line end that is written.
  void as_written(const Piece& piece);
  // A comment; the further lines of a block comment move with its first.
  void comment(const Piece& piece);
  // Text that is kept as it is, but for its lines, which move with the one they belong to.
  void moved(std::size_t begin, std::size_t end, std::string_view old_indent, std::string_view new_indent);
  // Ends the gap. `token` must not overlap the one before.
  void token(const syntax::Token& token);
  std::size_t gap_begin() const { return gap_begin_; }

  std::string_view indent() const;  // of the line in work, cut like line_indent
  std::vector<diagnostics::Edit> take_edits() { return std::move(edits_); }

 private:
  void advance(std::string_view text);

  const source::SourceFile& source_;
  std::string_view text_;
  source::FileId file_;
  const Style& style_;
  std::vector<diagnostics::Edit> edits_;
  std::string gap_;
  std::size_t gap_begin_ = 0;
  std::string indent_;
  bool in_indent_ = false;  // nothing but white space on the line so far
  std::size_t column_;
  bool begun_ = false;
};

}  // namespace singspin::format
