// The block of one diagnostic: what is wrong, where, and what would repair it.
#include <fmt/format.h>

#include "reports/formats/terminal/excerpt.h"
#include "reports/formats/terminal/facts.h"
#include "reports/formats/terminal/fix_lines.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::terminal {

namespace {

std::vector<Mark> marks_of(const diagnostics::Diagnostic& diagnostic) {
  std::vector<Mark> marks;
  if (diagnostic.span) marks.push_back({*diagnostic.span, diagnostic.label, true});
  for (const diagnostics::Label& label : diagnostic.labels) marks.push_back({label.span, label.text, false});
  return marks;
}

std::vector<Fact> notes_of(const diagnostics::Diagnostic& diagnostic) {
  std::vector<Fact> notes;
  for (const std::string& note : diagnostic.notes) notes.push_back({"note", {note}});
  return notes;
}

// Of several fixes nobody knows which one is meant, so none is shown as the likely one.
const diagnostics::Fix* likely_fix(const diagnostics::Diagnostic& diagnostic) {
  return diagnostic.fixes.size() == 1 ? &diagnostic.fixes.front() : nullptr;
}

// What help there is in words, and where it points to; else the line as the fix would have it.
std::string help_lines(const Style& style, const source::SourceMap& sources, unsigned gutter,
                       const diagnostics::Diagnostic& diagnostic) {
  const diagnostics::Fix* fix = likely_fix(diagnostic);
  const std::string& words = diagnostic.help.empty() && fix != nullptr ? fix->title : diagnostic.help;
  std::string out = fmt::format("{}: {}\n", style.paint(Tone::Note, "help"), sanitize(words));
  if (!diagnostic.help_span && fix != nullptr) return out + changed_line(style, sources, gutter, *fix);
  if (!diagnostic.help_span || diagnostic.help_span->file.value >= sources.size()) return out;
  const std::string arrow = style.paint(Tone::Location, std::string(gutter, ' ') + "-->");
  return out + fmt::format("{} {}\n", arrow, style.location(sources, *diagnostic.help_span));
}

}  // namespace

std::string render_diagnostic(const diagnostics::Diagnostic& diagnostic, const source::SourceMap& sources,
                              const Options& options) {
  const Style style(options);
  const std::vector<Mark> marks = marks_of(diagnostic);
  const unsigned gutter = gutter_width(sources, marks);
  std::string out = headline(style, diagnostic.severity, diagnostic.code, diagnostic.message);
  out += excerpt(style, sources, marks, tone(diagnostic.severity));
  const bool has_help = !diagnostic.help.empty() || likely_fix(diagnostic) != nullptr;
  const bool more = !diagnostic.notes.empty() || has_help;
  if (more && !marks.empty()) out += bar_line(style, gutter);
  out += fact_lines(style, gutter, notes_of(diagnostic));
  if (has_help) out += help_lines(style, sources, gutter, diagnostic);
  return out;
}

}  // namespace singspin::terminal
