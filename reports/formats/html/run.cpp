// A counterexample of a contract: its steps without what the page can work out again.
#include <algorithm>

#include "reports/formats/html/parts.h"

namespace singspin::html {

namespace {

constexpr std::size_t kFirstSteps = 1000;
constexpr std::size_t kLastSteps = 4000;

std::string_view kind_text(exec::Ending::Kind kind) {
  switch (kind) {
    case exec::Ending::Kind::Deadlock: return "deadlock";
    case exec::Ending::Kind::UnexpectedMessage: return "unexpected message";
    case exec::Ending::Kind::OrphanMessage: return "orphan message";
    case exec::Ending::Kind::UnboundedQueue: return "a queue grows without end";
    case exec::Ending::Kind::CannotFinish: return "no way to finish";
    case exec::Ending::Kind::CannotReturn: return "no way back to the start";
    case exec::Ending::Kind::Claim: return "a check fails";
  }
  UNREACHABLE("kind of ending is known");
}

class RunWriter {
 public:
  RunWriter(const report::Report& report, const report::Counterexample& run)
      : contract_(report.program.contracts[run.contract]), run_(run) {}

  std::string write(std::size_t machine, const Window& window) {
    out_.open_object().text("kind", "contract").number("machine", machine);
    out_.number("size", window.size).number("first", window.first).number("gap", window.gap);
    configuration("initial", run_.trace.configurations.front());
    if (window.gap > 0) configuration("resume", run_.trace.configurations[window.first + window.gap]);
    steps(window);
    ending();
    return out_.close_object().take();
  }

 private:
  void queue(const exec::Queue& queue) {
    out_.open_array();
    for (const ir::MessageId id : queue) out_.number(id.value);
    out_.close_array();
  }

  // [exporter, importer, queue to the exporter, queue to the importer]
  void configuration(std::string_view name, const exec::Configuration& at) {
    out_.key(name).open_array().number(at.exporter.value).number(at.importer.value);
    queue(at.to_exporter);
    queue(at.to_importer);
    out_.close_array();
  }

  // Transition times two, plus one if the importer takes it.
  void steps(const Window& window) {
    out_.key("steps").open_array();
    for (std::size_t i = 0; i < run_.trace.steps.size(); ++i) {
      const exec::Step& step = run_.trace.steps[i];
      if (!window.shows(i)) continue;
      out_.number(std::uint64_t{step.transition.value} * 2 + (step.actor == ir::Role::Importer ? 1 : 0));
    }
    out_.close_array();
  }

  void blocked(const exec::Blocked& row) {
    out_.open_object().number("role", row.role == ir::Role::Importer ? 1 : 0).key("accepts").open_array();
    for (const ir::MessageId id : row.accepts) out_.text(contract_.messages[id].name);
    out_.close_array();
    if (row.head) out_.text("head", contract_.messages[*row.head].name);
    if (contract_.states[row.state].final) out_.boolean("final", true);
    out_.close_object();
  }

  bool is_lost(const exec::Undelivered& row) const {
    const exec::Ending& ending = run_.ending;
    const bool waits =
        std::ranges::any_of(ending.blocked, [&](const auto& b) { return b.role == row.receiver; });
    return waits || contract_.states[run_.trace.last().state(row.receiver)].final;
  }

  void ending() {
    const exec::Ending& ending = run_.ending;
    out_.key("end").open_object().text("kind", kind_text(ending.kind)).key("blocked").open_array();
    for (const exec::Blocked& row : ending.blocked) blocked(row);
    out_.close_array().key("race").open_array();
    for (const std::uint32_t step : ending.race) out_.number(step);
    out_.close_array().key("lost").open_array();
    for (const exec::Undelivered& row : ending.undelivered) {
      if (is_lost(row)) out_.number(row.sent_at);
    }
    out_.close_array();
    if (ending.decisive) out_.number("decisive", *ending.decisive);
    if (ending.loop_start) out_.number("loop", *ending.loop_start);
    out_.close_object();
  }

  const ir::Contract& contract_;
  const report::Counterexample& run_;
  JsonText out_;
};

}  // namespace

Window window_of(std::size_t steps, Shown shown) {
  switch (shown) {
    case Shown::All: break;
    case Shown::Ends:
      if (steps > kFirstSteps + kLastSteps) return {kFirstSteps, steps - kFirstSteps - kLastSteps, steps};
      break;
    case Shown::Nothing: return {0, steps, steps};
  }
  return {steps, 0, steps};
}

std::string run_data(const report::Report& report, const report::Counterexample& run,
                     const Machines& machines, Shown shown) {
  return RunWriter(report, run).write(machines.row(run.contract), window_of(run.trace.steps.size(), shown));
}

void put_place(JsonText& out, const source::SourceMap& sources, source::Span span) {
  if (span.file.value >= sources.size()) {
    out.null();
    return;
  }
  const source::Position begin = sources.position(span.file, span.begin);
  const source::Position end = sources.position(span.file, span.end);
  out.open_array().number(span.file.value);
  out.number(begin.line).number(begin.column).number(end.line).number(end.column).close_array();
}

}  // namespace singspin::html
