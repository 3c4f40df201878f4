#include "frontend/format/writer.h"

#include <algorithm>

#include "frontend/format/paper.h"

namespace singspin::format {

using syntax::TokenKind;

namespace {

constexpr std::size_t kColumns = 100;

class Writer {
 public:
  Writer(const source::SourceFile& source, source::FileId file, const Plan& plan, const Style& style)
      : text_(source.text), source_(source), plan_(plan), paper_(source, file, style) {
    measure();
    match_parentheses();
  }

  Written run() {
    for (std::size_t i = 0; i < plan_.lines.size(); ++i) {
      if (i > 0) begin_line(plan_.lines[i - 1], plan_.lines[i]);
      line(plan_.lines[i]);
    }
    return {paper_.take_edits(), paper_.column()};
  }

 private:
  const Item& item(std::size_t i) const { return plan_.items[i]; }
  TokenKind kind(std::size_t i) const { return item(i).token.kind; }
  std::string_view text(const syntax::Token& t) const { return text_.substr(t.begin, t.end - t.begin); }
  bool is_or(std::size_t i) const { return kind(i) == TokenKind::Identifier && text(item(i).token) == "or"; }

  // width_[i]: columns up to the end of item i on one endless line. hard_[i]: line breaks so far that
  // cannot be left out, those of comments and directives.
  void measure() {
    std::size_t columns = 0, breaks = 0;
    for (const Item& next : plan_.items) {
      columns += next.separator == Separator::None ? 0 : 1;
      breaks += next.separator == Separator::Line ? 1 : 0;
      for (std::uint32_t p = next.first_piece; p < next.end_piece; ++p) {
        const Piece& piece = plan_.pieces[p];
        const std::string_view words = text_.substr(piece.begin, piece.end - piece.begin);
        const bool in_line =
            piece.kind == Piece::Kind::BlockComment && words.find_first_of("\r\n") == std::string_view::npos;
        columns += in_line ? width(words) + 1 : 0;
        breaks += in_line ? 0 : 1;
      }
      columns += next.inserted ? 1 : width(text(next.token));
      width_.push_back(columns);
      hard_.push_back(breaks);
    }
  }

  void match_parentheses() {
    match_.resize(plan_.items.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < plan_.items.size(); ++i) {
      if (kind(i) == TokenKind::LeftParen) open.push_back(i);
      if (kind(i) != TokenKind::RightParen || open.empty()) continue;
      match_[open.back()] = i;
      open.pop_back();
    }
  }

  // Do the items from `first` to `last`, and what must follow them directly, fit into the line?
  bool fits(std::size_t first, std::size_t last, std::size_t end) const {
    while (last + 1 < end &&
           (kind(last + 1) == TokenKind::RightParen || kind(last + 1) == TokenKind::Semicolon))
      ++last;
    return hard_[last] == hard_[first] && paper_.column() + width_[last] - width_[first - 1] <= kColumns;
  }

  // Between two lines: comments of the line before stay there, others get lines of their own.
  void begin_line(const Line& before, const Line& next) {
    const Item& first = item(next.first);
    const bool closing = next.kind == Line::Kind::Close;
    const bool opened = before.kind == Line::Kind::Open;
    if (closing && opened && first.first_piece == first.end_piece) return;  // `{}`
    const int comment_units = closing ? next.level + 1 : next.level;
    bool started = false, must_break = false, own_line = false;
    const auto blank = [&](std::uint32_t line_ends) { return line_ends >= 2 && (started || !opened); };
    for (std::uint32_t p = first.first_piece; p < first.end_piece; ++p) {
      const Piece& piece = plan_.pieces[p];
      const bool is_directive = piece.kind == Piece::Kind::Directive;
      if (is_directive) {
        paper_.directive(piece, blank(piece.line_ends_before));
      } else if (piece.line_ends_before == 0 && !must_break) {
        paper_.put(" ");
        paper_.comment(piece);
      } else {
        paper_.new_line(comment_units, blank(piece.line_ends_before));
        paper_.comment(piece);
      }
      const bool broke = is_directive || piece.line_ends_before > 0 || must_break;
      started = started || broke;
      own_line = !is_directive && (broke || own_line);
      must_break = piece.kind != Piece::Kind::BlockComment;
    }
    if (own_line && !must_break && !closing && first.line_ends == 0) paper_.put(" ");
    else paper_.new_line(next.level, !closing && blank(first.line_ends));
  }

  // Between two items of a line.
  void gap(std::size_t i, Separator separator, int units) {
    const Item& next = item(i);
    bool must_break = false, comment = false;
    for (std::uint32_t p = next.first_piece; p < next.end_piece; ++p) {
      const Piece& piece = plan_.pieces[p];
      if (piece.kind == Piece::Kind::Directive) {
        paper_.directive(piece);
        must_break = true;
        continue;
      }
      const bool own_line = piece.kind == Piece::Kind::LineComment && piece.line_ends_before > 0;
      if (must_break || own_line) paper_.new_line(units);
      else paper_.put(" ");
      paper_.comment(piece);
      must_break = piece.kind == Piece::Kind::LineComment;
      comment = true;
    }
    if (must_break || separator == Separator::Line) return paper_.new_line(units);
    const TokenKind k = next.token.kind;
    const bool closes = k == TokenKind::Semicolon || k == TokenKind::Comma || k == TokenKind::RightParen;
    if (separator == Separator::Space || (comment && !closes)) paper_.put(" ");
  }

  void token(std::size_t i) {
    if (item(i).inserted) paper_.put(";");
    else paper_.token(item(i).token);
  }
  void gap_and_token(std::size_t i, Separator separator, int units) {
    gap(i, separator, units);
    token(i);
  }
  void gap_and_token(std::size_t i, int units) { gap_and_token(i, item(i).separator, units); }

  void line(const Line& line) {
    switch (line.kind) {
      case Line::Kind::Plain:
      case Line::Kind::Close: return plain(line, line.first, line.end);
      case Line::Kind::Open: return open(line);
      case Line::Kind::Message: return message(line);
      case Line::Kind::Sequence: return sequence_line(line);
      case Line::Kind::Verbatim: return verbatim(line);
    }
  }

  void plain(const Line& line, std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
      if (i == line.first) token(i);
      else gap_and_token(i, line.level + 1);
    }
  }

  // After a comment the brace, and the word that makes the head one, stand as if they began the line.
  void open(const Line& line) {
    token(line.first);
    for (std::size_t i = line.first + 1; i < line.end; ++i) {
      const bool leads = kind(i) == TokenKind::LeftBrace || text(item(i).token) == "contract";
      gap_and_token(i, leads ? line.level : line.level + 1);
    }
  }

  // Too long, the parameters stand below each other.
  void message(const Line& line) {
    if (line.body >= line.end || match_[line.body] == 0) return plain(line, line.first, line.end);
    const std::size_t open = line.body, close = match_[open];
    plain(line, line.first, open + 1);
    const bool broken = close > open + 1 && !fits(open + 1, close, line.end);
    std::size_t depth = 0;
    bool at_parameter = true;
    for (std::size_t i = open + 1; i < line.end; ++i) {
      const bool breaks = broken && at_parameter && i < close;
      gap_and_token(i, breaks ? Separator::Line : item(i).separator, line.level + 1);
      depth = track_depth(depth, kind(i));
      at_parameter = depth == 0 && kind(i) == TokenKind::Comma;
    }
  }
  static std::size_t track_depth(std::size_t depth, TokenKind k) {
    const bool opens = k == TokenKind::LeftParen || k == TokenKind::LeftBracket || k == TokenKind::Less;
    const bool closes = k == TokenKind::RightParen || k == TokenKind::RightBracket || k == TokenKind::Greater;
    return opens ? depth + 1 : closes && depth > 0 ? depth - 1 : depth;
  }

  void sequence_line(const Line& line) {
    end_ = line.end;
    plain(line, line.first, line.body);
    if (line.body > line.first) gap(line.body, item(line.body).separator, line.level + 1);
    const std::size_t i = sequence(line.body, line.level);
    for (std::size_t rest = i; rest < line.end; ++rest) gap_and_token(rest, line.level + 1);
  }

  // The gap in front of the first step is written. Gives the item behind the sequence.
  std::size_t sequence(std::size_t i, int units) {
    i = step(i, units);
    while (i < end_ && kind(i) == TokenKind::Arrow) {
      const bool breaks = !arrow_fits(i);
      gap_and_token(i, breaks ? Separator::Line : item(i).separator, units + 1);
      if (i + 1 >= end_) return i + 1;
      gap(i + 1, item(i + 1).separator, units + 1);
      i = step(i + 1, units + 1);
    }
    return i;
  }

  // A comment that breaks the line between arrow and name does not move the arrow.
  bool arrow_fits(std::size_t arrow) const {
    const std::size_t first = arrow + 1;
    if (first >= end_) return true;
    const bool is_group = kind(first) == TokenKind::LeftParen;
    const std::size_t last = step_end(first);
    if (!is_group && hard_[last] != hard_[arrow]) return true;
    return fits(arrow, last, end_);
  }

  // The last item of the step that begins at `first`.
  std::size_t step_end(std::size_t first) const {
    if (kind(first) == TokenKind::LeftParen) return match_[first] != 0 ? match_[first] : first;
    std::size_t last = first, angles = 0;
    for (std::size_t i = first + 1; i < end_; last = i++) {
      const TokenKind k = kind(i);
      const bool hyphenated = kind(i - 1) == TokenKind::Minus;
      if (k == TokenKind::Less) ++angles;
      if (k == TokenKind::Greater && angles > 0) --angles;
      if (angles > 0 || hyphenated) continue;
      if (k == TokenKind::Arrow || k == TokenKind::RightParen || k == TokenKind::Semicolon || is_or(i)) break;
    }
    return last;
  }

  std::size_t step(std::size_t i, int units) {
    if (kind(i) == TokenKind::LeftParen && match_[i] != 0) return group(i, units);
    const std::size_t last = step_end(i);
    token(i);
    for (++i; i <= last; ++i) gap_and_token(i, units + 1);
    return i;
  }

  // Too long, its alternatives stand below each other, `or` in front.
  std::size_t group(std::size_t open, int units) {
    const std::size_t close = match_[open];
    const bool broken = !fits_behind(open, close);
    token(open);
    std::size_t i = open + 1;
    gap(i, item(i).separator, units + 1);
    i = sequence(i, units + 1);
    while (i < close) {
      const bool alternative = is_or(i);
      gap_and_token(i, alternative && broken ? Separator::Line : item(i).separator, units + 1);
      ++i;
      if (!alternative || i >= close) continue;
      gap(i, item(i).separator, units + 1);
      i = sequence(i, units + 1);
    }
    gap_and_token(close, units + 1);
    return close + 1;
  }
  // The separator of `open` is written already.
  bool fits_behind(std::size_t open, std::size_t close) const {
    std::size_t last = close;
    while (last + 1 < end_ &&
           (kind(last + 1) == TokenKind::RightParen || kind(last + 1) == TokenKind::Semicolon))
      ++last;
    constexpr std::size_t kParenthesis = 1;
    return hard_[last] == hard_[open] &&
           paper_.column() + kParenthesis + width_[last] - width_[open] <= kColumns;
  }

  void verbatim(const Line& line) {
    token(line.first);
    const std::string old_indent(line_indent(source_, item(line.first).token.begin));
    const std::string new_indent(paper_.indent());
    for (std::size_t i = line.first + 1; i < line.end; ++i) {
      std::size_t at = paper_.gap_begin();
      for (std::uint32_t p = item(i).first_piece; p < item(i).end_piece; ++p) {
        const Piece& piece = plan_.pieces[p];
        paper_.moved(at, piece.begin, old_indent, new_indent);
        if (piece.kind == Piece::Kind::Directive) paper_.as_written(piece);
        else paper_.moved(piece.begin, piece.end, old_indent, new_indent);
        at = piece.end;
      }
      paper_.moved(at, item(i).token.begin, old_indent, new_indent);
      token(i);
    }
  }

  std::string_view text_;
  const source::SourceFile& source_;
  const Plan& plan_;
  Paper paper_;
  std::vector<std::size_t> width_;
  std::vector<std::size_t> hard_;
  std::vector<std::size_t> match_;  // of `(`; 0: none
  std::size_t end_ = 0;             // of the line in work
};

}  // namespace

Written write(const source::SourceFile& source, source::FileId file, const Plan& plan, const Style& style) {
  return Writer(source, file, plan, style).run();
}

}  // namespace singspin::format
