#include "reports/formats/terminal/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/formats/terminal/system_verdicts.h"
#include "reports/formats/terminal/text.h"
#include "reports/formats/terminal/verdicts.h"

namespace singspin::terminal {

namespace {

constexpr std::array kWordsInOrder = {Word::Proved, Word::Violated, Word::Inconclusive, Word::Skipped,
                                      Word::Error,  Word::Warning,  Word::Silenced};

// How many contracts or properties a word stands for, indexed by Word.
using Tally = std::array<std::size_t, kWordsInOrder.size()>;

std::size_t index(Word word) { return static_cast<std::size_t>(word); }

Tally properties(const report::ContractReport& contract) {
  Tally tally{};
  for (const exec::Verdict& verdict : contract.verdicts) {
    if (decides(verdict)) ++tally[index(word_of(verdict))];
  }
  return tally;
}

// The worst property decides. Warnings do not: what else was asked is proved.
Word contract_word(const report::ContractReport& contract) {
  const Tally tally = properties(contract);
  for (const Word word : {Word::Error, Word::Violated, Word::Inconclusive, Word::Skipped, Word::Proved}) {
    if (tally[index(word)] > 0) return word;
  }
  if (tally[index(Word::Warning)] > 0) return Word::Warning;
  return tally[index(Word::Silenced)] > 0 ? Word::Silenced : Word::Skipped;
}

std::string counted(const Style& style, Word word, std::size_t count, std::string_view noun) {
  const std::string number = noun.empty() ? fmt::format("{}", count) : plural(count, noun);
  // Without an engine nothing was decided; the diagnostic beside it is the error.
  const std::string_view text = word == Word::Warning ? "with warnings"
                                : word == Word::Error ? "not verified"
                                                      : word_text(word);
  const Tone tone = word == Word::Proved     ? Tone::Proved
                    : word == Word::Violated ? Tone::Violated
                                             : Tone::Plain;
  return style.paint(tone, fmt::format("{} {}", number, text));
}

// `22 proved, 1 violated`; warnings have a number of their own, unless there is nothing else.
std::string tally_words(const Style& style, const Tally& tally, std::string_view noun) {
  std::vector<std::string> words;
  for (const Word word : kWordsInOrder) {
    if (tally[index(word)] == 0 || (word == Word::Warning && !noun.empty() && !words.empty())) continue;
    words.push_back(counted(style, word, tally[index(word)], words.empty() ? noun : ""));
  }
  return join(words, ", ");
}

std::string contracts_words(const report::Report& report, const Style& style) {
  if (report.contracts.size() == 1) {
    const std::string words = tally_words(style, properties(report.contracts.front()), "property");
    return "1 contract: " + (words.empty() ? "nothing was decided" : words);
  }
  Tally tally{};
  for (const report::ContractReport& contract : report.contracts) ++tally[index(contract_word(contract))];
  return fmt::format("{}: {}", plural(report.contracts.size(), "contract"), tally_words(style, tally, ""));
}

std::string systems_words(const report::Report& report, const Style& style) {
  Tally tally{};
  for (const report::SystemReport& system : report.systems) {
    for (const report::SystemVerdict& v : system.verdicts) ++tally[index(word_of(v))];
  }
  const std::string words = tally_words(style, tally, "property");
  return fmt::format("{}: {}", plural(report.systems.size(), "system"),
                     words.empty() ? "nothing was decided" : words);
}

struct Findings {
  std::size_t errors = 0, warnings = 0, notes = 0, suppressed = 0;
};

Findings findings(const report::Report& report) {
  Findings count;
  for (const diagnostics::Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.suppressed) {
      ++count.suppressed;
      continue;
    }
    switch (diagnostic.severity) {
      case diagnostics::Severity::Error: ++count.errors; break;
      case diagnostics::Severity::Warning: ++count.warnings; break;
      case diagnostics::Severity::Note: ++count.notes; break;
    }
  }
  // A violation that counts as a warning and has a run has no diagnostic.
  for (const report::ContractReport& contract : report.contracts) {
    for (std::size_t i = 0; i < contract.verdicts.size(); ++i) {
      const exec::Verdict& v = contract.verdicts[i];
      const bool shown = contract.counterexamples[i] && v.reading != exec::Reading::Priority;
      if (shown && v.status == exec::Status::Violated && v.severity == diagnostics::Severity::Warning)
        ++count.warnings;
    }
  }
  return count;
}

std::string suppressed_words(const Findings& count) {
  return fmt::format("{} silenced by comments", count.suppressed);
}

// `   (queue capacity 2, 14.2 s)`
std::string bounds_words(const report::Report& report, const Options& options) {
  std::vector<std::string> words;
  if (report.options.queue_capacity > 0)  // else nothing was searched
    words.push_back(fmt::format("queue capacity {}", report.options.queue_capacity));
  if (report.run.elapsed_seconds && !options.deterministic)
    words.push_back(fmt::format("{:.1f} s", *report.run.elapsed_seconds));
  if (words.empty()) return "";
  return fmt::format("   ({})", join(words, ", "));
}

}  // namespace

std::string verify_totals(const report::Report& report, const Style& style, const Options& options) {
  std::vector<std::string> parts;
  if (!report.contracts.empty()) parts.push_back(contracts_words(report, style));
  if (!report.systems.empty()) parts.push_back(systems_words(report, style));
  const auto cached = std::ranges::count_if(report.contracts, &report::ContractReport::cached);
  if (cached > 0) parts.push_back(report.contracts.size() == 1 ? "cached" : fmt::format("{} cached", cached));
  const Findings count = findings(report);
  std::vector<std::string> found;
  if (count.errors > 0) found.push_back(plural(count.errors, "error"));
  if (count.warnings > 0) found.push_back(plural(count.warnings, "warning"));
  if (count.suppressed > 0) found.push_back(suppressed_words(count));
  if (!found.empty()) parts.push_back(join(found, ", "));
  if (report.contracts_not_verified > 0) {
    parts.push_back(plural(report.contracts_not_verified, "contract") + " not verified");
  }
  if (report.files_partly_read > 0)
    parts.push_back(plural(report.files_partly_read, "file") + " partly read");
  if (!report.options.changed_since.empty()) {
    parts.push_back(fmt::format("{} unchanged since {}, not looked at",
                                plural(report.contracts_unchanged, "contract"),
                                sanitize(report.options.changed_since)));
  }
  if (report.refereed) {
    parts.push_back(fmt::format("all searches agree on {} of {}", report.refereed->agreed,
                                plural(report.refereed->searched, "machine")));
  }
  if (parts.empty()) parts.emplace_back("nothing found to verify");
  if (report.run.interrupted) parts.emplace_back("interrupted");
  const bool many = report.contracts.size() > 1;
  return join(parts, "; ") + (many ? bounds_words(report, options) : "") + "\n";
}

std::string check_totals(const report::Report& report) {
  const Findings count = findings(report);
  std::vector<std::string> found{count.errors == 0 ? "no errors" : plural(count.errors, "error")};
  if (count.warnings > 0) found.push_back(plural(count.warnings, "warning"));
  if (count.notes > 0) found.push_back(plural(count.notes, "note"));
  if (count.suppressed > 0) found.push_back(suppressed_words(count));
  if (!report.fixed.empty()) found.push_back(fmt::format("{} fixed", report.fixed.size()));
  const std::size_t contracts = report.contracts.size() + report.contracts_not_verified;
  return fmt::format("{}: {}\n", plural(contracts, "contract"), join(found, ", "));
}

}  // namespace singspin::terminal
