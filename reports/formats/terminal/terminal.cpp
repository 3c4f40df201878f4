// What is shown, in which order and how much of it.
#include "reports/formats/terminal/terminal.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/style.h"
#include "reports/formats/terminal/summary.h"
#include "reports/formats/terminal/text.h"
#include "reports/formats/terminal/verdicts.h"

namespace singspin::terminal {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Severity;

// Blocks are separated by one empty line.
void add_block(std::string& out, std::string_view block) {
  if (block.empty()) return;
  if (!out.empty()) out += "\n";
  out += block;
}

// At most --max-errors of each severity; 0 is no limit.
std::string diagnostic_blocks(const report::Report& report, const Options& options, Severity least) {
  const std::size_t most = options.max_errors == 0 ? report.diagnostics.size() : options.max_errors;
  std::size_t seen[3] = {};
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.suppressed || diagnostic.severity > least) continue;
    if (++seen[static_cast<std::size_t>(diagnostic.severity)] > most) continue;
    add_block(out, render_diagnostic(diagnostic, report.sources, options));
  }
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    const std::size_t count = seen[static_cast<std::size_t>(severity)];
    if (count <= most) continue;
    const std::string_view noun = diagnostics::severity_text(severity);
    const std::string more = plural(count - most, fmt::format("more {}", noun));
    add_block(out, fmt::format("{} not shown: raise --max-errors to {}\n", more, count));
  }
  return out;
}

// A run of the priority reading is shown only if the free one has none for the same property.
bool is_covered(const report::Report& report, const report::Counterexample& one) {
  if (one.reading != exec::Reading::Priority) return false;
  return std::ranges::any_of(report.counterexamples, [&](const report::Counterexample& other) {
    return other.contract == one.contract && other.reading != exec::Reading::Priority &&
           std::ranges::find_first_of(other.properties, one.properties) != other.properties.end();
  });
}

Severity system_severity(const report::Report& report, const report::SystemCounterexample& one) {
  for (const report::SystemReport& found : report.systems) {
    if (found.system == one.system) return found.verdicts[one.verdicts.front()].severity;
  }
  return Severity::Error;
}

std::string counterexample_blocks(const report::Report& report, const Options& options, Severity least) {
  std::string out;
  for (const report::Counterexample& one : report.counterexamples) {
    if (is_covered(report, one) || severity_of(report, one) > least) continue;
    add_block(out, render_counterexample(report, one, options));
  }
  for (const report::SystemCounterexample& one : report.system_counterexamples) {
    if (system_severity(report, one) > least) continue;
    add_block(out, render_system_counterexample(report, one, options));
  }
  return out;
}

// Seeds, command and versions; for -v.
std::string engine_lines(const report::Engine& engine) {
  std::string out;
  const auto add = [&](std::string_view key, std::string_view text) {
    if (!text.empty()) out += fmt::format("{:<15} {}\n", key, sanitize(text));
  };
  add("engine:", engine.version);
  add("compiler:", engine.compiler);
  add("compiler flags:", join(engine.compiler_flags, " "));
  add("verifier flags:", join(engine.verifier_flags, " "));
  return out;
}

bool has_counterexample(const report::Report& report) {
  if (!report.system_counterexamples.empty()) return true;
  return std::ranges::any_of(report.counterexamples, [&](const report::Counterexample& one) {
    return severity_of(report, one) != Severity::Note;
  });
}

}  // namespace

std::string render(const report::Report& report, const Options& options) {
  if (options.verbosity <= -2) return "";
  const Style style(options);
  const bool quiet = options.verbosity<0, verbose = options.verbosity> 0;
  std::string out;
  if (!quiet) {
    const bool table = report.contracts.size() > kMostBlocks;
    add_block(out, table ? verdict_table(report, style, options) : verdict_blocks(report, style, options));
    add_block(out, system_blocks(report, style, options));
  }
  add_block(out, counterexample_blocks(report, options, quiet ? Severity::Error : Severity::Note));
  const Severity least = quiet ? Severity::Error : verbose ? Severity::Note : Severity::Warning;
  add_block(out, diagnostic_blocks(report, options, least));
  if (verbose) add_block(out, engine_lines(report.engine));
  add_block(out, verify_totals(report, style, options));
  if (options.replay_hint && has_counterexample(report)) {
    out += "replay the first counterexample:  singspin replay\n";
  }
  return out;
}

std::string render_check(const report::Report& report, const Options& options) {
  if (options.verbosity <= -2) return "";
  std::string out;
  for (const report::AppliedFix& fix : report.fixed) {
    if (options.verbosity < 0) break;
    out += fmt::format("fixed[{}]: {}:{}:{}: {}\n", diagnostics::code_text(fix.code), sanitize(fix.path),
                       fix.position.line, fix.position.column, sanitize(fix.title));
  }
  add_block(out,
            diagnostic_blocks(report, options, options.verbosity < 0 ? Severity::Error : Severity::Note));
  add_block(out, check_totals(report));
  return out;
}

}  // namespace singspin::terminal
