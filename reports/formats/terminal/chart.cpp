#include "reports/formats/terminal/chart.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/chart_end.h"
#include "reports/formats/terminal/chart_rows.h"
#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

// Columns, counted from 0.
constexpr unsigned kStepColumn = 4;
constexpr unsigned kLoopColumn = 2;
constexpr unsigned kLifeline = 15;
constexpr unsigned kBeforeLifeline = 3;  // texts start that much to the left of their lifeline
constexpr unsigned kSpacing = 34;
constexpr unsigned kLeastSpacing = 12;
constexpr unsigned kLeastText = 8;
constexpr unsigned kLeastPlace = 3;  // `:15`
constexpr unsigned kGap = 2;
constexpr unsigned kArrow = 5;   // two dashes, two spaces, a head
constexpr unsigned kIndent = 2;  // a mark and a space

std::string repeat(std::string_view glyph, unsigned count) {
  std::string out;
  for (unsigned i = 0; i < count; ++i) out += glyph;
  return out;
}

std::string step_text(const ChartRow& row) {
  if (row.first == row.last) return fmt::format("{}", row.first + 1);
  return fmt::format("{},{}", row.first + 1, row.last + 1);
}

class Chart {
 public:
  Chart(const RunView& run, const Style& style, source::FileId main)
      : run_(run),
        style_(style),
        main_(main),
        rows_(chart_rows(run)),
        importer_(end_text(run, ir::Role::Importer)),
        exporter_(end_text(run, ir::Role::Exporter)) {
    lay_out();
  }

  std::string draw();

 private:
  void lay_out();
  unsigned needed_spacing() const;
  unsigned margin_width(bool with_notes) const;
  unsigned exporter_text_width() const;

  std::string place(std::uint32_t step) const;
  std::string note(const ChartRow& row) const;
  std::string margin(const ChartRow& row) const;
  std::string steps(const ChartRow& row);
  std::string across(const ChartRow& row);
  std::string arrow(unsigned cells, bool to_right, std::uint32_t step);
  std::string two_texts(std::string_view left, std::string_view right, std::string_view left_mark,
                        std::string_view right_mark) const;
  std::string states(const ChartRow& row) const;
  std::string end_block() const;
  std::string lost_steps() const;

  const RunView& run_;
  const Style& style_;
  source::FileId main_;
  std::vector<ChartRow> rows_;
  EndText importer_, exporter_;
  unsigned lifeline_ = kLifeline;
  unsigned spacing_ = kSpacing;
  unsigned place_width_ = kLeastPlace;
  bool notes_in_margin_ = true;
  std::vector<std::string> cut_;  // texts that did not fit
};

// As wide as names need and the terminal allows. Notes leave the margin before names are cut.
void Chart::lay_out() {
  for (const ChartRow& row : rows_) {
    if (row.kind != ChartRow::Kind::Steps) continue;
    lifeline_ = std::max(lifeline_, kStepColumn + display_width(step_text(row)) + 1);
    if (!note(row).empty()) place_width_ = std::max(place_width_, display_width(place(row.first)));
  }
  const unsigned needed = needed_spacing(), wanted = std::max(kSpacing, needed);
  const unsigned before = lifeline_ + 1;
  const unsigned for_texts = minus(style_.width(), lifeline_ - kBeforeLifeline + exporter_text_width());
  const unsigned with_notes = std::min(for_texts, minus(style_.width(), before + margin_width(true)));
  const unsigned without = std::min(for_texts, minus(style_.width(), before + margin_width(false)));
  notes_in_margin_ = with_notes >= needed;
  spacing_ = std::max(std::min(wanted, notes_in_margin_ ? with_notes : without), kLeastSpacing);
}

unsigned Chart::needed_spacing() const {
  unsigned needed = kLeastSpacing;
  const auto text = [&](std::string_view words) { needed = std::max(needed, display_width(words) + kGap); };
  for (const ChartRow& row : rows_) {
    if (row.kind == ChartRow::Kind::States) {
      text(run_.words(run_.trace.configurations[row.configuration].importer));
    } else if (row.kind == ChartRow::Kind::Steps) {
      const unsigned cells = display_width(run_.message(row.first)) + kArrow;
      needed = std::max(needed, (row.first == row.last ? 2 * cells + 1 : cells) + 1);
    }
  }
  for (const std::string& line : importer_.lines) text(fit("  " + line, kSpacing));
  return needed;
}

unsigned Chart::margin_width(bool with_notes) const {
  unsigned width = 0;
  for (const ChartRow& row : rows_) {
    if (row.kind != ChartRow::Kind::Steps) continue;
    const std::string words = with_notes ? note(row) : "";
    const unsigned place_width = display_width(place(row.first));
    const unsigned one = words.empty() ? place_width : place_width_ + kGap + display_width(words);
    width = std::max(width, 3 + one);
  }
  return width;
}

unsigned Chart::exporter_text_width() const {
  unsigned width = kLeastText;
  for (const std::string& line : exporter_.lines) width = std::max(width, display_width(line) + kIndent);
  return std::min({width, kSpacing, minus(style_.width(), lifeline_ - kBeforeLifeline) / 2});
}

// `:15`, with the file name if it is not the file the block points to.
std::string Chart::place(std::uint32_t step) const {
  const source::Span span = run_.transition(step).span;
  const source::SourceMap& sources = run_.report.sources;
  if (span.file.value >= sources.size()) return "";
  const std::uint32_t line = sources.position(span.file, span.begin).line;
  if (span.file == main_) return fmt::format(":{}", line);
  const std::string_view path = sources.file(span.file).path;
  return fmt::format("{}:{}", sanitize(path.substr(path.rfind('/') + 1)), line);
}

std::string Chart::note(const ChartRow& row) const {
  if (row.first != row.last) return "";
  const exec::StepLink& link = run_.links[row.first];
  if (!run_.sends(row.first)) return link.peer ? fmt::format("sent in step {}", *link.peer + 1) : "";
  if (link.peer) return fmt::format("received in step {}", *link.peer + 1);
  return run_.is_lost(row.first) ? "sent, never received" : "stays in the queue";
}

std::string Chart::margin(const ChartRow& row) const {
  const std::string words = notes_in_margin_ ? note(row) : "";
  const std::string where = place(row.first);
  if (words.empty()) return style_.paint(Tone::Location, where);
  const std::string blanks(place_width_ + kGap - std::min(display_width(where), place_width_), ' ');
  return style_.paint(Tone::Location, where) + blanks + words;
}

std::string Chart::arrow(unsigned cells, bool to_right, std::uint32_t step) {
  const Glyphs& glyphs = style_.glyphs();
  const std::string name = run_.message(step);
  const std::string label = fit(name, minus(cells, kArrow));
  if (label != name) cut_.push_back(fmt::format("step {}: {}", step + 1, name));
  const unsigned dashes = minus(cells, display_width(label) + 3), left = dashes / 2;
  return fmt::format("{}{} {} {}{}", to_right ? "" : glyphs.left, repeat(glyphs.dash, left), label,
                     repeat(glyphs.dash, dashes - left), to_right ? glyphs.right : "");
}

// Between the lifelines. A lone step reaches half-way, from its sender or to its receiver; further
// only if its name has no room else.
std::string Chart::across(const ChartRow& row) {
  const unsigned inner = spacing_ - 1, wanted = display_width(run_.message(row.first)) + kArrow;
  const unsigned half = std::clamp(wanted, inner / 2, inner - 2);
  const bool importer_acts = run_.actor(row.first) == ir::Role::Importer;
  const bool to_right = importer_acts == run_.sends(row.first);
  if (row.first != row.last) return arrow(inner, to_right, row.first);
  const std::string blanks(inner - half, ' ');
  const std::string line = arrow(half, to_right, row.first);
  return importer_acts ? line + blanks : blanks + line;
}

std::string Chart::steps(const ChartRow& row) {
  const Glyphs& glyphs = style_.glyphs();
  std::string left(kLoopColumn, ' ');
  left += run_.in_loop(row.first) ? glyphs.loop : " ";
  left = pad(std::move(left), kStepColumn) + step_text(row);
  return fmt::format("{}{}{}{}   {}\n", pad(std::move(left), lifeline_), glyphs.lifeline, across(row),
                     glyphs.lifeline, margin(row));
}

// One text at each lifeline. The marks are one column wide and come in front of indented texts.
std::string Chart::two_texts(std::string_view left, std::string_view right, std::string_view left_mark,
                             std::string_view right_mark) const {
  const unsigned column = lifeline_ - kBeforeLifeline;
  const unsigned indent = left_mark.empty() ? 0 : kIndent;
  const unsigned room = std::max(minus(style_.width(), column + spacing_ + indent), kLeastText);
  const std::string_view blank = indent > 0 ? " " : "";
  std::string line(column, ' ');
  line.append(left_mark).append(blank).append(pad(fit(left, spacing_ - kGap - indent), spacing_ - indent));
  line.append(right_mark).append(blank).append(fit(right, room));
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string Chart::states(const ChartRow& row) const {
  const exec::Configuration& at = run_.trace.configurations[row.configuration];
  return two_texts(run_.words(at.importer), run_.words(at.exporter), "", "");
}

std::string Chart::end_block() const {
  const std::string bad = style_.paint(Tone::Violated, style_.glyphs().bad);
  const unsigned column = lifeline_ - kBeforeLifeline + kIndent;
  const auto importer = broken_end(importer_.lines, minus(spacing_, kGap + kIndent));
  const auto exporter =
      broken_end(exporter_.lines, std::max(minus(style_.width(), column + spacing_), kLeastText));
  std::string out;
  for (std::size_t i = 0; i < std::max(importer.size(), exporter.size()); ++i) {
    const auto line = [i](const std::vector<std::string>& lines) { return i < lines.size() ? lines[i] : ""; };
    const auto mark = [&](const EndText& end) { return i == 0 && end.bad ? bad : " "; };
    out += two_texts(line(importer), line(exporter), mark(importer_), mark(exporter_));
  }
  return out;
}

// Said below the chart when the margin has no room for it.
std::string Chart::lost_steps() const {
  std::vector<std::string> lost;
  for (const ChartRow& row : rows_) {
    if (row.kind != ChartRow::Kind::Steps) continue;
    if (run_.is_lost(row.first)) lost.push_back(fmt::format("{}", row.first + 1));
  }
  if (lost.empty()) return "";
  return fmt::format("step{} {}: sent, never received", lost.size() == 1 ? "" : "s", enumerate(lost));
}

std::string Chart::draw() {
  const unsigned column = lifeline_ - kBeforeLifeline;
  std::string out = pad("   step", column) + pad("importer", spacing_) + "exporter\n";
  for (const ChartRow& row : rows_) {
    switch (row.kind) {
      case ChartRow::Kind::Steps: out += steps(row); break;
      case ChartRow::Kind::States: out += states(row); break;
      case ChartRow::Kind::Fold:
        out += fmt::format("{:{}}... {} ...\n", "", column, plural(row.last - row.first + 1, "step"));
        break;
    }
  }
  out += end_block();
  if (!notes_in_margin_ && !lost_steps().empty()) cut_.insert(cut_.begin(), lost_steps());
  for (const std::string& text : cut_) out += fmt::format("{:{}}{}\n", "", kStepColumn, text);
  return out;
}

}  // namespace

std::string chart(const RunView& run, const Style& style, source::FileId main) {
  return Chart(run, style, main).draw();
}

}  // namespace singspin::terminal
