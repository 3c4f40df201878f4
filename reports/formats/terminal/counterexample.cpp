// The block of one counterexample: excerpt, facts, chart, where to read on.
#include <fmt/format.h>

#include "reports/formats/terminal/chart.h"
#include "reports/formats/terminal/endings.h"
#include "reports/formats/terminal/excerpt.h"
#include "reports/formats/terminal/facts.h"
#include "reports/formats/terminal/fix_lines.h"
#include "reports/formats/terminal/story_lines.h"
#include "reports/formats/terminal/terminal.h"
#include "reports/formats/terminal/text.h"
#include "reports/formats/terminal/verdicts.h"
#include "reports/story/story.h"

namespace singspin::terminal {

namespace {

std::string same_steps(std::uint32_t steps) {
  if (steps == 0) return "also violated at the start";
  return steps == 1 ? "also violated by the same step"
                    : fmt::format("also violated by the same {} steps", steps);
}

// `no-unexpected-message (SS0102)`
std::string other_properties(const report::Counterexample& counterexample) {
  const std::vector<ir::Property>& properties = counterexample.properties;
  std::vector<std::string> words;
  for (std::size_t i = 1; i < properties.size(); ++i) {
    words.push_back(fmt::format("{} ({})", report::property_name(counterexample, properties[i]),
                                diagnostics::code_text(ir::code(properties[i]))));
  }
  return enumerate(words);
}

std::vector<Fact> further(const report::Counterexample& counterexample, std::string_view code,
                          const Options& options) {
  std::vector<Fact> facts;
  if (options.replay_hint) facts.push_back({"replay", {"singspin replay " + counterexample.id}});
  facts.push_back({"explain", {fmt::format("singspin explain {}", code)}});
  return facts;
}

// Only what was verified is offered, and so it says.
std::string help(const Style& style, const source::SourceMap& sources, const diagnostics::Fix& repair) {
  std::string out;
  std::string key = style.paint(Tone::Note, "help") + ": ";
  constexpr unsigned kKey = 6;
  for (const std::string& line : wrap(sanitize(repair.title + " (verified: proved for any queue length)"),
                                      minus(style.width(), kKey), 0)) {
    out += key + line + "\n";
    key = std::string(kKey, ' ');
  }
  return out + changed_lines(style, sources, repair);
}

}  // namespace

std::string render_counterexample(const report::Report& report, const report::Counterexample& counterexample,
                                  const Options& options) {
  const RunView run(report, counterexample);
  const Style style(options);
  const diagnostics::Severity severity = severity_of(report, counterexample);
  const ir::Property property =
      counterexample.properties.empty() ? ir::Property::DeadlockFree : counterexample.properties.front();
  const std::vector<Mark> marks = ending_marks(run);
  const unsigned gutter = gutter_width(report.sources, marks);

  std::string out = headline(style, severity, ir::code(property), counterexample.message);
  out += excerpt(style, report.sources, marks, tone(severity));
  out += bar_line(style, gutter);
  out += fact_lines(style, gutter, ending_facts(run));
  out += "\n" + chart(run, style, marks.front().span.file) + "\n";
  if (options.story && run.size() > 0)
    out += story_lines(style, story::tell(run.contract, run.trace)) + "\n";
  if (counterexample.properties.size() > 1) {
    const std::string others = other_properties(counterexample);
    const std::string key = same_steps(run.size());
    const std::size_t first_word = others.find(' ');
    constexpr std::size_t kFrame = 6;  // ` = `, `: ` and a space
    const bool fits = gutter + kFrame + key.size() + first_word < options.width;
    out += fact_lines(style, gutter,
                      {fits ? Fact{key, {others}} : Fact{"also", {key.substr(5) + ": " + others}}});
  }
  out +=
      fact_lines(style, gutter, further(counterexample, diagnostics::code_text(ir::code(property)), options));
  for (const diagnostics::Fix& repair : counterexample.repairs)
    out += "\n" + help(style, report.sources, repair);
  return out;
}

}  // namespace singspin::terminal
