#include "frontend/format/paper.h"

#include <algorithm>

namespace singspin::format {

namespace {

constexpr std::size_t kLongestIndent = 80;

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Behind the line end at `i`.
std::size_t behind_line_end(std::string_view text, std::size_t i) {
  return text.substr(i).starts_with("\r\n") ? i + 2 : i + 1;
}

std::string_view leading_blanks(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_blank(text[length])) ++length;
  return text.substr(0, length);
}

std::string_view without_trailing_space(std::string_view text) {
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\f' || text.back() == '\v'))
    text.remove_suffix(1);
  return text;
}

}  // namespace

std::size_t width(std::string_view text) {
  constexpr std::size_t kTab = 4;
  std::size_t columns = 0;
  for (const char c : text) {
    if (c == '\t') columns += kTab;
    else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++columns;
  }
  return columns;
}

std::uint32_t line_begin(const source::SourceFile& source, std::uint32_t offset) {
  return *(std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset) - 1);
}

std::string_view line_indent(const source::SourceFile& source, std::uint32_t offset) {
  return leading_blanks(std::string_view(source.text).substr(line_begin(source, offset), kLongestIndent));
}

std::string_view Paper::indent() const { return std::string_view(indent_).substr(0, kLongestIndent); }

std::string with_line_ends(std::string_view text, std::string_view line_end) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (is_line_end(text[i])) {
      out += line_end;
      i = behind_line_end(text, i);
    } else {
      out += text[i++];
    }
  }
  return out;
}

// Keeps column and indentation true; `text` may have line ends.
void Paper::advance(std::string_view text) {
  const std::size_t last = text.find_last_of("\r\n");
  if (last != std::string_view::npos) {
    text.remove_prefix(last + 1);
    column_ = 0;
    indent_.clear();
    in_indent_ = true;
  }
  column_ += width(text);
  if (!in_indent_) return;
  const std::string_view blanks = leading_blanks(text);
  indent_ += blanks;
  in_indent_ = blanks.size() == text.size();
}

void Paper::put(std::string_view text) {
  gap_ += text;
  advance(text);
}

void Paper::new_line(int units, bool blank) {
  // Deep groups and long names must not push the text out of sight, nor cost much space.
  constexpr int kDeepest = 15;
  std::string text(style_.line_end);
  if (blank) text += style_.line_end;
  text += style_.indent;
  for (int i = 0; i < std::min(units, kDeepest); ++i) text += style_.unit;
  put(text);
}

void Paper::directive(const Piece& piece, bool blank) {
  put(style_.line_end);
  if (blank) put(style_.line_end);
  as_written(piece);
}

void Paper::as_written(const Piece& piece) {
  put(with_line_ends(text_.substr(piece.begin, piece.end - piece.begin), style_.line_end));
}

void Paper::comment(const Piece& piece) {
  const std::string_view text = text_.substr(piece.begin, piece.end - piece.begin);
  if (piece.kind == Piece::Kind::LineComment) return put(without_trailing_space(text));
  if (text.find_first_of("\r\n") == std::string_view::npos) return put(text);
  const std::string new_indent(indent());
  moved(piece.begin, piece.end, line_indent(source_, piece.begin), new_indent);
}

void Paper::moved(std::size_t begin, std::size_t end, std::string_view old_indent,
                  std::string_view new_indent) {
  std::string out;
  for (std::size_t i = begin; i < end;) {
    if (!is_line_end(text_[i])) {
      out += text_[i++];
      continue;
    }
    out += style_.line_end;
    i = behind_line_end(text_, i);
    const std::string_view rest = text_.substr(i);
    const std::size_t blanks = leading_blanks(rest).size();
    const bool empty = i >= end || blanks == rest.size() || is_line_end(rest[blanks]);
    if (empty || !rest.starts_with(old_indent) || i + old_indent.size() > end) continue;
    out += new_indent;
    i += old_indent.size();
  }
  put(out);
}

void Paper::token(const syntax::Token& token) {
  const std::string_view text = text_.substr(token.begin, token.end - token.begin);
  if (begun_) {
    const std::string_view old = text_.substr(gap_begin_, token.begin - gap_begin_);
    if (old != gap_)
      edits_.push_back({{file_, static_cast<std::uint32_t>(gap_begin_), token.begin}, std::move(gap_)});
    gap_.clear();
  }
  begun_ = true;
  advance(text);
  gap_begin_ = token.end;
}

}  // namespace singspin::format
