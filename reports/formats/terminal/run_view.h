// One counterexample with all that its words need: the contract, the run, and which receive takes
// which message. Names come out sanitized.
// Knows the run and nothing of layout.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/exec/ending.h"
#include "reports/report/report.h"

namespace singspin::terminal {

struct RunView {
  RunView(const report::Report& whole, const report::Counterexample& one);

  const report::Report& report;
  const report::Counterexample& counterexample;
  const ir::Contract& contract;
  const exec::Trace& trace;
  const exec::Ending& ending;
  std::vector<exec::StepLink> links;

  // Steps are counted from 0 here and from 1 in what people read.
  std::uint32_t size() const { return static_cast<std::uint32_t>(trace.steps.size()); }
  bool sends(std::uint32_t step) const { return exec::is_send(contract, trace.steps[step]); }
  ir::Role actor(std::uint32_t step) const { return trace.steps[step].actor; }
  const ir::Transition& transition(std::uint32_t step) const;
  std::string message(std::uint32_t step) const { return name(transition(step).message); }
  std::string name(ir::MessageId id) const;
  std::vector<std::string> names(const std::vector<ir::MessageId>& ids) const;
  const ir::State& state(ir::StateId id) const { return contract.states[id]; }
  std::string words(ir::StateId id) const;
  // Null for a party that can still move.
  const exec::Blocked* blocked(ir::Role role) const;
  bool is_race(std::uint32_t step) const;
  // Both ends sent something before they saw what the other one sent.
  bool is_race_of_sends() const;
  bool in_loop(std::uint32_t step) const;
  // The message of this send stays in its queue for good.
  bool is_lost(std::uint32_t step) const;
};

// What `role` can receive or send at a state, without repetition.
std::vector<ir::MessageId> receives_at(const ir::Contract&, ir::Role role, ir::StateId state);
std::vector<ir::MessageId> sends_at(const ir::Contract&, ir::Role role, ir::StateId state);

}  // namespace singspin::terminal
