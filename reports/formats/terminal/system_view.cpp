#include "reports/formats/terminal/system_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

using explore::Waiting;

SystemView::SystemView(const report::Report& report, const report::SystemCounterexample& row)
    : report_(report),
      row_(row),
      system_(report.systems_found[row.system]),
      interpreter_(report.program, system_),
      steps_(report::tell(interpreter_, row.run)) {
  for (const report::SystemReport& found : report.systems) {
    if (found.system != row.system) continue;
    for (const std::size_t i : row.verdicts) verdicts_.push_back(&found.verdicts[i]);
  }
  CHECK(!verdicts_.empty(), "a counterexample violates a property");
}

std::string SystemView::process(ir::ProcessId id) const { return sanitize(report::thread_id(system_, id)); }

bool SystemView::is_generated(ir::ProcessId id) const {
  return system_.components[system_.processes[id].component].kind == ir::Component::Kind::Peer;
}

std::string SystemView::needs(const Waiting& waiting) const {
  switch (waiting.cause) {
    case Waiting::Cause::Lock: return "lock " + sanitize(system_.locks[*waiting.lock].name);
    case Waiting::Cause::Signal: return sanitize(system_.signals[*waiting.signal].name);
    case Waiting::Cause::Thread: return waiting.whom.empty() ? "a thread" : process(waiting.whom.front());
    case Waiting::Cause::Message: {
      if (!waiting.port) return "a message";
      std::vector<std::string> names;
      for (const ir::MessageId m : waiting.accepts)
        names.push_back(sanitize(interpreter_.contract(*waiting.port).messages[m].name));
      return names.empty() ? "a message" : alternatives(names);
    }
    case Waiting::Cause::Other: break;
  }
  return sanitize(system_.processes[waiting.process].locations[waiting.location].activity);
}

std::string SystemView::waits_for(const Waiting& waiting) const {
  const bool message = waiting.cause == Waiting::Cause::Message && !waiting.whom.empty();
  return message ? process(waiting.whom.front()) : needs(waiting);
}

std::string SystemView::step_words(std::size_t step) const {
  const ir::Edge& taken = edge(step);
  return sanitize(taken.action.empty() ? std::string(steps_[step].action) : taken.action);
}

const Waiting* SystemView::waiting(ir::ProcessId id) const {
  if (!row_.explanation) return nullptr;
  const auto found =
      std::ranges::find_if(row_.explanation->blocked, [&](const Waiting& w) { return w.process == id; });
  return found == row_.explanation->blocked.end() ? nullptr : &*found;
}

source::Span SystemView::main() const {
  if (row_.explanation) return row_.explanation->main;
  return steps_.empty() ? system_.span : edge(steps_.size() - 1).span;
}

namespace {

// The last step at which each lock that is still held was taken.
void add_locks(const SystemView& view, std::vector<Mark>& marks) {
  if (!view.row().explanation) return;
  for (const explore::HeldLock& held : view.row().explanation->locks) {
    for (std::size_t i = view.steps().size(); i-- > 0;) {
      const auto& locks = view.steps()[i].locks;
      const bool taken = std::ranges::any_of(
          locks, [&](const report::LockChange& c) { return c.lock == held.lock && c.acquired; });
      if (!taken) continue;
      marks.push_back({view.edge(i).span,
                       fmt::format("step {}: {} takes {}", i + 1, view.process(held.holder),
                                   sanitize(view.system().locks[held.lock].name)),
                       false});
      break;
    }
  }
}

void add_waiting(const SystemView& view, std::vector<Mark>& marks) {
  if (!view.row().explanation) return;
  for (const explore::Waiting& w : view.row().explanation->blocked) {
    if (view.is_generated(w.process)) continue;  // stands in no text
    const ir::Location& here = view.system().processes[w.process].locations[w.location];
    marks.push_back(
        {here.span, fmt::format("{} waits here for {}", view.process(w.process), view.waits_for(w)), false});
  }
}

// Where a block that the fault is about was given away or filled in.
void add_block(const SystemView& view, std::vector<Mark>& marks) {
  const auto& violation = view.row().run.violation;
  if (!violation || !violation->block) return;
  for (std::size_t i = view.steps().size(); i-- > 0;) {
    for (const report::TokenMove& move : view.steps()[i].tokens) {
      if (move.block != *violation->block) continue;
      marks.push_back(
          {view.edge(i).span,
           fmt::format("step {}: {} moves {} here", i + 1, view.process(view.steps()[i].step.process),
                       sanitize(report::token_id(view.system(), move.block))),
           false});
      return;
    }
  }
}

bool is_valid(const SystemView& view, source::Span span) {
  return span.file.value < view.report().sources.size();
}

}  // namespace

std::vector<Mark> system_marks(const SystemView& view) {
  std::vector<Mark> marks;
  const std::size_t last = view.steps().size();
  if (view.row().run.violation && last > 0) {
    marks.push_back({view.edge(last - 1).span,
                     fmt::format("step {}: {}", last, view.process(view.steps().back().step.process)), true});
  }
  add_block(view, marks);
  if (!view.row().run.violation) add_waiting(view, marks);
  add_locks(view, marks);
  std::erase_if(marks, [&](const Mark& m) { return !is_valid(view, m.span); });
  const auto main = std::ranges::find_if(marks, [&](const Mark& m) { return m.span == view.main(); });
  if (main == marks.end()) marks.insert(marks.begin(), {view.main(), "", true});
  else std::rotate(marks.begin(), main, main + 1);
  for (Mark& mark : marks) mark.main = &mark == &marks.front();
  return marks;
}

namespace {

// `Spooler.jobs waits for Printer, Printer for Spooler.paper, Spooler.paper for lock tray, which ...`
std::string cycle_words(const SystemView& view) {
  std::vector<std::string> words;
  const std::vector<ir::ProcessId>& cycle = view.row().explanation->cycle;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    const explore::Waiting* w = view.waiting(cycle[i]);
    const std::string next = view.process(cycle[(i + 1) % cycle.size()]);
    std::string one =
        fmt::format("{}{} for {}", view.process(cycle[i]), i == 0 ? " waits" : "",
                    w != nullptr && w->lock ? view.needs(*w) + ", which " + next + " holds" : next);
    words.push_back(std::move(one));
  }
  return join(words, ", ");
}

std::string loop_words(const SystemView& view) {
  const auto start = view.row().run.loop_start;
  if (!start) return "";
  const std::size_t steps = view.steps().size();
  if (*start == steps) return "the run stays there for ever";
  if (*start + 1 == steps) return fmt::format("step {} repeats for ever", steps);
  return fmt::format("steps {} to {} repeat for ever", *start + 1, steps);
}

}  // namespace

std::vector<Fact> system_facts(const SystemView& view) {
  std::vector<Fact> facts;
  const auto& why = view.row().explanation;
  if (why && why->cycle.size() >= 2) facts.push_back({"cycle", {cycle_words(view)}});
  std::vector<std::string> others;
  if (why && !view.row().run.violation) {
    for (const explore::Waiting& w : why->blocked) {
      const bool in_cycle = std::ranges::find(why->cycle, w.process) != why->cycle.end();
      if (in_cycle) continue;
      others.push_back(fmt::format("{}{}, for {}", view.process(w.process),
                                   view.is_generated(w.process) ? " (generated peer)" : "", view.needs(w)));
    }
  }
  if (!others.empty())
    facts.push_back({why->cycle.size() >= 2 ? "also waiting" : "waiting", {join(others, "; ")}});
  for (const explore::Owed& owed : view.verdict().verdict.owed)
    facts.push_back({"owed at", {sanitize(owed.place)}});
  if (const std::string loop = loop_words(view); !loop.empty()) facts.push_back({"then", {loop}});
  if (const auto& violation = view.row().run.violation; violation && violation->block) {
    facts.push_back({"block", {sanitize(report::token_id(view.system(), *violation->block))}});
  }
  for (const report::SystemReport& found : view.report().systems) {
    if (found.system == view.row().system) facts.push_back({"scope", {found.strength}});
  }
  return facts;
}

}  // namespace singspin::terminal
