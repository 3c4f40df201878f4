#include "reports/replay/lines/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/json/json.h"
#include "reports/formats/terminal/text.h"
#include "reports/replay/engine/chart.h"

namespace singspin::replay {

std::string when_words(const Session& session) {
  const std::string line = fmt::format("step {}/{}  ", session.cursor(), session.size());
  if (session.cursor() == 0) return line + "start";
  const StepView step = session.world().step(session.cursor());
  return line + step.who + " " + step.words;
}

namespace {

std::string row_line(const Row& row) {
  const bool held = row.group == Row::Group::Lock && row.value != "free";
  return fmt::format("{}: {}{}", row.name, held ? "held by " : "", row.value);
}

}  // namespace

std::vector<std::string> row_lines(const Session& session, std::initializer_list<Row::Group> groups,
                                   std::string_view plural) {
  std::vector<std::string> lines;
  for (const Row& row : session.world().rows(session.cursor())) {
    if (std::ranges::find(groups, row.group) != groups.end()) lines.push_back(row_line(row));
  }
  if (lines.empty()) lines.push_back(fmt::format("there are no {}", plural));
  return lines;
}

std::vector<std::string> difference_lines(const Session& session, std::size_t a, std::size_t b) {
  const std::vector<Row> before = session.world().rows(a), after = session.world().rows(b);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (before[i] != after[i])
      lines.push_back(fmt::format("{}: {} -> {}", after[i].name, before[i].value, after[i].value));
  }
  if (lines.empty()) lines.push_back(fmt::format("configurations {} and {} are equal", a, b));
  return lines;
}

source::Span place_here(const Session& session) {
  const World& world = session.world();
  if (session.cursor() > 0) return world.step(session.cursor()).span;
  if (world.size() > 0) return world.step(1).span;
  const std::vector<Choice> choices = world.enabled(0);
  return choices.empty() ? source::Span{} : choices.front().step.span;
}

std::vector<std::string> source_lines(const Session& session, std::uint32_t around) {
  const source::SourceMap& sources = session.world().sources();
  const source::Span span = place_here(session);
  const std::uint32_t line = sources.position(span.file, span.begin).line;
  std::vector<std::string> lines = {place_words(sources, span)};
  const std::uint32_t from = line > around ? line - around : 1;
  const std::uint32_t to = std::min(line + around, sources.line_count(span.file));
  for (std::uint32_t i = from; i <= to; ++i)
    lines.push_back(fmt::format("{} {:>4}  {}", i == line ? ">" : " ", i, sources.line_text(span.file, i)));
  return lines;
}

std::vector<std::string> story_lines(const Session& session) {
  std::vector<std::string> lines;
  for (std::size_t k = 1; k <= session.size(); ++k) {
    const story::Sentence told = session.world().sentence(k);
    lines.push_back(fmt::format("{}. {}{}{} ({})", k, told.what, told.why.empty() ? "" : " ", told.why,
                                place_words(session.world().sources(), session.world().step(k).span)));
  }
  if (lines.empty()) lines.push_back("the run has no steps");
  return lines;
}

std::vector<std::string> enabled_lines(const Session& session) {
  const World& world = session.world();
  const std::vector<Row> here = world.rows(session.cursor());
  std::vector<std::string> lines;
  std::size_t number = 0;
  for (const Choice& choice : world.enabled(session.cursor())) {
    std::string line = fmt::format("{}  {} {}  {}", ++number, choice.step.who, choice.step.words,
                                   place_words(world.sources(), choice.step.span));
    for (std::size_t i = 0; i < here.size(); ++i) {
      const Row& row = choice.after[i];
      const bool told = row.group != Row::Group::Queue && row.group != Row::Group::Thread;
      if (told && row != here[i]) line += fmt::format("  {}={}", row.name, row.value);
    }
    if (choice.step.faulty) line += "  violates a property";
    lines.push_back(std::move(line));
  }
  if (!lines.empty()) return lines;
  lines.push_back("none");
  for (std::string& line : why(session, session.cursor())) lines.push_back(std::move(line));
  return lines;
}

std::string recorded_text(const Session& session) {
  const report::Report report = session.world().recording(session.cursor());
  const json::Options options{true, true};
  return session.world().is_system() ? json::render_system_trace(report, 0, options)
                                     : json::render_trace(report, 0, options);
}

namespace {

// A label inside of a Mermaid or PlantUML text: signs that mean something there are left out of it.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == ';' || c == '#' || c == '"' || c == '\n' || c == ':' ? ' ' : c;
  return out;
}

std::string sequence(const Session& session, bool mermaid) {
  const Chart chart = chart_of(session.world(), 1, session.size());
  const auto alias = [&](const std::string& who) {
    return fmt::format("p{}", std::ranges::find(chart.lifelines, who) - chart.lifelines.begin());
  };
  std::string text = mermaid ? "sequenceDiagram\n" : "@startuml\n";
  for (const std::string& who : chart.lifelines)
    text += mermaid ? fmt::format("    participant {} as {}\n", alias(who), plain(who))
                    : fmt::format("participant \"{}\" as {}\n", plain(who), alias(who));
  const char* indent = mermaid ? "    " : "";
  for (std::size_t k = 1; k <= session.size(); ++k) {
    const StepView step = session.world().step(k);
    if (step.sends && !step.partner.empty()) {
      text += fmt::format("{}{}{}{}: {} {}\n", indent, alias(step.who), mermaid ? "->>" : "->>",
                          alias(step.partner), k, plain(step.message));
    } else {
      text += fmt::format("{}{} over {}: {} {}\n", indent, mermaid ? "Note" : "note", alias(step.who), k,
                          plain(step.words));
    }
  }
  return text + (mermaid ? "" : "@enduml\n");
}

}  // namespace

base::Expected<std::string, Refusal> exported(const Session& session, const std::string& format,
                                              bool unicode) {
  if (format == "trace")
    return session.recorded() != nullptr && !session.simulates() ? session.text() : recorded_text(session);
  if (format == "txt") return chart_text(session.world(), 1, session.size(), unicode);
  if (format == "mermaid") return sequence(session, true);
  if (format == "plantuml") return sequence(session, false);
  return tl::unexpected(
      Refusal{fmt::format("format {} is not known; there are trace, txt, mermaid and plantuml", format)});
}

}  // namespace singspin::replay
