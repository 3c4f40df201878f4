#include "frontend/explore/run.h"

namespace singspin::explore {

base::Expected<Run, Mismatch> execute(const Interpreter& interpreter, const std::vector<Step>& steps,
                                      std::optional<std::uint32_t> loop_start) {
  Run run;
  run.configurations.push_back(interpreter.initial());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool ended = run.violation || run.abandoned;
    if (ended || !interpreter.is_enabled(run.last(), steps[i])) return tl::unexpected(Mismatch{i});
    Outcome outcome = interpreter.apply(run.last(), steps[i]);
    run.steps.push_back(steps[i]);
    if (auto* next = std::get_if<Configuration>(&outcome)) run.configurations.push_back(std::move(*next));
    if (const auto* violation = std::get_if<Violation>(&outcome)) run.violation = *violation;
    run.abandoned = std::holds_alternative<Abandoned>(outcome);
  }
  if (!loop_start) return run;
  const bool ended = run.violation || run.abandoned || *loop_start > steps.size();
  if (ended || run.configurations[*loop_start] != run.last()) return tl::unexpected(Mismatch{steps.size()});
  run.loop_start = loop_start;
  return run;
}

}  // namespace singspin::explore
