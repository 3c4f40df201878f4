#include "reports/cli/html_report.h"

#include <map>

#include "codes_md.h"
#include "reports/formats/html/html.h"
#include "reports/formats/json/json.h"
#include "reports/formats/terminal/endings.h"
#include "reports/formats/terminal/explain.h"
#include "reports/formats/terminal/system_view.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::cli {

namespace {

std::vector<html::Fact> facts_of(const report::Report& report, std::size_t run) {
  const std::size_t contracts = report.counterexamples.size();
  const std::vector<terminal::Fact> told =
      run < contracts ? terminal::ending_facts(terminal::RunView(report, report.counterexamples[run]))
                      : terminal::system_facts(
                            terminal::SystemView(report, report.system_counterexamples[run - contracts]));
  std::vector<html::Fact> facts;
  for (const terminal::Fact& fact : told) facts.emplace_back(fact.key, fact.lines);
  return facts;
}

std::map<diagnostics::Code, std::string> explanations() {
  std::map<diagnostics::Code, std::string> all;
  for (terminal::Explanation& one : terminal::read_explanations(embedded::codes_md))
    all.emplace(one.code, std::move(one.markdown));
  return all;
}

}  // namespace

std::string html_report(const report::Report& report, bool deterministic) {
  terminal::Options text;
  text.deterministic = deterministic;
  const json::Options trace{deterministic, false};
  const std::size_t contracts = report.counterexamples.size();
  html::Words words;
  words.report_text = terminal::render(report, text);
  words.explanation = [all = explanations()](diagnostics::Code code) { return all.at(code); };
  words.facts = [&](std::size_t run) { return facts_of(report, run); };
  words.trace_file = [&](std::size_t run) {
    return run < contracts ? json::render_trace(report, run, trace)
                           : json::render_system_trace(report, run - contracts, trace);
  };
  html::Options options;
  options.deterministic = deterministic;
  std::string page;
  html::write(report, words, options, [&](std::string_view part) { page += part; });
  return page;
}

}  // namespace singspin::cli
