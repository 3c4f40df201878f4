#include "promela/verify_systems/identity.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::verify {

namespace {

struct Row {
  std::int64_t id = 0;
  spin::Statement statement;
};

bool is_glue(const std::string& text) {
  return text.starts_with("goto ") || text == ".(goto)" || text == "-end-" || text == "IF" ||
         text == "ATOMIC";
}

// What can be executed, by process and in the order of SPIN's numbers. The condition of a standstill is
// part of the step that follows it.
std::vector<std::vector<Row>> executable(const systems::PrintedSystem& printed,
                                         const std::map<std::int64_t, spin::Statement>& statements) {
  std::vector<std::vector<Row>> rows(printed.processes.size());
  for (const auto& [id, statement] : statements) {
    if (statement.proctype >= rows.size() || is_glue(statement.text)) continue;
    const bool watches = !printed.processes[statement.proctype].process;
    if (watches && !statement.text.starts_with("D_STEP")) continue;
    rows[statement.proctype].push_back({id, statement});
  }
  for (std::vector<Row>& process : rows) {
    std::sort(process.begin(), process.end(),
              [](const Row& a, const Row& b) { return a.statement.state < b.statement.state; });
  }
  return rows;
}

std::string text_of(const systems::SystemLine& line) {
  return line.kind == systems::SystemLine::Kind::End ? "(0)" : fmt::format("D_STEP{}", line.line);
}

base::Expected<void> match(SystemIdentity& identity, const systems::SystemLine& line, const Row& row,
                           LineOf at) {
  if (row.statement.line != line.line || row.statement.text != text_of(line)) {
    return base::tool_error(fmt::format("line {} was printed as `{}`, SPIN lists `{}` of line {}", line.line,
                                        text_of(line), row.statement.text, row.statement.line));
  }
  identity.by_trail_id.emplace(row.id, at);
  if (line.kind == systems::SystemLine::Kind::End) return {};
  if (!identity.by_move.emplace(row.statement.move, at).second)
    return base::tool_error(fmt::format("two statements share the code of line {}", line.line));
  return {};
}

}  // namespace

base::Expected<SystemIdentity> identify(const systems::PrintedSystem& printed,
                                        const std::map<std::int64_t, spin::Statement>& statements) {
  SystemIdentity identity;
  const auto rows = executable(printed, statements);
  for (std::size_t p = 0; p < rows.size(); ++p) {
    const std::vector<systems::SystemLine>& lines = printed.processes[p].lines;
    if (rows[p].size() != lines.size()) {
      return base::tool_error(
          fmt::format("SPIN lists {} statements for {} printed ones", rows[p].size(), lines.size()));
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (auto matched = match(identity, lines[i], rows[p][i], {p, i}); !matched)
        return tl::unexpected(matched.error());
    }
  }
  return identity;
}

base::Expected<std::vector<explore::Step>> candidate_steps(const systems::PrintedSystem& printed,
                                                           const SystemIdentity& identity,
                                                           const spin::Trail& trail) {
  std::vector<explore::Step> steps;
  for (const spin::TrailRecord& record : trail.records) {
    const bool is_last = &record == &trail.records.back();
    const auto process = static_cast<std::size_t>(record.process);
    if (record.process < 0 || process >= printed.processes.size())
      return base::tool_error(fmt::format("step {} of the trail belongs to no process", record.depth));
    if (!printed.processes[process].process) break;  // `watch` ends the run
    const auto found = identity.by_trail_id.find(record.transition);
    const bool known =
        found != identity.by_trail_id.end() && found->second.process == process &&
        printed.processes[process].lines[found->second.line].kind == systems::SystemLine::Kind::Edge;
    if (!known && is_last) break;
    if (!known) {
      return base::tool_error(
          fmt::format("transition {} of the trail is no statement of its process", record.transition));
    }
    const systems::SystemLine& line = printed.processes[process].lines[found->second.line];
    steps.push_back({line.process, line.edge, line.choice});
  }
  return steps;
}

}  // namespace singspin::verify
