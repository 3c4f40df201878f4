#include "promela/spin/statements.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace singspin::spin {
namespace {

using base::Expected;
using Lines = std::map<unsigned, std::vector<unsigned>>;  // proctype -> state -> line

// Takes tokens off the front of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }
  bool accept(std::string_view token) {
    skip_space();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  template <class Number>
  bool number(Number& value) {
    skip_space();
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }

  // A C string; spin escapes quotes and backslashes in it.
  bool string(std::string& value) {
    if (!accept("\"")) return false;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      const char sign = rest_[i];
      if (sign == '"') return rest_.remove_prefix(i + 1), true;
      const bool escape =
          sign == '\\' && i + 1 < rest_.size() && (rest_[i + 1] == '"' || rest_[i + 1] == '\\');
      value += escape ? rest_[++i] : sign;
    }
    return false;
  }

 private:
  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  std::string_view rest_;
};

std::optional<std::string_view> next_line(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

// "{" number { "," number } "," "}" after "short src_lnN [] ="
bool read_table(Cursor& cursor, std::vector<unsigned>& lines) {
  if (!cursor.accept("{")) return false;
  unsigned line = 0;
  while (cursor.number(line)) {
    lines.push_back(line);
    if (!cursor.accept(",")) return false;
  }
  return cursor.accept("}");
}

Expected<Lines> read_lines(std::string_view pan_c) {
  constexpr std::string_view kStart = "\nshort src_ln";
  Lines tables;
  for (auto at = pan_c.find(kStart); at != std::string_view::npos; at = pan_c.find(kStart, at + 1)) {
    Cursor cursor(pan_c.substr(at + kStart.size()));
    unsigned proctype = 0;
    std::vector<unsigned> lines;
    if (!cursor.number(proctype) || !cursor.accept("[] =") || !read_table(cursor, lines))
      return base::tool_error("pan.c: a line table is not understood");
    if (!tables.emplace(proctype, std::move(lines)).second)
      return base::tool_error(fmt::format("pan.c: two line tables of proctype {}", proctype));
  }
  return tables;
}

struct Row {
  std::int64_t id = 0;
  Statement statement;
};

enum class RowKind { Statement, Option, Foreign, Unknown };

// What stands before "settr(": a state's own row, a further option of a selection (same id as the
// selection), or the non-progress claim and the declaration, which name no statement of the model.
RowKind read_target(Cursor& cursor, Statement& statement) {
  cursor.accept("/*->*/");
  if (cursor.accept("Trans *settr(")) return RowKind::Foreign;
  if (cursor.accept("T->nxt") || cursor.accept("T = T->nxt")) return RowKind::Option;
  cursor.accept("T =");
  if (!cursor.accept("trans[")) return RowKind::Unknown;
  if (cursor.accept("_NP_")) return RowKind::Foreign;
  const bool read = cursor.number(statement.proctype) && cursor.accept("][") &&
                    cursor.number(statement.state) && cursor.accept("]") && cursor.accept("=") &&
                    cursor.accept("settr(");
  return read ? RowKind::Statement : RowKind::Unknown;
}

// id "," atomic "," next "," forward "," back "," text
bool read_arguments(Cursor& cursor, Row& row) {
  std::int64_t ignored = 0, forward = 0;
  if (!cursor.number(row.id) || !cursor.accept(",")) return false;
  for (std::int64_t* argument : {&ignored, &ignored, &forward, &ignored})
    if (!cursor.number(*argument) || !cursor.accept(",")) return false;
  row.statement.move = static_cast<unsigned>(forward);
  return cursor.string(row.statement.text) && cursor.accept(",");
}

Expected<void> place(Row& row, const Lines& lines) {
  auto& statement = row.statement;
  const auto table = lines.find(statement.proctype);
  if (table == lines.end() || statement.state >= table->second.size())
    return base::tool_error(
        fmt::format("pan.c: no line of proctype {} state {}", statement.proctype, statement.state));
  statement.line = table->second[statement.state];
  return {};
}

Expected<std::optional<Row>> read_row(std::string_view line, const Lines& lines) {
  Cursor cursor(line);
  Row row;
  switch (read_target(cursor, row.statement)) {
    case RowKind::Option:
    case RowKind::Foreign: return std::nullopt;
    case RowKind::Unknown: return base::tool_error(fmt::format("pan.t: a row is not understood: {}", line));
    case RowKind::Statement: break;
  }
  if (!read_arguments(cursor, row))
    return base::tool_error(fmt::format("pan.t: a row is not understood: {}", line));
  if (const auto placed = place(row, lines); !placed) return tl::unexpected(placed.error());
  return row;
}

// The body of the function that fills the tables.
Expected<std::string_view> table_text(std::string_view pan_t) {
  constexpr std::string_view kStart = "\nsettable(void)\n";
  const auto start = pan_t.find(kStart);
  const auto end = start == std::string_view::npos ? start : pan_t.find("\n}", start);
  if (end == std::string_view::npos) return base::tool_error("pan.t: no transition tables");
  return pan_t.substr(start + kStart.size(), end - start - kStart.size());
}

}  // namespace

Expected<std::map<std::int64_t, Statement>> read_statements(std::string_view pan_t, std::string_view pan_c) {
  const auto lines = read_lines(pan_c);
  if (!lines) return tl::unexpected(lines.error());
  auto text = table_text(pan_t);
  if (!text) return tl::unexpected(text.error());
  std::map<std::int64_t, Statement> statements;
  while (const auto line = next_line(*text)) {
    if (line->find("settr(") == std::string_view::npos) continue;
    const auto row = read_row(*line, *lines);
    if (!row) return tl::unexpected(row.error());
    if (*row && !statements.emplace((*row)->id, (*row)->statement).second)
      return base::tool_error(fmt::format("pan.t: two statements have the id {}", (*row)->id));
  }
  if (statements.empty()) return base::tool_error("pan.t: no statements");
  return statements;
}

}  // namespace singspin::spin
