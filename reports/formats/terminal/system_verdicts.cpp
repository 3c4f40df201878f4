#include "reports/formats/terminal/system_verdicts.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

struct Group {
  Word word = Word::Proved;
  std::string detail;
  std::vector<std::string> names;
  bool details = false;
};

std::string name_of(const report::SystemVerdict& v) {
  std::vector<std::string> places;
  for (const explore::Owed& owed : v.verdict.owed) places.push_back(sanitize(owed.place));
  return places.empty() ? v.verdict.id : fmt::format("{} at {}", v.verdict.id, enumerate(places));
}

// ` (123 configurations, 12 ms)`
std::string effort(const report::SystemReport& system, const Options& options) {
  std::vector<std::string> words;
  const auto& s = system.statistics;
  if (s.configurations)
    words.push_back(*s.configurations == 1 ? "1 configuration"
                                           : quantity(*s.configurations) + " configurations");
  if (s.elapsed_seconds && !options.deterministic)
    words.push_back(fmt::format("{:.1f} s", *s.elapsed_seconds));
  return words.empty() ? "" : fmt::format(" ({})", join(words, ", "));
}

}  // namespace

Word word_of(const report::SystemVerdict& v) {
  switch (v.verdict.status) {
    case exec::Status::Proved: return Word::Proved;
    case exec::Status::Violated:
      return v.severity == diagnostics::Severity::Error ? Word::Violated : Word::Warning;
    case exec::Status::Inconclusive: return Word::Inconclusive;
    case exec::Status::Skipped: return Word::Skipped;
    case exec::Status::Error: return Word::Error;
  }
  return Word::Error;
}

std::vector<VerdictRow> system_rows(const report::Report&, const report::SystemReport& system,
                                    const Options& options) {
  std::vector<Group> groups;
  for (const report::SystemVerdict& v : system.verdicts) {
    const Word word = word_of(v);
    const bool open = word == Word::Inconclusive || word == Word::Skipped || word == Word::Error;
    const std::string detail = !open              ? ""
                               : v.detail.empty() ? std::string(exec::reason_text(v.verdict.reason))
                                                  : sanitize(v.detail);
    auto group =
        std::ranges::find_if(groups, [&](const Group& g) { return g.word == word && g.detail == detail; });
    if (group == groups.end()) group = groups.insert(groups.end(), {word, detail, {}, false});
    group->names.push_back(name_of(v));
    group->details = group->details || (word != Word::Proved && (v.counterexample || !v.diagnostics.empty()));
  }
  std::vector<VerdictRow> rows;
  for (const Group& group : groups) {
    VerdictRow row{group.word, {join(group.names, ", ")}, group.details, false};
    if (!group.detail.empty()) row.lines.front() += ": " + group.detail;
    if (group.word == Word::Proved) row.lines.push_back(system.strength + effort(system, options));
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &VerdictRow::word);
  return rows;
}

}  // namespace singspin::terminal
