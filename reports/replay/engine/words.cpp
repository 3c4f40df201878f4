// What a session says about a configuration.
#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"
#include "reports/replay/engine/session.h"

namespace singspin::replay {

namespace {

using Group = Row::Group;

bool is_told(Group group) { return group != Group::Queue && group != Group::Thread; }

}  // namespace

std::vector<std::string> changes(const World& world, std::size_t k) {
  const std::vector<Row> now = world.rows(k);
  const std::vector<Row> before = k == 0 ? std::vector<Row>() : world.rows(k - 1);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const bool both_states = !world.is_system() && now[i].group == Group::State;
    const bool changed = !before.empty() && now[i] != before[i];
    if (is_told(now[i].group) && (changed || both_states))
      all.push_back(fmt::format("{}={}", now[i].name, now[i].value));
  }
  return all;
}

std::string step_line(const Session& session, std::size_t k) {
  std::string line = fmt::format("step {}/{}  ", k, session.size());
  if (k == 0) {
    line += "start";
  } else {
    const StepView step = session.world().step(k);
    line += fmt::format("{} {}", step.who, step.words);
    if (step.faulty) line += ": " + session.world().ending(k);
  }
  for (const std::string& change : changes(session.world(), k)) line += "  " + change;
  return line;
}

namespace {

std::string role_words(const std::string& component) {
  if (component == "imp") return "importer";
  return component == "exp" ? "exporter" : component;
}

// One participant of the recorded end.
std::string blocked_words(const report::SavedBlocked& row) {
  const std::string who = row.thread.empty() ? role_words(row.component) : row.thread;
  const std::string needs = terminal::alternatives(row.accepts);
  const std::string head = row.head.value_or("");
  if (row.cause == "unexpected-message")
    return fmt::format("{} needs {}, but {} is first in its queue", who, needs, head);
  if (row.cause == "full-queue")
    return fmt::format("{} can only send {}, but the queue is full", who, terminal::alternatives(row.sends));
  if (row.cause == "final")
    return who + " has finished" + (head.empty() ? "" : fmt::format(", but {} is first in its queue", head));
  if (row.cause == "empty-queue" && row.thread.empty())
    return fmt::format("{} waits for {}: its queue is empty", who, needs);
  std::string what = row.waits_for.empty() ? needs : row.waits_for;
  if (what.empty()) what = "something";
  if (row.waits_for_kind == "lock")
    what = "lock " + what.substr(what.find('.') == what.npos ? 0 : what.find('.') + 1);
  if (!row.waits_for_from.empty())
    what += row.waits_for_kind == "lock" ? fmt::format(", which {} holds", row.waits_for_from)
                                         : " from " + row.waits_for_from;
  return fmt::format("{} waits for {}", who, what);
}

std::string decided(const report::SavedEnd& end) {
  std::string words;
  if (end.race.size() == 2) words = fmt::format("steps {} and {} are independent", end.race[0], end.race[1]);
  if (end.decisive) words += fmt::format("{}decided by step {}", words.empty() ? "" : "; ", *end.decisive);
  return words;
}

std::vector<std::string> why_ended(const report::SavedTrace& trace) {
  const report::SavedEnd& end = trace.end;
  std::vector<std::string> lines;
  const bool says_all = end.kind == "deadlock" && !end.blocked.empty();
  if (!says_all && !trace.claim.message.empty()) lines.push_back(trace.claim.message);
  for (const report::SavedBlocked& row : end.blocked) lines.push_back(blocked_words(row));
  if (end.cycle.size() >= 2) {
    std::string line;
    for (std::size_t i = 0; i < end.cycle.size(); ++i)
      line += fmt::format("{}{}{} for {}", i == 0 ? "" : ", ", end.cycle[i], i == 0 ? " waits" : "",
                          end.cycle[(i + 1) % end.cycle.size()]);
    lines.push_back(line);
  }
  if (end.kind != "deadlock" && !end.undelivered.empty()) {
    std::vector<std::string> names;
    for (const report::SavedUndelivered& row : end.undelivered)
      names.push_back(fmt::format("{} (step {})", row.message, row.sent_at));
    lines.push_back("never received: " + terminal::enumerate(names));
  }
  if (trace.loop_start) {
    const std::size_t first = *trace.loop_start + 1;
    lines.push_back(first > trace.steps.size()
                        ? "the run stays here for ever"
                        : fmt::format("steps {} to {} repeat for ever", first, trace.steps.size()));
  }
  if (const std::string words = decided(end); !words.empty()) lines.push_back(words);
  return lines;
}

}  // namespace

std::vector<std::string> why(const Session& session, std::size_t k) {
  const World& world = session.world();
  const report::SavedTrace* recorded = session.recorded();
  if (recorded != nullptr && !session.simulates() && k == session.size() && recorded->claim.kind != "none") {
    if (auto lines = why_ended(*recorded); !lines.empty()) return lines;
  }
  std::vector<std::string> lines;
  if (const std::string over = world.ending(k); !over.empty()) lines.push_back(over);
  for (const Choice& choice : world.enabled(k)) {
    const StepView& step = choice.step;
    std::string words = step.words;
    for (const auto& [third, base] : {std::pair("sends ", "send "), std::pair("receives ", "receive ")}) {
      if (words.starts_with(third)) words = base + words.substr(std::string_view(third).size());
    }
    const bool plain = words != step.words;
    lines.push_back(fmt::format("{} {}{} ({})", step.who, plain ? "can " : "may go on: it ", words,
                                place_words(world.sources(), step.span)));
  }
  for (std::string& line : world.waits(k)) lines.push_back(std::move(line));
  if (lines.empty()) lines.push_back("nobody has anything left to do");
  return lines;
}

}  // namespace singspin::replay
