#include "reports/formats/terminal/verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/formats/terminal/system_verdicts.h"
#include "reports/formats/terminal/text.h"
#include "reports/formats/terminal/verdict_rows.h"

namespace singspin::terminal {

namespace {

constexpr std::string_view kDetails = "(details below)";
constexpr unsigned kLeastRoom = 24;

Tone tone_of(Word word) {
  switch (word) {
    case Word::Proved: return Tone::Proved;
    case Word::Silenced: return Tone::Plain;
    case Word::Skipped:
    case Word::Warning:
    case Word::Inconclusive: return Tone::Warning;
    case Word::Violated:
    case Word::Error: return Tone::Violated;
  }
  return Tone::Plain;
}

// Simple names that mean more than one contract of the report.
using Shared = std::set<std::string_view>;
Shared shared_names(const report::Report& report) {
  std::map<std::string_view, std::string_view> first;
  Shared shared;
  for (const report::ContractReport& row : report.contracts) {
    const ir::Contract& c = report.program.contracts[row.contract];
    const auto [known, added] = first.emplace(c.name, c.qualified_name);
    if (!added && known->second != c.qualified_name) shared.insert(c.name);
  }
  return shared;
}

std::string contract_name(const report::Report& report, const report::ContractReport& contract,
                          const Shared& shared) {
  const ir::Contract& c = report.program.contracts[contract.contract];
  const std::string& name = shared.contains(c.name) ? c.qualified_name : c.name;
  const std::string variant = report::variant_text(contract.variant);
  return sanitize(variant.empty() ? name : fmt::format("{} ({})", name, variant));
}

// All lines broken to the room that is left beside `indent` columns.
std::vector<std::string> broken(const std::vector<std::string>& lines, unsigned width, unsigned indent) {
  std::vector<std::string> all;
  for (const std::string& line : lines) {
    for (std::string& part : wrap(line, std::max(minus(width, indent), kLeastRoom)))
      all.push_back(std::move(part));
  }
  return all;
}

std::string indented(const std::vector<std::string>& lines, unsigned width) {
  std::string out;
  for (const std::string& line : broken(lines, width, 2)) out += fmt::format("  {}\n", line);
  return out;
}

// A contract of which everything is proved needs no word before each line.
std::string rows_of_block(const std::vector<VerdictRow>& rows, const Style& style) {
  const bool all_proved =
      std::ranges::all_of(rows, [](const VerdictRow& row) { return row.word == Word::Proved; });
  unsigned label_width = 0;
  for (const VerdictRow& row : rows) {
    if (!all_proved) label_width = std::max<unsigned>(label_width, word_text(row.word).size() + 2);
  }
  std::string out;
  for (const VerdictRow& row : rows) {
    std::vector<std::string> lines = row.lines;
    if (row.details) lines.front() += fmt::format(" {}", kDetails);
    std::string label(all_proved ? "" : word_text(row.word));
    for (const std::string& line : broken(lines, style.width(), 2 + label_width)) {
      const std::string colon = label.empty() ? "" : ":";
      const std::string blanks(minus(label_width, label.size() + colon.size()), ' ');
      out += fmt::format("  {}{}{}{}\n", style.paint(tone_of(row.word), label), colon, blanks, line);
      label.clear();
    }
  }
  return out;
}

// `(details below)` ends at the right margin if there is room.
std::string with_details(const std::string& line, unsigned indent, unsigned width) {
  const unsigned used = indent + display_width(line);
  const unsigned blanks = std::max(minus(width, used + kDetails.size()), 2u);
  return line + std::string(blanks, ' ') + std::string(kDetails);
}

// Whether the table says it: all but plain proofs, and those only for a contract that has no other
// row, because of what the priority reading adds.
bool is_plainly_proved(const std::vector<VerdictRow>& rows) {
  return !rows.empty() && std::ranges::all_of(rows, &VerdictRow::plain);
}

std::string table_rows(std::string name, const std::vector<VerdictRow>& rows, unsigned name_width,
                       const Style& style) {
  constexpr unsigned kWordWidth = 14;
  const bool all_proved =
      std::ranges::all_of(rows, [](const VerdictRow& row) { return row.word == Word::Proved; });
  const unsigned indent = name_width + 3 + kWordWidth;
  std::string out;
  for (const VerdictRow& row : rows) {
    if (row.word == Word::Proved && !all_proved) continue;
    std::string_view word = word_text(row.word);
    bool details = row.details;
    for (std::string line : broken(row.lines, style.width(), indent + (details ? kDetails.size() + 2 : 0))) {
      if (details) line = with_details(line, indent, style.width());
      const std::string blanks(kWordWidth - word.size(), ' ');
      out += fmt::format("{}   {}{}{}\n", pad(std::move(name), name_width),
                         style.paint(tone_of(row.word), word), blanks, line);
      name.clear();
      word = "";
      details = false;
    }
  }
  return out;
}

}  // namespace

std::string_view word_text(Word word) {
  switch (word) {
    case Word::Proved: return "proved";
    case Word::Silenced: return "silenced";
    case Word::Skipped: return "skipped";
    case Word::Warning: return "warning";
    case Word::Inconclusive: return "inconclusive";
    case Word::Violated: return "violated";
    case Word::Error: return "error";
  }
  return "";
}

Word word_of(const exec::Verdict& verdict) {
  switch (verdict.status) {
    case exec::Status::Proved: return Word::Proved;
    case exec::Status::Violated:
      if (verdict.suppressed) return Word::Silenced;
      return verdict.severity == diagnostics::Severity::Error ? Word::Violated : Word::Warning;
    case exec::Status::Inconclusive: return Word::Inconclusive;
    case exec::Status::Skipped: return Word::Skipped;
    case exec::Status::Error: return Word::Error;
  }
  return Word::Error;
}

bool decides(const exec::Verdict& verdict) { return verdict.reading != exec::Reading::Priority; }

diagnostics::Severity severity_of(const report::Report& report,
                                  const report::Counterexample& counterexample) {
  if (counterexample.reading == exec::Reading::Priority) return diagnostics::Severity::Note;
  if (counterexample.properties.empty()) return diagnostics::Severity::Error;
  const ir::Property property = counterexample.properties.front();
  for (const report::ContractReport& contract : report.contracts) {
    if (contract.contract != counterexample.contract) continue;
    for (const exec::Verdict& verdict : contract.verdicts) {
      if (decides(verdict) && verdict.property == property) return verdict.severity;
    }
  }
  return diagnostics::info(ir::code(property)).severity;
}

std::string verdict_blocks(const report::Report& report, const Style& style, const Options& options) {
  std::string out;
  const Shared shared = shared_names(report);
  for (const report::ContractReport& contract : report.contracts) {
    const std::vector<VerdictRow> rows = verdict_rows(report, contract, options);
    const Word word = rows.empty() ? Word::Skipped : rows.front().word;
    if (!out.empty()) out += "\n";
    out += fmt::format("{}   {}\n", contract_name(report, contract, shared),
                       style.paint(tone_of(word), word_text(word)));
    out += rows_of_block(rows, style);
    out += indented(priority_lines(report, contract), style.width());
    if (options.verbosity > 0) out += indented(statistics_lines(contract, options), style.width());
  }
  return out;
}

std::string system_blocks(const report::Report& report, const Style& style, const Options& options) {
  std::string out;
  for (const report::SystemReport& system : report.systems) {
    const std::vector<VerdictRow> rows = system_rows(report, system, options);
    const Word word = rows.empty() ? Word::Skipped : rows.front().word;
    if (!out.empty()) out += "\n";
    out += fmt::format("{}   {}\n", sanitize(report.systems_found[system.system].name),
                       style.paint(tone_of(word), word_text(word)));
    out += rows_of_block(rows, style);
  }
  return out;
}

std::string verdict_table(const report::Report& report, const Style& style, const Options& options) {
  unsigned name_width = 0;
  const auto rows_of = [&](const report::ContractReport& contract) {
    std::vector<VerdictRow> rows = verdict_rows(report, contract, options);
    if (rows.empty()) rows.push_back({Word::Skipped, {"nothing was decided"}, false, false});
    return rows;
  };
  const auto is_shown = [&](const report::ContractReport& contract, const std::vector<VerdictRow>& rows) {
    return options.verbosity > 0 || !is_plainly_proved(rows) || !priority_lines(report, contract).empty();
  };
  const Shared shared = shared_names(report);
  for (const report::ContractReport& contract : report.contracts) {
    if (is_shown(contract, rows_of(contract))) {
      name_width = std::max(name_width, display_width(contract_name(report, contract, shared)));
    }
  }
  std::string out;
  for (const report::ContractReport& contract : report.contracts) {
    const std::vector<VerdictRow> rows = rows_of(contract);
    if (!is_shown(contract, rows)) continue;
    out += table_rows(contract_name(report, contract, shared), rows, name_width, style);
    out += indented(priority_lines(report, contract), style.width());
    if (options.verbosity > 0) out += indented(statistics_lines(contract, options), style.width());
  }
  return out;
}

}  // namespace singspin::terminal
