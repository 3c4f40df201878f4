// What SPIN and the explorer must have in common.
#include <fmt/format.h>

#include <algorithm>

#include "promela/verify_systems/verify_systems.h"

namespace singspin::verify {

namespace {

using explore::Verdict;

const SeenEnd* seen(const SystemRun& run, const Verdict& verdict) {
  const auto found = std::find_if(run.ends.begin(), run.ends.end(), [&](const SeenEnd& s) {
    if (verdict.property == ir::SystemProperty::User)
      return s.end.kind == systems::RunEnd::Kind::Check && s.end.check == verdict.check;
    return s.end.kind == systems::RunEnd::Kind::Property && s.end.property == verdict.property;
  });
  return found == run.ends.end() ? nullptr : &*found;
}

// SPIN saw the fault, or for a `reachable` that it holds; the explorer has a run for the same.
std::string compare_ends(const explore::Decision& decision, const SystemRun& run) {
  const ir::System& system = decision.exploration.graph.interpreter().system();
  std::size_t known = 0;
  for (const Verdict& verdict : decision.verdicts) {
    if (!is_safety(system, verdict)) continue;
    const SeenEnd* end = seen(run, verdict);
    known += end != nullptr ? 1 : 0;
    if ((end != nullptr) != verdict.run.has_value())
      return fmt::format("{}: {} found a run", verdict.id, end != nullptr ? "only SPIN" : "SPIN never");
    if (end != nullptr && end->run && end->run->steps.size() != verdict.run->steps.size()) {
      return fmt::format("{}: {} steps instead of {}", verdict.id, end->run->steps.size(),
                         verdict.run->steps.size());
    }
  }
  const auto ends =
      static_cast<std::size_t>(std::count_if(run.ends.begin(), run.ends.end(), [](const SeenEnd& s) {
        return s.end.kind != systems::RunEnd::Kind::Abandoned;
      }));
  return ends == known ? "" : "SPIN found a fault that the interpreter does not have";
}

}  // namespace

bool is_safety(const ir::System& system, const Verdict& verdict) {
  if (verdict.property == ir::SystemProperty::OwedReply) return false;
  if (verdict.property != ir::SystemProperty::User) return true;
  const ir::Check::Kind kind = system.checks[*verdict.check].kind;
  return kind != ir::Check::Kind::LeadsTo && kind != ir::Check::Kind::Progress;
}

std::string compare_engines(const explore::Decision& decision, const SystemRun& run) {
  if (!decision.exhaustive() || !run.complete()) return "";
  const explore::Exploration& e = decision.exploration;
  if (*run.configurations != e.graph.size())
    return fmt::format("{} configurations instead of {}", *run.configurations, e.graph.size());
  if (run.transitions != e.transitions)
    return fmt::format("{} steps instead of {}", run.transitions, e.transitions);
  if (run.taken != e.taken) return "which steps are ever taken";
  return compare_ends(decision, run);
}

}  // namespace singspin::verify
