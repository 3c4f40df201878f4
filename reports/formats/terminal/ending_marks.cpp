#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/endings.h"
#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

constexpr std::size_t kMostLoopMarks = 4;
constexpr std::size_t kMostLostMarks = 3;

// `step 7: the importer sends Stop`
std::string step_words(const RunView& run, std::uint32_t step) {
  return fmt::format("step {}: the {} {} {}", step + 1, ir::role_text(run.actor(step)),
                     run.sends(step) ? "sends" : "receives", run.message(step));
}

// `, then waits for Stopped`; nothing if it has more to send.
std::string then_words(const RunView& run, std::uint32_t step) {
  const ir::Role role = run.actor(step);
  const ir::StateId after = run.trace.configurations[step + 1].state(role);
  if (run.state(after).final) return " and has finished";
  if (!sends_at(run.contract, role, after).empty()) return "";
  return ", then waits for " + alternatives(run.names(receives_at(run.contract, role, after)));
}

Mark step_mark(const RunView& run, std::uint32_t step, std::string label, bool main) {
  return {run.transition(step).span, std::move(label), main};
}

std::vector<Mark> race_marks(const RunView& run) {
  const std::uint32_t first = run.ending.race[0], second = run.ending.race[1];
  const auto before = [&](std::uint32_t step) {
    return run.is_race_of_sends() ? " before it sees " + run.message(step) : "";
  };
  const std::string then = then_words(run, first);
  std::vector<Mark> marks{
      step_mark(run, first, step_words(run, first) + (then.empty() ? before(second) : then), true),
      step_mark(run, second, step_words(run, second) + before(first), true)};
  const exec::Configuration& at = run.trace.configurations[first];
  const ir::State& state = run.state(at.importer);
  if (at.importer == at.exporter && state.kind == ir::State::Kind::Named) {
    marks.push_back({state.span, first == 0 ? "both endpoints start here"
                                            : fmt::format("both endpoints are here after step {}", first)});
  }
  return marks;
}

std::vector<Mark> loop_marks(const RunView& run, std::uint32_t main) {
  std::vector<Mark> marks;
  for (std::uint32_t step = *run.ending.loop_start; step < run.size() && marks.size() + 1 < kMostLoopMarks;
       ++step) {
    const bool seen = std::ranges::find(marks, run.transition(step).span, &Mark::span) != marks.end();
    if (step != main && !seen && run.transition(step).span != run.transition(main).span) {
      marks.push_back(step_mark(run, step, step_words(run, step), false));
    }
  }
  const bool inside = run.in_loop(main);
  marks.insert(marks.begin(),
               step_mark(run, main, step_words(run, main) + (inside ? ", again and again" : ""), true));
  return marks;
}

// A receive that took another alternative than its send: each side goes on at its own place.
bool took_other_alternative(const RunView& run, std::uint32_t step) {
  const auto peer = run.links[step].peer;
  return !run.sends(step) && peer && run.transition(*peer).span != run.transition(step).span;
}

// Where the parties that cannot go on are. The place of an implicit state is the action before it.
void add_blocked_marks(const RunView& run, std::vector<Mark>& marks) {
  for (const exec::Blocked& blocked : run.ending.blocked) {
    if (blocked.accepts.empty()) continue;
    const ir::State& state = run.state(blocked.state);
    const bool named = state.kind == ir::State::Kind::Named;
    const std::string needs = alternatives(run.names(blocked.accepts));
    marks.push_back({state.span, fmt::format("{}the {} waits {}for {}", named ? "" : "after this ",
                                             ir::role_text(blocked.role), named ? "here " : "", needs)});
  }
}

// What is left in the queues, where it was sent.
void add_lost_marks(const RunView& run, std::uint32_t main, std::vector<Mark>& marks) {
  std::size_t count = 0;
  for (const exec::Undelivered& message : run.ending.undelivered) {
    const std::uint32_t step = message.sent_at;
    if (step >= run.size() || step == main || !run.is_lost(step) || ++count > kMostLostMarks) continue;
    marks.push_back(step_mark(run, step, step_words(run, step) + ", never received", false));
  }
}

// Nothing raced: one step made it unavoidable.
std::vector<Mark> single_marks(const RunView& run, std::uint32_t main) {
  const bool other = took_other_alternative(run, main);
  const std::string_view goes_on = other ? " and goes on here" : "";
  std::vector<Mark> marks{step_mark(run, main, fmt::format("{}{}", step_words(run, main), goes_on), true)};
  if (other) {
    const std::uint32_t sent = *run.links[main].peer;
    marks.push_back(step_mark(run, sent, fmt::format("{}{}", step_words(run, sent), goes_on), false));
  }
  add_blocked_marks(run, marks);
  add_lost_marks(run, main, marks);
  return marks;
}

}  // namespace

std::vector<Mark> ending_marks(const RunView& run) {
  const auto main = exec::main_step(run.ending, run.trace);
  if (!main || *main >= run.size()) {
    return {{run.state(run.trace.scope.entry).span, "both endpoints start here", true}};
  }
  if (run.ending.race.size() == 2 && run.ending.race[1] < run.size()) return race_marks(run);
  if (run.ending.loop_start && *run.ending.loop_start < run.size()) return loop_marks(run, *main);
  return single_marks(run, *main);
}

}  // namespace singspin::terminal
