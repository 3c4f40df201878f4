// A counterexample of a system, ready to be told: the run, what each step did, the words of processes.
#pragma once

#include <string>
#include <vector>

#include "reports/formats/terminal/excerpt.h"
#include "reports/formats/terminal/facts.h"
#include "reports/report/report.h"
#include "reports/report/system_run.h"

namespace singspin::terminal {

class SystemView {
 public:
  SystemView(const report::Report& report, const report::SystemCounterexample& row);

  const report::Report& report() const { return report_; }
  const report::SystemCounterexample& row() const { return row_; }
  const ir::System& system() const { return system_; }
  const explore::Interpreter& interpreter() const { return interpreter_; }
  const std::vector<report::ToldStep>& steps() const { return steps_; }
  const report::SystemVerdict& verdict() const { return *verdicts_.front(); }
  const std::vector<const report::SystemVerdict*>& verdicts() const { return verdicts_; }
  const ir::Edge& edge(std::size_t step) const { return interpreter_.edge(steps_[step].step); }

  std::string process(ir::ProcessId id) const;  // `Spooler.jobs`
  // What a process waits for: `PutDone`, `lock tray`, `event done`, `Spooler.x`.
  std::string needs(const explore::Waiting& waiting) const;
  // `Spooler.paper`, `lock tray`: how it is named in `waits here for`.
  std::string waits_for(const explore::Waiting& waiting) const;
  std::string step_words(std::size_t step) const;  // as written, or what it does
  const explore::Waiting* waiting(ir::ProcessId id) const;
  bool is_generated(ir::ProcessId id) const;
  source::Span main() const;

 private:
  const report::Report& report_;
  const report::SystemCounterexample& row_;
  const ir::System& system_;
  explore::Interpreter interpreter_;
  std::vector<report::ToldStep> steps_;
  std::vector<const report::SystemVerdict*> verdicts_;
};

std::vector<Mark> system_marks(const SystemView& view);
std::vector<Fact> system_facts(const SystemView& view);

}  // namespace singspin::terminal
