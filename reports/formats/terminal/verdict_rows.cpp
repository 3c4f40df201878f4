#include "reports/formats/terminal/verdict_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

struct Group {
  std::vector<const exec::Verdict*> verdicts;
  std::vector<std::string> properties;
  std::vector<std::size_t> diagnostics;
  bool details = false;
};

// `state JAMMED`, `message Jammed`: what a finding is about, looked up by its place.
std::string finding_words(const ir::Contract& contract, const diagnostics::Diagnostic& finding) {
  for (const ir::State& state : contract.states) {
    if (finding.span == state.span) return "state " + sanitize(ir::state_words(state));
  }
  for (const ir::Message& message : contract.messages) {
    if (finding.span == message.span) return "message " + sanitize(message.name);
  }
  return "";
}

// `: state JAMMED, message Jammed`, or their number if they are many.
std::string findings_words(const report::Report& report, const ir::Contract& contract, const Group& group) {
  constexpr std::size_t kMostNamed = 3;
  std::vector<std::string> words;
  for (const std::size_t row : group.diagnostics) {
    if (row >= report.diagnostics.size()) continue;
    const std::string one = finding_words(contract, report.diagnostics[row]);
    if (!one.empty()) words.push_back(one);
  }
  if (words.empty() && group.diagnostics.empty()) return "";
  if (words.size() != group.diagnostics.size() || words.size() > kMostNamed) {
    return ": " + plural(group.diagnostics.size(), "finding");
  }
  return ": " + join(words, ", ");
}

std::string capacity_words(const exec::Capacity& capacity) {
  if (capacity.to_importer == capacity.to_exporter) {
    return fmt::format("for queues of up to {}", plural(capacity.to_importer, "message"));
  }
  return fmt::format("for queues of up to {} to the importer and {} to the exporter",
                     plural(capacity.to_importer, "message"), capacity.to_exporter);
}

std::string strength_words(const exec::Verdict& verdict) {
  return verdict.strength == exec::Strength::AnyQueueLength ? "for any queue length"
                                                            : capacity_words(verdict.capacity);
}

template <class Value>
std::optional<Value> largest(const Group& group, std::optional<Value> exec::Statistics::*member) {
  std::optional<Value> most;
  for (const exec::Verdict* verdict : group.verdicts) most = std::max(most, verdict->statistics.*member);
  return most;
}

std::string seconds_words(double seconds) {
  constexpr double kShort = 0.095;  // would print as 0.0 s or 0.1 s
  return seconds < kShort ? fmt::format("{:.0f} ms", seconds * 1000) : fmt::format("{:.1f} s", seconds);
}

// ` (11 configurations, 0.3 s)`
std::string effort_words(const Group& group, const Options& options) {
  std::vector<std::string> words;
  if (const auto configurations = largest(group, &exec::Statistics::configurations)) {
    words.push_back(*configurations == 1 ? "1 configuration" : quantity(*configurations) + " configurations");
  }
  const auto seconds = largest(group, &exec::Statistics::elapsed_seconds);
  if (seconds && !options.deterministic) words.push_back(seconds_words(*seconds));
  return words.empty() ? "" : fmt::format(" ({})", join(words, ", "));
}

// The theorem that a proof rests on, if no complete search says the same.
std::optional<exec::Basis> theorem_of(const exec::Verdict& verdict) {
  if (std::ranges::count(verdict.bases, exec::Basis::CompleteSearch) > 0) return std::nullopt;
  const auto found = std::ranges::find_if(verdict.bases, exec::is_theorem);
  return found == verdict.bases.end() ? std::nullopt : std::optional(*found);
}

std::string theorem_words(exec::Basis basis) {
  switch (basis) {
    case exec::Basis::CompleteSearch:
    case exec::Basis::BoundedSearch:
    case exec::Basis::Runs: return "";
    case exec::Basis::AutonomousDeterministic:
      return "proved by its shape: no state offers both directions, and every choice is unambiguous";
    case exec::Basis::EqualChoices:
      return "proved by its shape: the ends send in turns, and equal runs lead to equal choices";
    case exec::Basis::TakesTurns: return "proved by its shape: the ends send in turns";
    case exec::Basis::SynchronizableDeterministic:
      return "proved without long queues: rendezvous gives the same runs, and every choice is unambiguous";
  }
  UNREACHABLE("basis is known");
}

// `queues of up to 3 messages settle it`
void add_settling(const exec::Verdict& verdict, std::vector<std::string>& lines) {
  if (!verdict.settled_by) return;
  const std::uint32_t enough = std::max(verdict.settled_by->to_importer, verdict.settled_by->to_exporter);
  lines.push_back(fmt::format("queues of up to {} settle it: --queue {}, or without --queue",
                              plural(enough, "message"), enough));
}

// `for any queue length: no queue ever holds more than 2 messages (11 configurations, 0.3 s)`
std::string proved_line(const Group& group, const Options& options) {
  const exec::Verdict& verdict = *group.verdicts.front();
  std::string line = strength_words(verdict);
  const auto longest = largest(group, &exec::Statistics::longest_queue);
  if (verdict.strength == exec::Strength::AnyQueueLength && longest) {
    line += *longest == 0 ? ": no queue ever holds a message"
                          : fmt::format(": no queue ever holds more than {}", plural(*longest, "message"));
  }
  return line + effort_words(group, options);
}

// Each line of the detail is a line of its own.
void add_detail(std::vector<std::string>& lines, std::string_view detail) {
  while (!detail.empty()) {
    const std::size_t end = std::min(detail.find('\n'), detail.size());
    lines.push_back(sanitize(detail.substr(0, end)));
    detail.remove_prefix(std::min(end + 1, detail.size()));
  }
}

std::vector<std::string> lines_of(const report::Report& report, const ir::Contract& contract,
                                  const Group& group, const Options& options) {
  const exec::Verdict& verdict = *group.verdicts.front();
  std::vector<std::string> lines{join(group.properties, ", ")};
  switch (verdict.status) {
    case exec::Status::Proved:
      lines.push_back(proved_line(group, options));
      if (const auto theorem = theorem_of(verdict)) lines.push_back(theorem_words(*theorem));
      add_settling(verdict, lines);
      add_detail(lines, verdict.detail);
      break;
    case exec::Status::Violated:
      lines.front() += findings_words(report, contract, group);
      if (verdict.strength == exec::Strength::UpToCapacity) lines.push_back(strength_words(verdict));
      break;
    case exec::Status::Inconclusive:
    case exec::Status::Skipped:
    case exec::Status::Error: {
      std::vector<std::string> detail;
      add_detail(detail, verdict.detail);
      if (detail.empty()) detail.emplace_back(exec::reason_text(verdict.reason));
      lines.front() += ": " + detail.front();
      lines.insert(lines.end(), detail.begin() + 1, detail.end());
      break;
    }
  }
  if (verdict.entry != contract.start) {
    lines.push_back("for endpoints that start in " +
                    sanitize(ir::state_words(contract.states[verdict.entry])));
  }
  return lines;
}

bool same_row(const exec::Verdict& a, const exec::Verdict& b) {
  const auto key = [](const exec::Verdict& v) {
    const bool bounded = v.status == exec::Status::Proved || v.status == exec::Status::Violated;
    // What the strength or the reason adds; a capacity counts only if the strength names it.
    const bool up_to = bounded && v.strength == exec::Strength::UpToCapacity;
    return std::tuple{word_of(v),
                      v.entry,
                      up_to,
                      up_to ? v.capacity : exec::Capacity{},
                      bounded ? exec::Reason{} : v.reason,
                      theorem_of(v),
                      std::string_view(v.detail)};
  };
  return key(a) == key(b);
}

template <class Row>
const Row* row_at(const std::vector<Row>& rows, std::size_t i) {
  return i < rows.size() ? &rows[i] : nullptr;
}

std::vector<Group> groups_of(const report::ContractReport& contract) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < contract.verdicts.size(); ++i) {
    const exec::Verdict& verdict = contract.verdicts[i];
    if (!decides(verdict)) continue;
    auto group =
        std::ranges::find_if(groups, [&](const Group& g) { return same_row(*g.verdicts.front(), verdict); });
    if (group == groups.end()) group = groups.insert(groups.end(), Group{});
    group->verdicts.push_back(&verdict);
    const std::string property = sanitize(exec::property_name(verdict));
    if (std::ranges::find(group->properties, property) == group->properties.end()) {
      group->properties.push_back(property);
    }
    const auto* run = row_at(contract.counterexamples, i);
    const auto* findings = row_at(contract.diagnostics, i);
    if (run != nullptr && *run) group->details = true;
    if (findings == nullptr || findings->empty()) continue;
    group->details = group->details || !verdict.suppressed;
    group->diagnostics.insert(group->diagnostics.end(), findings->begin(), findings->end());
  }
  return groups;
}

bool is_plain(const exec::Verdict& verdict) {
  return verdict.status == exec::Status::Proved && verdict.strength == exec::Strength::AnyQueueLength;
}

std::string mixed_words(const ir::Contract& contract) {
  const auto has = [&](ir::MixedForm form) {
    return std::ranges::count(contract.states, form, &ir::State::mixed) > 0;
  };
  const bool receives = has(ir::MixedForm::ReceivesFirst), sends = has(ir::MixedForm::SendsFirst);
  if (receives == sends) return "with the documented priority in mixed states";
  return receives ? "with receives first in mixed states" : "with sends first in mixed states";
}

std::string outcome_words(const exec::Verdict& verdict) {
  const std::string words =
      fmt::format("{} {}", exec::property_name(verdict), exec::status_text(verdict.status));
  if (verdict.status == exec::Status::Proved) return words + " " + strength_words(verdict);
  if (verdict.status != exec::Status::Violated || !verdict.trace) return words;
  return words + fmt::format(" after {}", plural(verdict.trace->steps.size(), "step"));
}

}  // namespace

std::vector<VerdictRow> verdict_rows(const report::Report& report, const report::ContractReport& contract,
                                     const Options& options) {
  const ir::Contract& machine = report.program.contracts[contract.contract];
  std::vector<VerdictRow> rows;
  for (const Group& group : groups_of(contract)) {
    const exec::Verdict& first = *group.verdicts.front();
    rows.push_back(
        {word_of(first), lines_of(report, machine, group, options), group.details, is_plain(first)});
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &VerdictRow::word);
  return rows;
}

std::vector<std::string> priority_lines(const report::Report& report,
                                        const report::ContractReport& contract) {
  const ir::Contract& machine = report.program.contracts[contract.contract];
  std::vector<std::string> lines;
  for (const exec::Verdict& other : contract.verdicts) {
    if (decides(other)) continue;
    const auto free = std::ranges::find_if(contract.verdicts, [&](const exec::Verdict& v) {
      return decides(v) && v.property == other.property && v.entry == other.entry;
    });
    if (free == contract.verdicts.end() || free->status == other.status) continue;
    lines.push_back(fmt::format("{}: {}", mixed_words(machine), outcome_words(other)));
  }
  return lines;
}

std::vector<std::string> statistics_lines(const report::ContractReport& contract, const Options& options) {
  std::vector<std::string> lines;
  if (contract.cached) lines.emplace_back("cached: an earlier run made these searches");
  for (const exec::Verdict& verdict : contract.verdicts) {
    const exec::Statistics& s = verdict.statistics;
    std::vector<std::string> words;
    const auto add = [&](auto value, std::string_view what) {
      if (value) words.push_back(fmt::format("{} {}", quantity(*value), what));
    };
    add(s.states_stored, "states stored");
    add(s.states_matched, "matched");
    add(s.transitions, "transitions");
    if (s.max_depth) words.push_back(fmt::format("depth {}", *s.max_depth));
    constexpr std::uint64_t kMiB = 1 << 20;
    if (s.memory_bytes && !options.deterministic)
      words.push_back(fmt::format("{} MiB", *s.memory_bytes / kMiB));
    if (s.elapsed_seconds && !options.deterministic)
      words.push_back(fmt::format("{:.1f} s", *s.elapsed_seconds));
    std::vector<std::string> bases;
    for (const exec::Basis basis : verdict.bases) bases.emplace_back(exec::basis_text(basis));
    if (!bases.empty()) words.push_back("basis " + join(bases, " and "));
    if (words.empty()) continue;
    const std::string_view reading = decides(verdict) ? "" : " (priority)";
    lines.push_back(fmt::format("{}{}: {}", exec::property_name(verdict), reading, join(words, ", ")));
  }
  return lines;
}

}  // namespace singspin::terminal
