// The picture of a session.
#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/terminal.h"
#include "reports/formats/terminal/text.h"
#include "reports/replay/engine/chart.h"
#include "reports/replay/lines/answers.h"
#include "reports/replay/screen/screen.h"

namespace singspin::replay {

namespace {

using Group = Row::Group;

constexpr unsigned kLeastWidth = 50, kLeastHeight = 12;  // section 9
constexpr unsigned kTwoColumns = 80, kChartWidth = 50;
constexpr unsigned kHead = 2, kFoot = 2;

unsigned width_of(std::string_view text) { return terminal::display_width(terminal::sanitize(text)); }

}  // namespace

Canvas Screen::render(unsigned width, unsigned height) const {
  Canvas canvas(width, height);
  if (width < kLeastWidth || height < kLeastHeight) {
    draw_small(canvas);
    return canvas;
  }
  draw_head(canvas);
  const unsigned body = height - kHead - kFoot;
  if (mode_ == Mode::Text || mode_ == Mode::Choices) {
    draw_text(canvas);
  } else if (zoomed_ && focus_ == Pane::Chart) {
    draw_chart(canvas, kHead, width, body);
  } else if (zoomed_) {
    draw_panes(canvas, 1, kHead, width - 2, body);
  } else if (width >= kTwoColumns) {
    const unsigned left = std::max(kChartWidth, width / 2);
    draw_chart(canvas, kHead, left - 1, body);
    for (unsigned y = kHead; y < kHead + body; ++y) canvas.put(left, y, g().lifeline);
    draw_panes(canvas, left + 2, kHead, width - left - 3, body);
  } else {
    const unsigned upper = body / 2;
    draw_chart(canvas, kHead, width, upper);
    draw_panes(canvas, 1, kHead + upper, width - 2, body - upper);
  }
  draw_foot(canvas);
  return canvas;
}

// Three lines, cut off where there is no room for them.
void Screen::draw_small(Canvas& canvas) const {
  canvas.put(
      0, 0,
      fmt::format("needs {}x{}, has {}x{}", kLeastWidth, kLeastHeight, canvas.width(), canvas.height()));
  canvas.put(0, 1, when_words(session_));
  canvas.put(0, 2, "n/p step  q quit");
}

void Screen::draw_head(Canvas& canvas) const {
  const std::string text =
      fmt::format("{}   step {} of {}", session_.subject(), session_.cursor(), session_.size());
  canvas.put(1, 0, text, Tone::Title, canvas.width() - 2);
  canvas.fill(0, 1, canvas.width(), g().rule);
}

std::string Screen::sentence() const {
  const std::size_t k = session_.cursor();
  const World& world = session_.world();
  if (k == 0) return "the start";
  const StepView step = world.step(k);
  std::string text = (world.is_system() ? "" : "the ") + step.who + " " + step.words;
  const report::SavedTrace* recorded = session_.recorded();
  const bool end = k == session_.size();
  if (end && recorded != nullptr && !session_.simulates() && recorded->claim.kind != "none")
    text += "; " + recorded->claim.kind;
  else if (end && world.is_deadlock(k)) text += "; deadlock";
  return text;
}

void Screen::draw_foot(Canvas& canvas) const {
  const unsigned y = canvas.height() - 1;
  canvas.fill(0, y - 1, canvas.width(), g().rule);
  if (mode_ == Mode::Prompt) {
    // The end of a long input is what is being typed.
    std::string shown = input_;
    while (width_of(label_ + shown) + 3 > canvas.width() && !shown.empty())
      shown.erase(0, terminal::glyph_at(shown, 0).bytes);
    const unsigned x = 1 + canvas.put(1, y, label_ + shown, Tone::Plain, canvas.width() - 2);
    canvas.paint(x, y, 1, Tone::Changed);
    return;
  }
  const std::string_view keys = mode_ == Mode::Run ? "n/p step  g/G ends  / find  w why  ? help  q quit"
                                                   : "n/p scroll  Enter, Esc close";
  const unsigned room = canvas.width() - 2;
  const bool both = room > keys.size() + 20;
  std::string left = !digits_.empty() ? "goto " + digits_ : status_.empty() ? sentence() : status_;
  canvas.put(1, y, left, Tone::Plain, both ? room - static_cast<unsigned>(keys.size()) - 2 : room);
  if (both) canvas.put(canvas.width() - 1 - static_cast<unsigned>(keys.size()), y, keys);
}

void Screen::draw_text(Canvas& canvas) const {
  canvas.put(1, kHead, title_, Tone::Title, canvas.width() - 2);
  const unsigned rows = canvas.height() - kHead - kFoot - 1;
  std::size_t first = first_line_;
  if (mode_ == Mode::Choices && choice_ >= first + rows) first = choice_ - rows + 1;
  for (unsigned row = 0; row < rows && first + row < lines_.size(); ++row) {
    const bool chosen = mode_ == Mode::Choices && first + row == choice_;
    canvas.put(1, kHead + 1 + row, (chosen ? "> " : "  ") + lines_[first + row],
               chosen ? Tone::Current : Tone::Plain, canvas.width() - 2);
  }
}

// Those of the current step, then others in the order of their appearance, as many as fit.
std::vector<std::string> Screen::lifelines(unsigned room) const {
  const World& world = session_.world();
  if (!world.is_system()) return world.lifelines();
  if (!picked_.empty()) return picked_;
  std::vector<std::string> chosen;
  const auto add = [&](const std::string& who) {
    if (!who.empty() && chosen.size() < room && std::ranges::find(chosen, who) == chosen.end())
      chosen.push_back(who);
  };
  constexpr std::size_t kWindow = 64;  // steps that are looked at for more lifelines
  const std::size_t here = session_.cursor();
  for (std::size_t i = 0; i < std::min(here, kWindow); ++i) {
    const StepView step = world.step(here - i);
    add(step.who);
    add(step.partner);
  }
  for (const std::string& who : world.lifelines()) add(who);
  std::vector<std::string> ordered;  // a lifeline keeps its place beside the others
  for (const std::string& who : world.lifelines()) {
    if (std::ranges::find(chosen, who) != chosen.end()) ordered.push_back(who);
  }
  return ordered;
}

void Screen::draw_chart(Canvas& canvas, unsigned y, unsigned width, unsigned height) const {
  constexpr unsigned kMany = 17, kNames = 8;
  const World& world = session_.world();
  Chart chart;
  chart.first = std::max<unsigned>(6, static_cast<unsigned>(std::to_string(session_.size()).size()) + 4);
  chart.lifelines = lifelines(std::max(2u, (width - chart.first - kNames) / kMany + 1));
  if (chart.lifelines.size() > 2) chart.distance = kMany;
  // Everything is drawn on a canvas of its own, so that nothing reaches into the panes.
  Canvas inner(width, height);
  draw_names(chart, inner, 0);
  const std::size_t rows = height - 1;
  const std::size_t here = session_.cursor();
  const std::size_t first = here > rows ? here - rows + 1 : 1;
  for (std::size_t k = first; k <= here; ++k)
    draw_step(chart, world, k, k == here, inner, 1 + static_cast<unsigned>(k - first), width, g());
  for (unsigned row = 0; row < height; ++row) {
    for (unsigned x = 0; x < width; ++x) canvas.copy(x, y + row, inner.at(x, row));
  }
}

unsigned Screen::draw_rows(Canvas& canvas, Pane pane, unsigned x, unsigned y, unsigned width,
                           unsigned end) const {
  struct Part {
    Pane pane;
    const char* title;
    std::vector<Group> groups;
  };
  const Part parts[] = {{Pane::State, "STATE", {Group::State, Group::Event, Group::Variable}},
                        {Pane::Queues, "QUEUES", {Group::Queue}},
                        {Pane::Tokens, "TOKENS", {Group::Token}},
                        {Pane::Tokens, "LOCKS", {Group::Lock}}};
  const World& world = session_.world();
  const std::size_t k = session_.cursor();
  const std::vector<Row> now = world.rows(k), before = world.rows(k == 0 ? 0 : k - 1);
  for (const Part& part : parts) {
    if (pane != Pane::None && part.pane != pane) continue;
    bool titled = false;
    for (std::size_t i = 0; i < now.size() && y < end; ++i) {
      const Row& row = now[i];
      if (std::ranges::find(part.groups, row.group) == part.groups.end()) continue;
      const bool changed = row != before[i];
      // In a system what is empty and did not change would push the rest out.
      const bool quiet =
          world.is_system() && !zoomed_ && !changed && row.group == Group::Queue && row.messages.empty();
      if (quiet) continue;
      if (!titled) canvas.put(x, y++, part.title, Tone::Title, width);
      titled = true;
      if (y >= end) break;
      std::string name = row.name;
      std::string value = row.value;
      if (row.group == Group::Queue) {
        if (const std::size_t arrow = name.find("->"); arrow != name.npos) name.replace(arrow, 2, " -> ");
        value = "[" + terminal::join(row.messages, ", ") + "]";
      }
      const unsigned taken = canvas.put(x, y, name + "  ", Tone::Plain, width);
      canvas.put(x + taken, y, value, changed ? Tone::Changed : Tone::Plain, width - std::min(width, taken));
      ++y;
    }
  }
  return y;
}

void Screen::draw_source(Canvas& canvas, unsigned x, unsigned y, unsigned width, unsigned end) const {
  if (y >= end) return;
  const source::SourceMap& sources = session_.world().sources();
  if (sources.size() == 0) return;
  const source::Span span = place_here(session_);
  canvas.put(x, y++, "SOURCE  " + place_words(sources, span), Tone::Title, width);
  const std::uint32_t line = sources.position(span.file, span.begin).line;
  const std::uint32_t rows = end - y;
  if (rows == 0) return;
  // Half of the lines stand before the current one.
  const std::uint32_t from = line > rows / 2 ? line - rows / 2 : 1;
  const std::uint32_t to = std::min(from + rows - 1, sources.line_count(span.file));
  std::size_t indent = std::string::npos;
  for (std::uint32_t i = from; i <= to; ++i)
    indent = std::min(indent, sources.line_text(span.file, i).find_first_not_of(' '));
  if (indent == std::string::npos) indent = 0;
  for (std::uint32_t i = from; i <= to && y < end; ++i) {
    const std::string_view text = sources.line_text(span.file, i);
    canvas.put(
        x, y++,
        fmt::format("{}{:>3}  {}", i == line ? ">" : " ", i, text.substr(std::min(indent, text.size()))),
        i == line ? Tone::Current : Tone::Plain, width);
  }
}

void Screen::draw_panes(Canvas& canvas, unsigned x, unsigned y, unsigned width, unsigned height) const {
  const unsigned end = y + height;
  if (zoomed_ && focus_ == Pane::Source) return draw_source(canvas, x, y, width, end);
  if (zoomed_) {
    draw_rows(canvas, focus_, x, y, width, end);
    return;
  }
  const unsigned keep = std::min(height / 3, 4u);  // for the source
  y = draw_rows(canvas, Pane::None, x, y, width, end - keep);
  draw_source(canvas, x, y, width, end);
}

}  // namespace singspin::replay
