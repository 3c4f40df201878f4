// The verdicts of each contract in words: a block per contract, or a table of those that are not
// plainly proved if there are many.
// Promises: `proved` never stands without its strength, and verdicts of different strength never
// share a line. Knows verdicts and no runs.
#pragma once

#include <string>

#include "reports/formats/terminal/style.h"
#include "reports/report/report.h"

namespace singspin::terminal {

// More contracts than that become a table.
inline constexpr std::size_t kMostBlocks = 10;

// What a contract is called in one word. A violation of severity warning is a warning; one of which
// all findings are silenced by comments is neither that nor proved.
enum class Word : std::uint8_t { Proved, Silenced, Skipped, Warning, Inconclusive, Violated, Error };
std::string_view word_text(Word word);
Word word_of(const exec::Verdict& verdict);

// The free reading decides; the priority reading of mixed states informs.
bool decides(const exec::Verdict& verdict);
// The severity of what a counterexample shows; a note if it exists in the priority reading only.
diagnostics::Severity severity_of(const report::Report& report, const report::Counterexample& counterexample);

std::string verdict_blocks(const report::Report& report, const Style& style, const Options& options);
std::string system_blocks(const report::Report& report, const Style& style, const Options& options);
std::string verdict_table(const report::Report& report, const Style& style, const Options& options);

}  // namespace singspin::terminal
