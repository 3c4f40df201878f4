#include "reports/formats/terminal/run_view.h"

#include <algorithm>

#include "reports/formats/terminal/terminal.h"

namespace singspin::terminal {

namespace {

std::vector<ir::MessageId> messages_at(const ir::Contract& contract, ir::StateId state, ir::Role sender) {
  std::vector<ir::MessageId> messages;
  for (const ir::TransitionId id : contract.states[state].out) {
    const ir::Transition& transition = contract.transitions[id];
    if (ir::sender(transition.sign) != sender) continue;
    if (std::ranges::find(messages, transition.message) == messages.end()) {
      messages.push_back(transition.message);
    }
  }
  return messages;
}

}  // namespace

RunView::RunView(const report::Report& whole, const report::Counterexample& one)
    : report(whole),
      counterexample(one),
      contract(whole.program.contracts[one.contract]),
      trace(one.trace),
      ending(one.ending),
      links(exec::link_steps(contract, trace)) {}

const ir::Transition& RunView::transition(std::uint32_t step) const {
  return contract.transitions[trace.steps[step].transition];
}

std::string RunView::name(ir::MessageId id) const { return sanitize(contract.messages[id].name); }

std::vector<std::string> RunView::names(const std::vector<ir::MessageId>& ids) const {
  std::vector<std::string> all;
  for (const ir::MessageId id : ids) all.push_back(name(id));
  return all;
}

std::string RunView::words(ir::StateId id) const { return sanitize(ir::state_words(state(id))); }

const exec::Blocked* RunView::blocked(ir::Role role) const {
  const auto found = std::ranges::find(ending.blocked, role, &exec::Blocked::role);
  return found == ending.blocked.end() ? nullptr : &*found;
}

bool RunView::is_race(std::uint32_t step) const {
  return std::ranges::find(ending.race, step) != ending.race.end();
}

bool RunView::is_race_of_sends() const {
  const std::vector<std::uint32_t>& race = ending.race;
  return race.size() == 2 && race[1] < size() && sends(race[0]) && sends(race[1]) &&
         actor(race[0]) != actor(race[1]);
}

bool RunView::in_loop(std::uint32_t step) const { return ending.loop_start && step >= *ending.loop_start; }

bool RunView::is_lost(std::uint32_t step) const {
  if (!sends(step) || links[step].peer || in_loop(step)) return false;
  const ir::Role receiver = ir::other(actor(step));
  return blocked(receiver) != nullptr || state(trace.last().state(receiver)).final;
}

std::vector<ir::MessageId> receives_at(const ir::Contract& contract, ir::Role role, ir::StateId state) {
  return messages_at(contract, state, ir::other(role));
}

std::vector<ir::MessageId> sends_at(const ir::Contract& contract, ir::Role role, ir::StateId state) {
  return messages_at(contract, state, role);
}

}  // namespace singspin::terminal
