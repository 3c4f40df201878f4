#include "reports/replay/engine/chart.h"

#include <algorithm>

#include "reports/formats/terminal/terminal.h"
#include "reports/formats/terminal/text.h"

namespace singspin::replay {

namespace {

constexpr unsigned kTwo = 34, kMany = 17;  // distances of section 5 of the output specification
constexpr unsigned kWidestLabel = 40;

std::optional<unsigned> column(const Chart& chart, const std::string& who) {
  const auto found = std::ranges::find(chart.lifelines, who);
  if (found == chart.lifelines.end()) return std::nullopt;
  return chart.first + chart.distance * static_cast<unsigned>(found - chart.lifelines.begin());
}

// A half of an arrow between the columns `from` and `to` (both free), the label near the actor.
struct Half {
  unsigned from, to;
  bool actor_left;   // the actor's lifeline is left of it
  bool arrow_right;  // the message travels to the right
  bool head;         // on the side of the wire; else at the actor
};

void draw_half(const Half& half, const std::string& label, Canvas& canvas, unsigned y, const Glyphs& g) {
  if (half.to < half.from) return;
  const unsigned length = half.to - half.from + 1;
  canvas.fill(half.from, y, length, g.dash);
  const unsigned head = half.arrow_right ? half.to : half.from;
  canvas.put(head, y, half.arrow_right ? g.right : g.left);
  // One dash beside the actor at its left, two at its right as long as there is room, and the head.
  constexpr unsigned kLeast = 2;
  if (length <= kLeast) return;
  const unsigned room = length - kLeast;
  const unsigned width = std::min(terminal::display_width(terminal::sanitize(label)), room);
  const bool head_at_actor = half.actor_left != half.arrow_right;
  const unsigned wanted = half.actor_left ? 1 : 2;
  const unsigned margin =
      std::min(wanted + (head_at_actor ? 1 : 0), std::max(kLeast - 1, length - width - 1));
  canvas.put(half.actor_left ? half.from + margin : half.to + 1 - margin - width, y, label, Tone::Plain,
             room);
}

void draw_message(const StepView& step, unsigned actor, unsigned partner, Canvas& canvas, unsigned y,
                  const Glyphs& g) {
  const bool actor_left = actor < partner;
  const unsigned low = std::min(actor, partner), high = std::max(actor, partner);
  const unsigned middle = low + (high - low) / 2;
  Half half{};
  half.actor_left = actor_left;
  half.from = actor_left ? low + 1 : middle + 1;
  half.to = actor_left ? middle - 1 : high - 1;
  half.arrow_right = step.sends == actor_left;
  draw_half(half, step.message, canvas, y, g);
}

}  // namespace

Chart chart_of(const World& world, std::size_t begin, std::size_t end) {
  Chart chart;
  if (!world.is_system()) {
    chart.lifelines = world.lifelines();
    chart.distance = kTwo;
    return chart;
  }
  const auto add = [&](const std::string& who) {
    if (!who.empty() && std::ranges::find(chart.lifelines, who) == chart.lifelines.end())
      chart.lifelines.push_back(who);
  };
  for (std::size_t k = std::max<std::size_t>(begin, 1); k <= std::min(end, world.size()); ++k) {
    const StepView step = world.step(k);
    if (step.receives) add(step.partner);
    add(step.who);
    if (step.sends) add(step.partner);
  }
  if (chart.lifelines.empty()) add(world.lifelines().front());
  chart.distance = chart.lifelines.size() == 2 ? kTwo : kMany;
  return chart;
}

void draw_names(const Chart& chart, Canvas& canvas, unsigned y) {
  unsigned x = chart.first - 4;
  for (const std::string& name : chart.lifelines) {
    canvas.put(x, y, name, Tone::Title, chart.distance - 1);
    x += chart.distance;
  }
}

void draw_step(const Chart& chart, const World& world, std::size_t index, bool current, Canvas& canvas,
               unsigned y, unsigned width, const Glyphs& g) {
  const StepView step = world.step(index);
  const Tone tone = current ? Tone::Current : Tone::Plain;
  if (current) canvas.put(0, y, ">", tone);
  canvas.put(2, y, std::to_string(index), tone);
  unsigned x = chart.first;
  for (std::size_t i = 0; i < chart.lifelines.size(); ++i, x += chart.distance) {
    if (x < width) canvas.put(x, y, g.lifeline);
  }
  const auto actor = column(chart, step.who);
  if (!actor) return;
  const auto partner = step.partner.empty() ? std::nullopt : column(chart, step.partner);
  if ((step.sends || step.receives) && partner && *partner != *actor && !step.faulty) {
    draw_message(step, *actor, *partner, canvas, y, g);
    canvas.put(*actor, y, g.actor);
  } else {
    canvas.put(*actor, y, step.faulty ? g.bad : g.step);
    canvas.put(*actor + 2, y, step.words, Tone::Plain, width > *actor + 2 ? width - *actor - 2 : 0);
  }
}

std::string chart_text(const World& world, std::size_t begin, std::size_t end, bool unicode) {
  Chart chart = chart_of(world, begin, end);
  begin = std::max<std::size_t>(begin, 1);
  for (std::size_t k = begin; k <= end; ++k) {
    const unsigned label = terminal::display_width(terminal::sanitize(world.step(k).message));
    chart.distance = std::max(chart.distance, 2 * (std::min(label, kWidestLabel) + 3));
  }
  const unsigned rows = end < begin ? 0 : static_cast<unsigned>(end - begin + 1);
  const unsigned width = chart.width() + 40;
  std::string text;
  Canvas head(width, 1);
  draw_names(chart, head, 0);
  text += head.text();
  for (unsigned row = 0; row < rows; ++row) {
    Canvas line(width, 1);
    draw_step(chart, world, begin + row, false, line, 0, width, glyphs(unicode));
    text += line.text();
  }
  return text;
}

}  // namespace singspin::replay
