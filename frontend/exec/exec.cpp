#include "frontend/exec/exec.h"

#include <algorithm>

namespace singspin::exec {

namespace {

const ir::State& state_of(const ir::Contract& contract, const Configuration& c, ir::Role role) {
  return contract.states[c.state(role)];
}

// The queue that messages with this sign travel in.
const Queue& queue(const Configuration& c, ir::Sign sign) {
  return sign == ir::Sign::Send ? c.to_importer : c.to_exporter;
}

bool has_room(const Scope& scope, const Configuration& c, ir::Sign sign) {
  const std::uint32_t room = sign == ir::Sign::Send ? scope.capacity.to_importer : scope.capacity.to_exporter;
  return room == kUnlimited || queue(c, sign).size() < room;
}

bool receives(const ir::Contract& contract, const ir::State& state, ir::Role role, ir::MessageId message) {
  return std::any_of(state.out.begin(), state.out.end(), [&](ir::TransitionId t) {
    const ir::Transition& row = contract.transitions[t];
    return row.message == message && ir::sender(row.sign) != role;
  });
}

bool has_send(const ir::Contract& contract, const ir::State& state, ir::Role role) {
  return std::any_of(state.out.begin(), state.out.end(),
                     [&](ir::TransitionId t) { return ir::sender(contract.transitions[t].sign) == role; });
}

// Section 8.7: receives first restrains the exporter, sends first the importer. The restrained party
// may send only with an empty queue or with a head it could not receive at this state.
bool is_restrained(const ir::Contract& contract, const Scope& scope, const Configuration& c, ir::Role role) {
  if (scope.reading == Reading::Free) return false;
  const ir::State& state = state_of(contract, c, role);
  const ir::Role restrained =
      state.mixed == ir::MixedForm::ReceivesFirst ? ir::Role::Exporter : ir::Role::Importer;
  if (state.mixed == ir::MixedForm::NotMixed || restrained != role) return false;
  const Queue& inbox = c.inbox(role);
  return !inbox.empty() && receives(contract, state, role, inbox.front());
}

// Enabled but for the capacity of the queue.
bool is_possible(const ir::Contract& contract, const Scope& scope, const Configuration& c, const Step& step) {
  const ir::Transition& row = contract.transitions[step.transition];
  if (row.from != c.state(step.actor)) return false;
  if (is_send(contract, step)) return !is_restrained(contract, scope, c, step.actor);
  const Queue& inbox = c.inbox(step.actor);
  return !inbox.empty() && inbox.front() == row.message;
}

bool is_final(const ir::Contract& contract, const Configuration& c, ir::Role role) {
  return state_of(contract, c, role).final;
}

}  // namespace

bool is_send(const ir::Contract& contract, const Step& step) {
  return ir::sender(contract.transitions[step.transition].sign) == step.actor;
}

Configuration initial(const Scope& scope) { return {scope.entry, scope.entry, {}, {}}; }

bool is_enabled(const ir::Contract& contract, const Scope& scope, const Configuration& c, const Step& step) {
  if (!is_possible(contract, scope, c, step)) return false;
  return !is_send(contract, step) || has_room(scope, c, contract.transitions[step.transition].sign);
}

std::vector<Step> enabled(const ir::Contract& contract, const Scope& scope, const Configuration& c) {
  std::vector<Step> steps;
  for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
    for (const ir::TransitionId t : state_of(contract, c, role).out) {
      if (is_enabled(contract, scope, c, {role, t})) steps.push_back({role, t});
    }
  }
  return steps;
}

bool is_cut(const ir::Contract& contract, const Scope& scope, const Configuration& c) {
  for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
    for (const ir::TransitionId t : state_of(contract, c, role).out) {
      const Step step{role, t};
      const bool held_back = is_possible(contract, scope, c, step) && !is_enabled(contract, scope, c, step);
      if (held_back) return true;
    }
  }
  return false;
}

Configuration apply(const ir::Contract& contract, Configuration c, const Step& step) {
  const ir::Transition& row = contract.transitions[step.transition];
  CHECK(row.from == c.state(step.actor), "the actor of a step is where its transition begins");
  Queue& carrier = row.sign == ir::Sign::Send ? c.to_importer : c.to_exporter;
  if (is_send(contract, step)) {
    carrier.push_back(row.message);
  } else {
    CHECK(!carrier.empty() && carrier.front() == row.message, "a receive takes the head of its queue");
    carrier.erase(carrier.begin());
  }
  (step.actor == ir::Role::Exporter ? c.exporter : c.importer) = row.to;
  return c;
}

namespace {

bool is_stuck(const ir::Contract& contract, const Scope& scope, const Configuration& c) {
  if (is_final(contract, c, ir::Role::Exporter) && is_final(contract, c, ir::Role::Importer)) return false;
  return enabled(contract, scope, c).empty() && !is_cut(contract, scope, c);
}

bool has_unspecified_reception(const ir::Contract& contract, const Configuration& c) {
  for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
    const ir::State& state = state_of(contract, c, role);
    const Queue& inbox = c.inbox(role);
    const bool receive_only = !state.final && !has_send(contract, state, role);
    if (receive_only && !inbox.empty() && !receives(contract, state, role, inbox.front())) return true;
  }
  return false;
}

bool has_final_with_pending(const ir::Contract& contract, const Configuration& c) {
  for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
    const bool alone = is_final(contract, c, role) && !is_final(contract, c, ir::other(role));
    if (alone && !c.inbox(role).empty()) return true;
  }
  return false;
}

bool has_orphan(const ir::Contract& contract, const Configuration& c) {
  const bool both_final =
      is_final(contract, c, ir::Role::Exporter) && is_final(contract, c, ir::Role::Importer);
  return both_final && !(c.to_importer.empty() && c.to_exporter.empty());
}

}  // namespace

bool has_fault(const ir::Contract& contract, const Scope& scope, const Configuration& c, Fault fault) {
  switch (fault) {
    case Fault::Stuck: return is_stuck(contract, scope, c);
    case Fault::UnspecifiedReception: return has_unspecified_reception(contract, c);
    case Fault::OrphanMessage: return has_orphan(contract, c);
    case Fault::FinalWithPending: return has_final_with_pending(contract, c);
  }
  UNREACHABLE("fault is known");
}

bool is_deadlock(const ir::Contract& contract, const Scope& scope, const Configuration& c) {
  return c.to_importer.empty() && c.to_exporter.empty() && is_stuck(contract, scope, c);
}

bool has_unreceivable_head_at_mixed(const ir::Contract& contract, const Configuration& c) {
  for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
    const ir::State& state = state_of(contract, c, role);
    const Queue& inbox = c.inbox(role);
    if (state.mixed != ir::MixedForm::NotMixed && !inbox.empty() &&
        !receives(contract, state, role, inbox.front()))
      return true;
  }
  return false;
}

base::Expected<Trace, Mismatch> execute(const ir::Contract& contract, const Scope& scope,
                                        const std::vector<Step>& steps) {
  Scope unlimited = scope;
  unlimited.capacity = {kUnlimited, kUnlimited};
  Trace trace{unlimited, {}, {initial(scope)}};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool known = contract.transitions.contains(steps[i].transition);
    if (!known || !is_enabled(contract, unlimited, trace.last(), steps[i]))
      return tl::unexpected(Mismatch{i});
    trace.configurations.push_back(apply(contract, trace.last(), steps[i]));
    trace.steps.push_back(steps[i]);
  }
  return trace;
}

}  // namespace singspin::exec
