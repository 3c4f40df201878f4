#include "frontend/exec/theorems.h"

#include <algorithm>
#include <span>

#include "frontend/exec/synchronizable.h"

namespace singspin::exec {

using ir::Property;

Theorems find_theorems(const ir::Contract& contract, ir::StateId entry, const Budget& budget) {
  Theorems result;
  const std::optional<Determinized> sets = determinize(contract, entry);
  result.deterministic = is_deterministic(contract, reached_from(contract, entry));
  result.lockstep = find_lockstep(contract, entry, sets);
  result.turns = find_turns(contract, entry, sets);
  if (result.deterministic && !result.lockstep)
    result.synchronizable = is_synchronizable(contract, entry, budget);
  return result;
}

std::vector<Basis> proofs_of(const Theorems& theorems, Property property) {
  std::vector<Basis> proofs;
  const bool is_fault = property == Property::DeadlockFree || property == Property::NoUnexpectedMessage ||
                        property == Property::NoOrphanMessage;
  const bool bounded = property == Property::QueuesBounded;
  const Basis shape = theorems.deterministic ? Basis::AutonomousDeterministic : Basis::EqualChoices;
  if (theorems.lockstep && (is_fault || (bounded && theorems.lockstep->longest))) proofs.push_back(shape);
  else if (theorems.turns && (property == Property::NoOrphanMessage || (bounded && theorems.turns->most)))
    proofs.push_back(Basis::TakesTurns);
  const bool about_heads = property == Property::NoUnexpectedMessage || property == Property::NoOrphanMessage;
  if (about_heads && theorems.deterministic && theorems.synchronizable == true)
    proofs.push_back(Basis::SynchronizableDeterministic);
  return proofs;
}

namespace {

constexpr Fault kFaultsOfHeads[] = {Fault::UnspecifiedReception, Fault::OrphanMessage,
                                    Fault::FinalWithPending};

bool has_any(const Observed& seen, std::span<const Fault> faults) {
  return std::ranges::any_of(faults, [&](Fault f) { return seen.faults[static_cast<std::size_t>(f)]; });
}

bool is_lockstep(const Lockstep& proved, const Observed& seen) {
  const Capacity& c = seen.capacity;
  const bool lengths =
      !proved.longest || (seen.longest.to_importer == std::min(proved.longest->to_importer, c.to_importer) &&
                          seen.longest.to_exporter == std::min(proved.longest->to_exporter, c.to_exporter));
  return !has_any(seen, kFaults) && !seen.both_queues_used && lengths && seen.sent == proved.transitions &&
         seen.received == proved.transitions && (proved.longest || seen.cut);
}

bool is_in_turns(const Turns& proved, const Observed& seen) {
  const bool lengths = !proved.most || (seen.longest.to_importer <= proved.most->to_importer &&
                                        seen.longest.to_exporter <= proved.most->to_exporter);
  return !has_any(seen, std::span(kFaultsOfHeads).subspan(1)) && !seen.both_queues_used && !seen.deadlock &&
         lengths;
}

}  // namespace

Observed observed(const Capacity& capacity, const Exploration& found) {
  Observed seen{capacity,   {found.longest_to_importer, found.longest_to_exporter},
                {},         found.deadlock.has_value(),
                found.cut,  found.both_queues_used,
                found.sent, found.received};
  for (std::size_t i = 0; i < seen.faults.size(); ++i) seen.faults[i] = found.faults[i].has_value();
  return seen;
}

std::string contradiction(const Theorems& theorems, const Observed& seen) {
  if (theorems.lockstep && !is_lockstep(*theorems.lockstep, seen))
    return "the search contradicts what the shape of the contract proves";
  if (theorems.turns && !is_in_turns(*theorems.turns, seen))
    return "the search contradicts that its ends send in turns";
  if (theorems.deterministic && theorems.synchronizable == true && has_any(seen, kFaultsOfHeads))
    return "the search contradicts that it is synchronizable and deterministic";
  return {};
}

}  // namespace singspin::exec
