#include "reports/replay/engine/open.h"

#include <fmt/format.h>

namespace singspin::replay {

using report::Damage;

std::string difference(const report::SavedConfiguration& a, const report::SavedConfiguration& b) {
  if (a.states != b.states) return "states";
  if (a.queues != b.queues) return "queues";
  if (a.components != b.components) return "components";
  if (a.threads != b.threads) return "threads";
  if (a.tokens != b.tokens) return "tokens";
  if (a.locks != b.locks) return "locks";
  return a.events != b.events ? "events" : "";
}

std::string place_of_configuration(std::size_t index) {
  return index == 0 ? "initial" : fmt::format("steps[{}].after", index - 1);
}

namespace {

// Steps that the end speaks of exist.
std::optional<Damage> check_end(const report::SavedTrace& trace) {
  const auto is_step = [&](std::uint64_t index) { return index >= 1 && index <= trace.steps.size(); };
  if (trace.end.decisive && !is_step(*trace.end.decisive))
    return Damage{"end.decisiveStep", "is no step of the run"};
  for (std::size_t i = 0; i < trace.end.race.size(); ++i) {
    if (!is_step(trace.end.race[i])) return Damage{fmt::format("end.race[{}]", i), "is no step of the run"};
  }
  return std::nullopt;
}

}  // namespace

base::Expected<std::unique_ptr<World>, Damage> open_trace(const report::SavedTrace& trace) {
  if (auto wrong = check_end(trace)) return tl::unexpected(*wrong);
  return trace.is_system ? open_system(trace) : open_contract(trace);
}

}  // namespace singspin::replay
