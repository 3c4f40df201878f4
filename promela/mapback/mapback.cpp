#include "promela/mapback/mapback.h"

#include <fmt/format.h>

namespace singspin::mapback {

namespace {

base::Expected<exec::Step> candidate_step(const Target& target, const Identity& identity,
                                          const spin::TrailRecord& record) {
  const auto found = identity.by_trail_id.find(record.transition);
  if (found == identity.by_trail_id.end() || !found->second.transition) {
    return base::tool_error(
        fmt::format("transition {} of the trail is no statement of the model", record.transition));
  }
  const pml::Origin& origin = found->second;
  const auto role = record.process == target.first_process ? ir::Role::Exporter : ir::Role::Importer;
  if (origin.role != role || origin.machine != target.machine) {
    return base::tool_error(fmt::format("step {} of the trail belongs to another process", record.depth));
  }
  return exec::Step{role, *origin.transition};
}

// The last record of a breadth-first trail may name anything: it was never executed.
base::Expected<std::vector<exec::Step>> candidate_steps(const Target& target, const Identity& identity,
                                                        const spin::Trail& trail) {
  std::vector<exec::Step> steps;
  for (const spin::TrailRecord& record : trail.records) {
    if (record.process < target.first_process) continue;  // the process that starts a machine
    const auto step = candidate_step(target, identity, record);
    if (step) steps.push_back(*step);
    else if (&record != &trail.records.back()) return tl::unexpected(step.error());
  }
  return steps;
}

// The steps executed, if the end shows the fault under the rules of the search.
std::optional<exec::Trace> run_to_fault(const Target& target, const std::vector<exec::Step>& steps,
                                        exec::Fault fault) {
  auto trace = exec::execute(*target.contract, target.scope, steps);
  if (!trace || !exec::has_fault(*target.contract, trace->scope, trace->last(), fault)) return std::nullopt;
  return std::move(*trace);
}

}  // namespace

base::Expected<exec::Trace> map_back(const Target& target, const Identity& identity, const spin::Trail& trail,
                                     exec::Fault fault) {
  const auto steps = candidate_steps(target, identity, trail);
  if (!steps) return tl::unexpected(steps.error());
  // The shorter run first: a record that was never executed may look executable.
  std::vector<exec::Step> shorter = *steps;
  if (!shorter.empty()) shorter.pop_back();
  if (auto trace = run_to_fault(target, shorter, fault)) return std::move(*trace);
  if (auto trace = run_to_fault(target, *steps, fault)) return std::move(*trace);
  return base::tool_error(
      fmt::format("the {} steps of the trail do not lead to the violation SPIN reported", steps->size()));
}

}  // namespace singspin::mapback
