#include "promela/mapback/identity.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::mapback {

namespace {

struct Row {
  std::int64_t id = 0;
  spin::Statement statement;
};

// Statements of one process by state number: selections apart from what can be executed.
struct Rows {
  std::vector<Row> selections;
  std::vector<Row> executable;
  unsigned states = 0;
};

bool is_glue(const std::string& text) {
  return text.starts_with("goto ") || text == ".(goto)" || text == "-end-";
}

std::vector<Rows> rows_by_process(const std::map<std::int64_t, spin::Statement>& statements,
                                  std::size_t processes) {
  std::vector<Row> sorted;
  for (const auto& [id, statement] : statements) sorted.push_back({id, statement});
  std::sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) {
    return std::pair(a.statement.proctype, a.statement.state) <
           std::pair(b.statement.proctype, b.statement.state);
  });
  std::vector<Rows> result(processes);
  for (Row& row : sorted) {
    if (row.statement.proctype >= processes) continue;  // the process that starts a machine
    Rows& rows = result[row.statement.proctype];
    rows.states = std::max(rows.states, row.statement.state + 1);
    if (is_glue(row.statement.text)) continue;
    (row.statement.text == "IF" ? rows.selections : rows.executable).push_back(std::move(row));
  }
  return result;
}

bool is_same(const pml::Line& line, const spin::Statement& statement) {
  return statement.line == line.line && (statement.text == line.text || statement.text == line.numeric_text);
}

class Matcher {
 public:
  Matcher(Identity& identity, const pml::PrintedProcess& process, const Rows& rows)
      : identity_(identity), process_(process), rows_(rows), block_of_state_(rows.states, -1) {}

  base::Expected<void> run() {
    if (rows_.executable.size() != process_.lines.size()) {
      return base::tool_error(fmt::format("SPIN lists {} statements for {} printed ones",
                                          rows_.executable.size(), process_.lines.size()));
    }
    for (std::size_t i = 0; i < process_.lines.size(); ++i) {
      if (auto matched = match(process_.lines[i], rows_.executable[i]); !matched) return matched;
    }
    if (next_selection_ != rows_.selections.size())
      return base::tool_error("SPIN lists a selection that was not printed");
    identity_.blocks.push_back(std::move(block_of_state_));
    return {};
  }

 private:
  base::Expected<void> match(const pml::Line& line, const Row& row) {
    if (!is_same(line, row.statement)) {
      return base::tool_error(fmt::format("line {} was printed as `{}`, SPIN lists `{}` of line {}",
                                          line.line, line.text, row.statement.text, row.statement.line));
    }
    identity_.by_trail_id.emplace(row.id, line.origin);
    if (line.origin.transition && !identity_.by_move.emplace(row.statement.move, line.origin).second) {
      return base::tool_error(fmt::format("two statements share the code of line {}", line.line));
    }
    const bool same_block = block_ && last_ == line.origin.state;
    last_ = line.origin.state;
    if (!line.origin.transition) return note_block(row.statement.state);
    if (same_block) return {};
    if (next_selection_ == rows_.selections.size())
      return base::tool_error(fmt::format("no selection for line {}", line.line));
    return note_block(rows_.selections[next_selection_++].statement.state);
  }

  // Blocks come in the order they were printed in.
  base::Expected<void> note_block(unsigned state) {
    block_ = block_ ? *block_ + 1 : 0;
    block_of_state_[state] = static_cast<int>(*block_);
    return {};
  }

  Identity& identity_;
  const pml::PrintedProcess& process_;
  const Rows& rows_;
  std::vector<int> block_of_state_;
  std::size_t next_selection_ = 0;
  std::optional<std::size_t> block_;
  ir::StateId last_;
};

}  // namespace

base::Expected<Identity> identify(const pml::Printed& printed,
                                  const std::map<std::int64_t, spin::Statement>& statements) {
  Identity identity;
  const std::vector<Rows> rows = rows_by_process(statements, printed.processes.size());
  for (std::size_t p = 0; p < printed.processes.size(); ++p) {
    if (auto matched = Matcher(identity, printed.processes[p], rows[p]).run(); !matched)
      return tl::unexpected(matched.error());
  }
  return identity;
}

}  // namespace singspin::mapback
