#include "reports/formats/terminal/chart_rows.h"

#include <algorithm>

namespace singspin::terminal {

namespace {

constexpr std::size_t kMostRows = 24;
constexpr std::size_t kFirstRows = 4;
constexpr std::size_t kLastRows = 12;

// A send and its receive share a row when they are neighbours, but not across the start of a loop.
bool shares_row(const RunView& run, std::uint32_t step) {
  const bool next = run.sends(step) && run.links[step].peer == step + 1;
  return next && !(run.ending.loop_start == step + 1);
}

bool both_named(const RunView& run, const exec::Configuration& at) {
  return run.state(at.importer).kind == ir::State::Kind::Named &&
         run.state(at.exporter).kind == ir::State::Kind::Named;
}

std::vector<ChartRow> all_rows(const RunView& run) {
  std::vector<ChartRow> rows;
  const exec::Configuration* shown = nullptr;
  const auto add_states = [&](std::uint32_t index) {
    const exec::Configuration& now = run.trace.configurations[index];
    const bool same = shown != nullptr && shown->importer == now.importer && shown->exporter == now.exporter;
    if (same || !both_named(run, now)) return;
    shown = &now;
    const std::uint32_t before = index > 0 ? index - 1 : 0;
    rows.push_back({ChartRow::Kind::States, before, before, index});
  };
  for (std::uint32_t step = 0; step < run.size();) {
    add_states(step);
    const std::uint32_t last = shares_row(run, step) ? step + 1 : step;
    rows.push_back({ChartRow::Kind::Steps, step, last, 0});
    step = last + 1;
  }
  return rows;  // the last configuration is the end block
}

bool is_kept(const RunView& run, const ChartRow& row) {
  if (row.kind != ChartRow::Kind::Steps) return false;
  for (std::uint32_t step = row.first; step <= row.last; ++step) {
    if (run.is_race(step) || run.ending.decisive == step || run.ending.loop_start == step) return true;
  }
  return false;
}

std::uint32_t steps_in(const std::vector<ChartRow>& rows, std::size_t begin, std::size_t end) {
  std::uint32_t steps = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (rows[i].kind == ChartRow::Kind::Steps) steps += rows[i].last - rows[i].first + 1;
  }
  return steps;
}

}  // namespace

std::vector<ChartRow> chart_rows(const RunView& run) {
  std::vector<ChartRow> rows = all_rows(run);
  if (rows.size() <= kMostRows) return rows;
  std::vector<ChartRow> shown;
  const auto is_shown = [&](std::size_t i) {
    return i < kFirstRows || i + kLastRows >= rows.size() || is_kept(run, rows[i]);
  };
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i;
    while (end < rows.size() && !is_shown(end)) ++end;
    const std::uint32_t steps = steps_in(rows, i, end);
    if (end <= i + 1 || steps == 0) {  // a fold would not be shorter
      end = std::max(end, i + 1);
      shown.insert(shown.end(), rows.begin() + static_cast<std::ptrdiff_t>(i),
                   rows.begin() + static_cast<std::ptrdiff_t>(end));
    } else {
      shown.push_back({ChartRow::Kind::Fold, rows[i].first, rows[i].first + steps - 1, 0});
    }
    i = end;
  }
  return shown;
}

}  // namespace singspin::terminal
