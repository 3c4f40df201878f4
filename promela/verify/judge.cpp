#include "promela/verify/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/exec/ahead.h"

namespace singspin::verify {

using exec::Fault;
using exec::Reason;
using exec::Status;
using exec::Verdict;
using ir::Property;

bool is_spin_limit(const spin::Failure& failure) {
  return failure.kind == spin::Failure::Failed && (failure.message.find("too long") != std::string::npos ||
                                                   failure.message.find("too many") != std::string::npos);
}

Reason reason_of(spin::Incomplete cause) {
  switch (cause) {
    case spin::Incomplete::TimeLimit: return Reason::TimeLimit;
    case spin::Incomplete::MemoryLimit: return Reason::MemoryLimit;
    case spin::Incomplete::DepthLimit: return Reason::DepthLimit;
    case spin::Incomplete::Interrupted: return Reason::Interrupted;
    case spin::Incomplete::UnknownText: return Reason::EngineWarning;
    case spin::Incomplete::StoppedAtError:
    case spin::Incomplete::NotExhaustive:
    case spin::Incomplete::ModelFault:
    case spin::Incomplete::MissingStatistics:
    case spin::Incomplete::Crashed: return Reason::EngineFailure;
  }
  UNREACHABLE("cause is known");
}

std::string limit_advice(Reason reason, const Options& options) {
  switch (reason) {
    case Reason::TimeLimit: return fmt::format("raise it with --time {:.0f}", options.time_limit_seconds * 4);
    case Reason::MemoryLimit:
      return fmt::format("raise it with --memory {}M", (options.memory_limit_bytes >> 20) * 2);
    case Reason::DepthLimit: return fmt::format("raise it with --depth {}", options.depth_limit * 4);
    default: return {};
  }
}

Reason reason_of(const spin::Failure& failure) {
  if (is_spin_limit(failure)) return Reason::Unsupported;
  switch (failure.kind) {
    case spin::Failure::TimedOut: return Reason::TimeLimit;
    case spin::Failure::MemoryLimit: return Reason::MemoryLimit;
    case spin::Failure::Interrupted: return Reason::Interrupted;
    case spin::Failure::Warning: return Reason::EngineWarning;
    case spin::Failure::Missing:
    case spin::Failure::Failed: return Reason::EngineFailure;
  }
  UNREACHABLE("failure is known");
}

namespace {

// With a send held back nobody knows how long a queue gets and how many configurations there are.
exec::Statistics statistics(const MachineFacts& facts) {
  const spin::SpinOutcome& outcome = facts.run.outcome;
  exec::Statistics result;
  if (!facts.run.observation) return result;
  const bool all_seen = outcome.complete && facts.run.observation->cut == 0;
  if (all_seen) result.configurations = outcome.states_stored;
  if (all_seen)
    result.longest_queue =
        std::max(facts.run.observation->longest_to_importer, facts.run.observation->longest_to_exporter);
  result.states_stored = outcome.states_stored;
  if (facts.run.cached) {  // nobody can tell what a run of another process took
    result.transitions = outcome.transitions;
    return result;
  }
  result.states_matched = outcome.states_matched;
  result.transitions = outcome.transitions;
  result.max_depth = outcome.max_depth;
  result.memory_bytes = static_cast<std::uint64_t>(outcome.memory_megabytes * 1024 * 1024);
  result.state_vector_bytes = outcome.state_vector_bytes;
  result.elapsed_seconds = facts.run.seconds;
  return result;
}

class Judge {
 public:
  Judge(const ir::Contract& contract, const MachineFacts& facts, const Options& options)
      : contract_(contract), facts_(facts), run_(facts.run), options_(options) {}

  Verdict start(Property property) const {
    Verdict v;
    v.property = property;
    v.severity = diagnostics::info(ir::code(property)).severity;
    v.capacity = run_.capacity;
    v.entry = facts_.machine.scope.entry;
    if (ir::has_mixed_states(contract_)) v.reading = facts_.machine.scope.reading;
    v.statistics = statistics(facts_);
    v.exhaustive = complete();
    return v;
  }

  bool complete() const { return !run_.failure && run_.outcome.complete && run_.observation.has_value(); }
  bool never_cut() const { return complete() && run_.observation->cut == 0; }

  // SPIN cannot take the contract. A limit that the user can raise is another matter: then nothing is proved.
  bool too_large_for_spin() const {
    return facts_.not_for_spin || (run_.failure && is_spin_limit(*run_.failure));
  }
  // A theorem says it all where no search could.
  bool decided_by_shape() const { return facts_.theorems.lockstep && too_large_for_spin(); }

  void prove_by_theorem(Verdict& v, std::vector<exec::Basis> proofs) const {
    v.status = Status::Proved;
    v.strength = exec::Strength::AnyQueueLength;
    v.exhaustive = true;  // every state of the contract was looked at
    v.bases = std::move(proofs);
    v.capacity = {1, 1};  // with which synchronizability was decided
    if (!take_longest(v)) return;
    const exec::Capacity& longest = *facts_.theorems.lockstep->longest;
    v.capacity = {std::max(longest.to_importer, 1u), std::max(longest.to_exporter, 1u)};
  }

  // What a theorem says about the longest queue.
  bool take_longest(Verdict& v) const {
    if (!facts_.theorems.lockstep || !facts_.theorems.lockstep->longest) return false;
    const auto& [to_importer, to_exporter] = *facts_.theorems.lockstep->longest;
    v.statistics.longest_queue = std::max(to_importer, to_exporter);
    return true;
  }

  // Inconclusive or an error, with the reason the run gives.
  void leave_open(Verdict& v) const {
    v.status = Status::Inconclusive;
    if (run_.failure) {
      v.reason = reason_of(*run_.failure);
      v.detail = run_.failure->message;
    } else if (run_.outcome.cause) {
      v.reason = reason_of(*run_.outcome.cause);
      v.detail = run_.outcome.cause_text;
    } else {
      v.reason = Reason::EngineFailure;
      v.detail = "the observer of the model did not report";
    }
    if (v.reason == Reason::EngineFailure) v.status = Status::Error;
    const std::string words = limit_advice(v.reason, options_);
    if (!words.empty()) v.detail = v.detail.empty() ? words : fmt::format("{}; {}", v.detail, words);
  }

  void prove(Verdict& v) const {
    v.status = Status::Proved;
    if (never_cut()) v.bases.push_back(exec::Basis::CompleteSearch);
    const std::vector<exec::Basis> proofs = exec::proofs_of(facts_.theorems, v.property);
    v.bases.insert(v.bases.end(), proofs.begin(), proofs.end());
    if (!v.bases.empty()) {
      v.strength = exec::Strength::AnyQueueLength;
      if (!never_cut()) take_longest(v);
      return;
    }
    v.strength = exec::Strength::UpToCapacity;
    v.bases = {exec::Basis::BoundedSearch};
    v.settled_by = facts_.enough;
  }

  // A property that fails exactly if one of the faults was seen.
  Verdict by_faults(Property property, std::initializer_list<Fault> faults) const {
    Verdict v = start(property);
    const std::vector<exec::Basis> proofs = exec::proofs_of(facts_.theorems, property);
    bool seen = false;
    for (const Fault fault : faults) {
      const auto i = static_cast<std::size_t>(fault);
      seen = seen || (run_.observation && run_.observation->faults[i] > 0);
      const bool shorter =
          run_.traces[i] && (!v.trace || run_.traces[i]->steps.size() < v.trace->steps.size());
      if (shorter) v.trace = run_.traces[i];
    }
    if (v.trace) {
      // Executed with queues without limit, so it is real for any queue length.
      v.status = Status::Violated;
      v.strength = exec::Strength::AnyQueueLength;
    } else if (seen) {
      const bool expected = !options_.want_traces || run_.out_of_time_for_traces;
      v.status = expected ? Status::Violated : Status::Error;
      v.strength = exec::Strength::AnyQueueLength;  // the observer never counts what room would resolve
      v.reason = Reason::EngineFailure;
      v.detail = run_.trace_problem;
    } else if (complete()) {
      prove(v);
    } else if (too_large_for_spin() && !proofs.empty()) {
      prove_by_theorem(v, proofs);
    } else {
      leave_open(v);
    }
    return v;
  }

  std::vector<bool> reached(ir::Role role) const {
    if (decided_by_shape()) return facts_.theorems.lockstep->states;
    std::vector<bool> at(contract_.states.size());
    at[facts_.machine.scope.entry.value] = true;
    for (const ir::TransitionId t : contract_.transitions.ids()) {
      const ir::Transition& row = contract_.transitions[t];
      const bool fired = ir::sender(row.sign) == role ? run_.sent[t.value] : run_.received[t.value];
      if (fired) at[row.to.value] = true;
    }
    return at;
  }

  // By transition: some party sent it.
  const std::vector<bool>& sent() const {
    return decided_by_shape() ? facts_.theorems.lockstep->transitions : run_.sent;
  }

  Verdict bounded() const {
    Verdict v = start(Property::QueuesBounded);
    const std::vector<exec::Basis> proofs = exec::proofs_of(facts_.theorems, v.property);
    if (never_cut() || (complete() && !proofs.empty())) {
      prove(v);
      return v;
    }
    if (too_large_for_spin() && !proofs.empty()) {
      prove_by_theorem(v, proofs);
      return v;
    }
    if (run_.observation || decided_by_shape()) {
      for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
        if (auto trace = pumping_run(role);
            trace && (!v.trace || trace->steps.size() < v.trace->steps.size()))
          v.trace = std::move(trace);
      }
    }
    if (v.trace) {
      v.status = Status::Violated;
      v.strength = exec::Strength::AnyQueueLength;
    } else if (complete()) {
      v.status = Status::Inconclusive;
      v.reason = Reason::QueueLimit;
      v.detail = fmt::format("a send was held back by queues of {}",
                             std::max(v.capacity.to_importer, v.capacity.to_exporter));
      v.settled_by = facts_.enough;
      if (options_.queue_capacity)
        v.detail +=
            fmt::format("; raise it with --queue {}",
                        facts_.enough ? std::max(facts_.enough->to_importer, facts_.enough->to_exporter)
                                      : *options_.queue_capacity * 2);
    } else {
      leave_open(v);
    }
    return v;
  }

  // What branching allows, from the interpreter's own exploration. It counts if no send was held back and
  // the interpreter saw as many configurations as SPIN stored.
  Verdict ahead(Property property, const exec::Ahead& look) const {
    Verdict v = start(property);
    if (!complete()) {
      leave_open(v);
      return v;
    }
    if (!never_cut() || !look.complete) {
      v.status = Status::Inconclusive;
      v.reason = never_cut() ? Reason::MemoryLimit : Reason::QueueLimit;
      v.detail = never_cut() ? fmt::format("more than {} configurations", look.configurations)
                             : "a send was held back, so not every run was looked at";
      return v;
    }
    if (look.configurations != run_.outcome.states_stored) {
      v.status = Status::Error;
      v.reason = Reason::EngineFailure;
      v.detail = fmt::format("the interpreter counts {} configurations, SPIN {}", look.configurations,
                             run_.outcome.states_stored);
      return v;
    }
    v.trace = property == Property::CanFinish ? look.cannot_finish : look.cannot_return;
    v.status = v.trace ? Status::Violated : Status::Proved;
    v.strength = exec::Strength::AnyQueueLength;
    return v;
  }

  // As much as SPIN saw, within what memory allows.
  exec::Ahead look_ahead() const {
    constexpr std::uint64_t kMost = 3'000'000;
    if (!never_cut()) return {};
    return exec::look_ahead(contract_, facts_.machine.scope,
                            {std::min<std::uint64_t>(run_.outcome.states_stored + 1, kMost)});
  }

 private:
  // Section 8.5: a party that really reaches a cycle of its own sends can go round for ever.
  std::optional<exec::Trace> pumping_run(ir::Role role) const {
    const auto cycle = exec::find_send_cycle(contract_, role, reached(role));
    if (!cycle) return std::nullopt;
    return exec::run_around(contract_, facts_.machine.scope, *cycle, {options_.explorer_budget});
  }

  const ir::Contract& contract_;
  const MachineFacts& facts_;
  const MachineRun& run_;
  const Options& options_;
};

}  // namespace

Verdict open_verdict(const ir::Contract& contract, const MachineFacts& facts, const Options& options) {
  const Judge judge(contract, facts, options);
  Verdict v = judge.start(Property::User);
  if (judge.complete()) judge.prove(v);
  else judge.leave_open(v);
  return v;
}

bool is_wanted(const Options& options, Property property) {
  return options.properties.empty() ? ir::is_default(property) : options.properties.contains(property);
}

bool grows_without_end(const ir::Contract& contract, const MachineFacts& facts, const Options& options) {
  return Judge(contract, facts, options).bounded().status == Status::Violated;
}

std::vector<Verdict> judge(const ir::Contract& contract, const MachineFacts& facts, const Options& options) {
  const Judge judge(contract, facts, options);
  std::vector<Verdict> verdicts = {
      judge.by_faults(Property::DeadlockFree, {Fault::Stuck}),
      judge.by_faults(Property::NoUnexpectedMessage, {Fault::UnspecifiedReception}),
      judge.by_faults(Property::NoOrphanMessage, {Fault::OrphanMessage, Fault::FinalWithPending}),
      judge.bounded()};
  std::optional<exec::Ahead> look;
  for (const Property property : {Property::CanFinish, Property::ReturnsToStart}) {
    if (!is_wanted(options, property)) continue;
    if (!look) look = judge.look_ahead();
    verdicts.push_back(judge.ahead(property, *look));
  }
  return verdicts;
}

namespace {

diagnostics::Diagnostic finding(const ir::Contract& contract, source::Span span, std::string message,
                                std::string label) {
  diagnostics::Diagnostic d;
  d.code = diagnostics::Code::states_reachable;
  d.severity = diagnostics::info(d.code).severity;
  d.span = span;
  d.message = std::move(message);
  d.label = std::move(label);
  d.subject = contract.qualified_name;
  return d;
}

// Messages that stand only in unreached states are a note of their state (output specification, 5.3).
struct ReachedRows {
  std::vector<bool> states;       // some party was there
  std::vector<bool> transitions;  // some party sent
};

std::string list_words(const std::vector<std::string>& names) {
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i) {
    words += i == 0 ? "" : i + 1 == names.size() ? " and " : ", ";
    words += names[i];
  }
  return words;
}

bool is_at_unreached(const ir::Contract& contract, const ReachedRows& rows, const ir::Transition& t,
                     const ir::NamedState& state) {
  const ir::State& from = contract.states[t.from];
  return !rows.states[t.from.value] && (from.id == state.name || from.parent == state.name);
}

void report_states(const ir::Contract& contract, const ReachedRows& rows, const std::string& starts,
                   std::vector<diagnostics::Diagnostic>& findings) {
  for (const ir::NamedState& state : ir::named_states(contract)) {
    const bool entered =
        std::any_of(state.at.begin(), state.at.end(), [&](ir::StateId s) { return rows.states[s.value]; });
    const bool passed = std::any_of(state.via.begin(), state.via.end(),
                                    [&](ir::TransitionId t) { return rows.transitions[t.value]; });
    if (entered || passed) continue;
    findings.push_back(finding(contract, state.span,
                               fmt::format("state {} of {} is never reached", state.name, contract.name),
                               fmt::format("no run from {} enters this state", starts)));
    std::vector<std::string> only_here;
    for (const ir::MessageId m : contract.messages.ids()) {
      bool used = false, all_here = true;
      for (const ir::Transition& t : contract.transitions) {
        if (t.message != m) continue;
        used = true;
        all_here = all_here && is_at_unreached(contract, rows, t, state);
      }
      if (used && all_here) only_here.push_back(contract.messages[m].name);
    }
    if (only_here.empty()) continue;
    const bool one = only_here.size() == 1;
    findings.back().notes.push_back(fmt::format("{} {} used only here, so {} never sent",
                                                list_words(only_here), one ? "is" : "are",
                                                one ? "it is" : "they are"));
  }
}

void report_messages(const ir::Contract& contract, const ReachedRows& rows,
                     std::vector<diagnostics::Diagnostic>& findings) {
  for (const ir::MessageId m : contract.messages.ids()) {
    bool sent = false, used = false, at_reached = false;
    for (const ir::TransitionId t : contract.transitions.ids()) {
      if (contract.transitions[t].message != m) continue;
      used = true;
      sent = sent || rows.transitions[t.value];
      at_reached = at_reached || rows.states[contract.transitions[t].from.value];
    }
    if (sent || (used && !at_reached)) continue;
    const ir::Message& row = contract.messages[m];
    findings.push_back(finding(contract, row.span,
                               fmt::format("message {} of {} is never sent", row.name, contract.name),
                               used ? "no run sends it" : "no transition sends it"));
  }
}

}  // namespace

namespace {

// What all entries have in common; runs come everywhere in any case.
std::vector<exec::Basis> bases_over(const std::vector<const MachineFacts*>& entries,
                                    const ir::Contract& contract, const Options& options) {
  const auto all = [&](auto holds) {
    return std::all_of(entries.begin(), entries.end(), [&](const MachineFacts* f) { return holds(*f); });
  };
  std::vector<exec::Basis> bases;
  if (all([&](const MachineFacts& f) { return Judge(contract, f, options).never_cut(); }))
    bases.push_back(exec::Basis::CompleteSearch);
  const bool lockstep = all([](const MachineFacts& f) { return f.theorems.lockstep.has_value(); });
  const bool deterministic = all([](const MachineFacts& f) { return f.theorems.deterministic; });
  if (lockstep)
    bases.push_back(deterministic ? exec::Basis::AutonomousDeterministic : exec::Basis::EqualChoices);
  if (all([&](const MachineFacts& f) { return Judge(contract, f, options).complete(); }))
    bases.push_back(exec::Basis::Runs);
  return bases;
}

}  // namespace

Verdict judge_reachable(const ir::Contract& contract, const std::vector<const MachineFacts*>& entries,
                        const Options& options, std::vector<diagnostics::Diagnostic>& findings) {
  ReachedRows rows{std::vector<bool>(contract.states.size()), std::vector<bool>(contract.transitions.size())};
  std::string starts;
  Verdict verdict = Judge(contract, *entries.front(), options).start(Property::StatesReachable);
  for (const MachineFacts* facts : entries) {
    const Judge judge(contract, *facts, options);
    if (!judge.complete() && !judge.decided_by_shape()) {
      judge.leave_open(verdict);
      verdict.exhaustive = false;
      return verdict;
    }
    for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
      const std::vector<bool> reached = judge.reached(role);
      for (std::size_t i = 0; i < reached.size(); ++i) rows.states[i] = rows.states[i] || reached[i];
    }
    for (std::size_t i = 0; i < rows.transitions.size(); ++i)
      rows.transitions[i] = rows.transitions[i] || judge.sent()[i];
    starts +=
        fmt::format("{}{}", starts.empty() ? "" : " or ", contract.states[facts->machine.scope.entry].id);
  }
  const bool exact = std::all_of(entries.begin(), entries.end(), [&](const MachineFacts* f) {
    const Judge judge(contract, *f, options);
    return judge.never_cut() || f->theorems.lockstep.has_value();
  });
  verdict.strength = exact ? exec::Strength::AnyQueueLength : exec::Strength::UpToCapacity;
  const std::size_t before = findings.size();
  report_states(contract, rows, starts, findings);
  report_messages(contract, rows, findings);
  verdict.status = findings.size() == before ? Status::Proved : Status::Violated;
  // What was reached with small queues stays reached with longer ones.
  if (verdict.status == Status::Proved) verdict.strength = exec::Strength::AnyQueueLength;
  verdict.exhaustive = true;
  if (verdict.status == Status::Proved) verdict.bases = bases_over(entries, contract, options);
  for (std::size_t i = before; i < findings.size(); ++i) verdict.findings.push_back(i);
  return verdict;
}

namespace {

// A complete search that contradicts a theorem.
std::string compare_with_theorems(const ir::Contract& contract, const MachineFacts& facts) {
  const MachineRun& run = facts.run;
  if (run.failure || !run.outcome.complete || !run.observation) return {};
  const Observation& spin = *run.observation;
  exec::Observed seen{run.capacity, {spin.longest_to_importer, spin.longest_to_exporter},
                      {},           spin.deadlocks > 0,
                      spin.cut > 0, spin.both_queues_used > 0,
                      run.sent,     run.received};
  for (std::size_t i = 0; i < seen.faults.size(); ++i) seen.faults[i] = spin.faults[i] > 0;
  const std::string words = exec::contradiction(facts.theorems, seen);
  return words.empty() ? words : fmt::format("{}: {}", contract.name, words);
}

}  // namespace

std::string compare_engines(const ir::Contract& contract, const MachineFacts& facts,
                            std::size_t machines_in_model) {
  const exec::Exploration& explored = facts.search.exploration;
  const MachineRun& run = facts.run;
  if (std::string contradiction = compare_with_theorems(contract, facts); !contradiction.empty())
    return contradiction;
  // Pan rounds counts of nine digits; the explorer never gets there.
  if (!explored.complete || run.failure || !run.outcome.complete || !run.observation) return {};
  const Overhead extra = overhead(machines_in_model);
  const auto differs = [](std::string_view what, std::uint64_t ours, std::uint64_t spin) {
    return ours == spin ? std::string{}
                        : fmt::format("{}: the interpreter counts {}, SPIN {}", what, ours, spin);
  };
  const bool same_queues = explored.longest_to_importer == run.observation->longest_to_importer &&
                           explored.longest_to_exporter == run.observation->longest_to_exporter;
  for (const std::string& difference :
       {differs("configurations", explored.configurations + extra.states, run.outcome.states_stored),
        differs("steps", explored.transitions + 1 + extra.transitions, run.outcome.transitions),
        facts.search.exact ? differs("standstills", explored.stuck, run.outcome.errors) : std::string{},
        same_queues ? std::string{} : std::string("the longest queues differ"),
        explored.cut == (run.observation->cut > 0) ? std::string{}
                                                   : std::string("only one sees a send held back"),
        explored.both_queues_used == (run.observation->both_queues_used > 0)
            ? std::string{}
            : std::string("only one sees both queues in use"),
        explored.deadlock.has_value() == (run.observation->deadlocks > 0)
            ? std::string{}
            : std::string("only one sees a deadlock with empty queues"),
        explored.sent == run.sent && explored.received == run.received
            ? std::string{}
            : std::string("the transitions taken differ")}) {
    if (!difference.empty()) return fmt::format("{}: {}", contract.name, difference);
  }
  for (const Fault fault : exec::kFaults) {
    const auto i = static_cast<std::size_t>(fault);
    if (explored.faults[i].has_value() != (run.observation->faults[i] > 0))
      return fmt::format("{}: one engine sees a fault and the other does not", contract.name);
    const bool longer = explored.faults[i] && run.traces[i] &&
                        explored.faults[i]->steps.size() != run.traces[i]->steps.size();
    if (longer) return fmt::format("{}: the shortest runs to a fault differ in length", contract.name);
  }
  return {};
}

}  // namespace singspin::verify
