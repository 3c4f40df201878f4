// The block of one counterexample of a system: excerpt, facts, chart, where to read on.
#include <fmt/format.h>

#include "reports/formats/terminal/story_lines.h"
#include "reports/formats/terminal/system_chart.h"
#include "reports/formats/terminal/terminal.h"
#include "reports/formats/terminal/text.h"
#include "reports/story/story.h"

namespace singspin::terminal {

namespace {

std::string others(const SystemView& view) {
  std::vector<std::string> words;
  for (std::size_t i = 1; i < view.verdicts().size(); ++i) {
    const explore::Verdict& v = view.verdicts()[i]->verdict;
    words.push_back(fmt::format("{} ({})", v.id, diagnostics::code_text(report::code(v.property))));
  }
  return enumerate(words);
}

}  // namespace

std::string render_system_counterexample(const report::Report& report,
                                         const report::SystemCounterexample& row, const Options& options) {
  const SystemView view(report, row);
  const Style style(options);
  const diagnostics::Severity severity = view.verdict().severity;
  const diagnostics::Code code = report::code(view.verdict().verdict.property);
  const std::vector<Mark> marks = system_marks(view);
  const unsigned gutter = gutter_width(report.sources, marks);
  std::string out = headline(style, severity, code, row.message);
  out += excerpt(style, report.sources, marks, tone(severity));
  out += bar_line(style, gutter);
  out += fact_lines(style, gutter, system_facts(view));
  const std::string chart = system_chart(view, style);
  if (!chart.empty()) out += "\n" + chart + "\n";
  if (options.story && !view.steps().empty())
    out += story_lines(style, story::tell(view.interpreter(), row.run)) + "\n";
  if (view.verdicts().size() > 1)
    out += fact_lines(style, gutter, {{"also violated by the same steps", {others(view)}}});
  std::vector<Fact> further;
  if (options.replay_hint) further.push_back({"replay", {"singspin replay " + row.id}});
  further.push_back({"explain", {fmt::format("singspin explain {}", diagnostics::code_text(code))}});
  return out + fact_lines(style, gutter, further);
}

}  // namespace singspin::terminal
