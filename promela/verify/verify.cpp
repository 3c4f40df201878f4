#include "promela/verify/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "frontend/exec/growth.h"
#include "frontend/exec/synchronizable.h"
#include "promela/verify/claims.h"
#include "promela/verify/judge.h"
#include "promela/verify/record.h"
#include "promela/verify/referee.h"

namespace singspin::verify {

using diagnostics::Code;
using exec::Verdict;

std::vector<Machine> machines_of(const ir::Contract& contract, ir::ContractId id) {
  std::vector<Machine> machines;
  for (const exec::Reading reading : {exec::Reading::Free, exec::Reading::Priority}) {
    if (reading == exec::Reading::Priority && !ir::has_mixed_states(contract)) continue;
    for (const ir::Entry& entry : contract.entries) machines.push_back({id, {entry.state, reading, {}}});
  }
  return machines;
}

namespace {

// SPIN's limits, far enough away: 255 processes, and generating grows faster than the model.
constexpr std::size_t kMachinesPerModel = 50;
constexpr std::size_t kStatesPerModel = 3000;
const std::string kDisagree = "SPIN and the interpreter disagree";
// Capacities tried when the explorer could not find the exact one.
constexpr std::uint32_t kFirstCapacity = 2;
constexpr std::uint32_t kLastCapacity = 64;

class Verifier {
 public:
  Verifier(const ir::Program& program, const std::vector<claims::Claim>& claims,
           const source::SourceMap& sources, const Options& options, const spin::Tools& tools,
           const volatile std::sig_atomic_t* interrupted, const Progress& progress, const Memory* memory)
      : program_(program),
        claims_(claims),
        options_(options),
        interrupted_(interrupted),
        progress_(progress),
        memory_(memory),
        context_{program, sources, options_, tools, interrupted, results_.engine} {
    context_.searching = [this](const ir::Contract& c, const spin::PanProgress& search) {
      if (progress_) progress_({done_, facts_.size(), c, search});
    };
  }

  Results run(const std::vector<ir::ContractId>& contracts) {
    for (const ir::ContractId id : contracts) {
      for (Machine& machine : machines_of(program_.contracts[id], id)) add_machine(std::move(machine));
    }
    while (!todo_.empty() && !is_interrupted() && !ended_) run_batch(next_batch());
    if (options_.referee) referee();
    for (const ir::ContractId id : contracts) conclude(id);
    results_.interrupted = is_interrupted();
    return std::move(results_);
  }

 private:
  bool is_interrupted() const { return interrupted_ != nullptr && *interrupted_ != 0; }
  const ir::Contract& contract(const Machine& machine) const { return program_.contracts[machine.contract]; }

  void add_machine(Machine machine) {
    MachineFacts facts;
    facts.machine = machine;
    facts.run.failure = spin::Failure{spin::Failure::Interrupted, "not started"};
    if (options_.queue_capacity) {
      facts.machine.scope.capacity = {*options_.queue_capacity, *options_.queue_capacity};
      facts.search = {false, facts.machine.scope.capacity,
                      exec::explore(contract(machine), facts.machine.scope, {options_.explorer_budget})};
      facts.search.exact = facts.search.exploration.complete && !facts.search.exploration.cut;
      if (facts.search.exploration.complete && !facts.search.exact) facts.enough = enough(machine);
    } else {
      facts.search = exec::find_capacity(contract(machine), machine.scope, {options_.explorer_budget});
      // Where the explorer's budget ended with sends still held back, SPIN goes on from there.
      const bool explored = facts.search.exploration.complete;
      facts.machine.scope.capacity =
          explored ? facts.search.capacity : exec::Capacity{kFirstCapacity, kFirstCapacity};
    }
    facts.theorems = theorems_of(machine);
    check_theorems(facts);
    // SPIN resolves labels in quadratic time; where the shape decides, nobody waits for that.
    facts.not_for_spin = facts.theorems.lockstep && contract(machine).states.size() > kStatesPerModel;
    facts_.push_back(std::move(facts));
    if (!facts_.back().not_for_spin) ask_for(facts_.size() - 1);
  }

  // What an earlier verification ran needs no engine.
  void ask_for(std::size_t i) {
    if (auto run = recall(facts_[i])) return take_run(i, std::move(*run), 1);
    todo_.push_back(i);
  }

  std::string key_of(const MachineFacts& facts) const {
    return record_key(contract(facts.machine), facts.machine.scope, options_, memory_->tools);
  }

  // Bytes that may have come with a checkout must not say more than this run would. So they count only where
  // the explorer saw everything, and agrees; what it could not see to the end SPIN searches again.
  bool may_recall(const MachineFacts& facts) const {
    return memory_ != nullptr && facts.search.exploration.complete && explored_same_model(facts);
  }

  std::optional<MachineRun> recall(MachineFacts& facts) const {
    if (!may_recall(facts) || options_.keep_files) return std::nullopt;
    const auto text = memory_->load(key_of(facts));
    if (!text) return std::nullopt;
    auto run = read_record(*text, contract(facts.machine), facts.machine.scope);
    if (!run || !is_worth_keeping(*run, options_.want_traces)) return std::nullopt;
    if (!options_.want_traces) run->traces = {};
    MachineRun before = std::exchange(facts.run, *run);
    const bool differs = !compare_engines(contract(facts.machine), facts, 1).empty();
    facts.run = std::move(before);
    if (differs) return std::nullopt;
    run->outcome.spin_version = memory_->spin_version;
    return run;
  }

  void keep(const MachineFacts& facts, const Overhead& extra) const {
    if (!may_recall(facts) || facts.run.cached) return;
    if (!is_worth_keeping(facts.run, options_.want_traces)) return;
    MachineRun alone = facts.run;
    spin::SpinOutcome& outcome = alone.outcome;
    if (outcome.states_stored < extra.states || outcome.transitions < extra.transitions) return;
    outcome.states_stored -= extra.states;
    outcome.transitions -= extra.transitions;
    memory_->keep(key_of(facts), write_record(alone));
  }

  // The readings of an entry have them in common.
  exec::Theorems theorems_of(const Machine& machine) const {
    for (const MachineFacts& other : facts_) {
      if (other.machine.contract == machine.contract && other.machine.scope.entry == machine.scope.entry)
        return other.theorems;
    }
    return exec::find_theorems(contract(machine), machine.scope.entry, {options_.explorer_budget});
  }

  // A theorem that the explorer refutes proves nothing, wherever SPIN gets.
  void check_theorems(MachineFacts& facts) {
    if (!facts.search.exploration.complete) return;
    const exec::Observed seen = exec::observed(facts.search.capacity, facts.search.exploration);
    const std::string words = exec::contradiction(facts.theorems, seen);
    if (words.empty()) return;
    add_problem(Code::engine_disagreement, fmt::format("{}: {}", contract(facts.machine).name, words));
    facts.theorems = {};
  }

  // Which capacity holds no send back; nullopt if the explorer finds none.
  std::optional<exec::Capacity> enough(const Machine& machine) const {
    const exec::CapacitySearch search =
        exec::find_capacity(contract(machine), machine.scope, {options_.explorer_budget});
    return search.exact ? std::optional(search.capacity) : std::nullopt;
  }

  // Small machines share a model; a large one, or one with too many messages for names, is alone.
  bool is_alone(const MachineFacts& facts) const {
    const ir::Contract& c = contract(facts.machine);
    return !facts.search.exploration.complete || c.messages.size() > pml::kMaxMtypeNames ||
           c.states.size() > kStatesPerModel;
  }

  std::vector<std::size_t> next_batch() {
    std::vector<std::size_t> batch;
    std::size_t states = 0;
    while (!todo_.empty() && batch.size() < kMachinesPerModel) {
      const MachineFacts& facts = facts_[todo_.front()];
      states += contract(facts.machine).states.size();
      const bool fits = !is_alone(facts) && states <= kStatesPerModel;
      if (!batch.empty() && !fits) break;
      batch.push_back(todo_.front());
      todo_.erase(todo_.begin());
      if (is_alone(facts)) break;
    }
    return batch;
  }

  void run_batch(const std::vector<std::size_t>& batch) {
    std::vector<Machine> machines;
    for (const std::size_t i : batch) machines.push_back(facts_[i].machine);
    const bool large = !facts_[batch.front()].search.exploration.complete;  // worth an optimized verifier
    if (progress_) progress_({done_, facts_.size(), contract(machines.front()), {}});
    std::vector<MachineRun> runs = verify::run_batch(context_, machines, large);
    if (batch.size() > 1 && is_model_failure(runs.front())) {
      // One contract must not spoil the verdicts of the others: each gets a model, and limits, of its own.
      for (const std::size_t i : batch) {
        if (!is_interrupted() && !ended_) run_batch({i});
      }
      return;
    }
    for (std::size_t k = 0; k < batch.size(); ++k) take_run(batch[k], std::move(runs[k]), batch.size());
  }

  // What the explorer saw to its end, SPIN searches in other ways.
  void referee() {
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      results_.machines += facts_[i].begun ? 1 : 0;
      if (facts_[i].search.exploration.complete && is_usable(facts_[i].run)) ready.push_back(i);
    }
    while (!ready.empty() && !is_interrupted()) {
      std::vector<const MachineFacts*> batch;
      std::size_t states = 0;
      for (const std::size_t i : ready) {
        states += contract(facts_[i].machine).states.size();
        const bool fits = states <= kStatesPerModel && !is_alone(facts_[i]);
        if (!batch.empty() && (!fits || batch.size() == kMachinesPerModel || is_alone(*batch.front()))) break;
        batch.push_back(&facts_[i]);
      }
      const std::vector<RefereeVerdict> verdicts = run_referee(context_, batch);
      for (std::size_t k = 0; k < batch.size(); ++k) take_referee(facts_[ready[k]], verdicts[k]);
      ready.erase(ready.begin(), ready.begin() + static_cast<std::ptrdiff_t>(batch.size()));
    }
  }

  void take_referee(MachineFacts& facts, const RefereeVerdict& verdict) {
    if (verdict.failure) return add_problem(Code::engine_missing, verdict.failure->message);
    if (verdict.searches == std::size(kRefereeSearches)) ++results_.refereed;
    if (verdict.difference.empty()) return;
    std::string words = fmt::format("{}: {}", contract(facts.machine).name, verdict.difference);
    for (const std::string& answer : verdict.answers) words += "\n" + answer;
    disagree(facts, words);
  }

  // The shared model was not generated or compiled, for a reason that a smaller one may not have.
  static bool is_model_failure(const MachineRun& run) {
    if (!run.failure) return false;
    switch (run.failure->kind) {
      case spin::Failure::Failed:
      case spin::Failure::Warning:
      case spin::Failure::TimedOut:
      case spin::Failure::MemoryLimit: return true;
      case spin::Failure::Missing:
      case spin::Failure::Interrupted: return false;
    }
    UNREACHABLE("failure is known");
  }

  void take_run(std::size_t i, MachineRun run, std::size_t machines_in_model) {
    MachineFacts& facts = facts_[i];
    facts.begun = true;
    facts.run = std::move(run);
    if (facts.run.cached) results_.engine.spin_version = facts.run.outcome.spin_version;
    if (explored_same_model(facts)) {
      const std::string difference = compare_engines(contract(facts.machine), facts, machines_in_model);
      if (!difference.empty()) disagree(facts, difference);
    }
    const Overhead extra = overhead(machines_in_model);
    keep(facts, extra);
    spin::SpinOutcome& outcome = facts.run.outcome;
    outcome.states_stored -= std::min(outcome.states_stored, extra.states);
    outcome.transitions -= std::min(outcome.transitions, extra.transitions + 1);
    // The smallest capacity that is enough is the one to report; the explorer finds it itself.
    if (!options_.queue_capacity && is_usable(facts.run) && facts.run.observation->cut == 0)
      facts.run.capacity = {std::max(facts.run.observation->longest_to_importer, 1u),
                            std::max(facts.run.observation->longest_to_exporter, 1u)};
    if (!is_usable(facts.run) && facts.complete_run) fall_back(facts);
    if (wants_longer_queues(facts)) {
      facts.complete_run = facts.run;
      exec::Capacity& next = facts.machine.scope.capacity;
      next = {next.to_importer * 2, next.to_exporter * 2};
      return ask_for(i);
    }
    if (progress_) progress_({++done_, facts_.size(), contract(facts.machine), {}});
    if (!options_.end_at.empty()) ended_ = ended_ || ends_run(facts);
  }

  bool ends_run(const MachineFacts& facts) const {
    const std::vector<Verdict> verdicts = judge(contract(facts.machine), facts, options_);
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& v) {
      return v.status == exec::Status::Violated && options_.end_at.contains(v.property);
    });
  }

  static bool is_usable(const MachineRun& run) {
    return run.outcome.complete && run.observation && !run.failure;
  }

  // Section 8.5: where the space becomes too large, what shorter queues showed still stands; runs into
  // a fault that the longer ones showed are real for any length.
  static void fall_back(MachineFacts& facts) {
    for (std::size_t i = 0; i < facts.run.traces.size(); ++i) {
      if (!facts.run.traces[i]) continue;
      facts.complete_run->traces[i] = facts.run.traces[i];
      ++facts.complete_run->observation->faults[i];
    }
    facts.run = std::move(*facts.complete_run);
    facts.complete_run.reset();
    facts.gave_up = true;
    facts.run.cached = false;  // longer queues were tried once more
  }

  // The explorer looked at queues of another length only if it found none held back.
  static bool explored_same_model(const MachineFacts& facts) {
    return facts.search.exact || facts.search.capacity == facts.run.capacity;
  }

  bool wants_longer_queues(const MachineFacts& facts) const {
    if (options_.queue_capacity || facts.search.exact || facts.gave_up) return false;
    const bool cut = facts.run.outcome.complete && facts.run.observation && facts.run.observation->cut > 0;
    return cut && facts.machine.scope.capacity.to_importer < kLastCapacity && !reaches_send_cycle(facts);
  }

  bool reaches_send_cycle(const MachineFacts& facts) const {
    return grows_without_end(contract(facts.machine), facts, options_);
  }

  void disagree(MachineFacts& facts, const std::string& difference) {
    add_problem(Code::engine_disagreement, kDisagree + (" about " + difference));
    facts.run.failure = spin::Failure{spin::Failure::Failed,
                                      kDisagree + (": " + difference.substr(0, difference.find('\n')))};
    facts.run.observation.reset();
    facts.run.traces = {};
  }

  void add_problem(Code code, std::string message) {
    const bool known = std::any_of(results_.problems.begin(), results_.problems.end(), [&](const auto& d) {
      return d.message == message.substr(0, message.find('\n'));
    });
    if (known) return;
    diagnostics::Diagnostics one;
    const std::size_t line_end = message.find('\n');
    diagnostics::Diagnostic& d = one.add_without_place(code, message.substr(0, line_end));
    add_lines(message, line_end, d.notes);
    if (message.starts_with("there is no")) d.help = "`singspin doctor` shows which tools are found";
    results_.problems.push_back(one.list().front());
  }

  // Further lines of what a tool said become notes, the first few.
  static void add_lines(const std::string& message, std::size_t from, std::vector<std::string>& notes) {
    constexpr std::size_t kMost = 5;
    while (from != std::string::npos && notes.size() < kMost) {
      const std::size_t end = message.find('\n', from + 1);
      notes.push_back(message.substr(from + 1, end == std::string::npos ? end : end - from - 1));
      from = end;
    }
  }

  // The run ended before its turn came.
  bool was_left_out(ir::ContractId id) const {
    return ended_ && std::none_of(facts_.begin(), facts_.end(), [&](const MachineFacts& facts) {
             return facts.machine.contract == id && (facts.begun || facts.not_for_spin);
           });
  }

  void leave_out(ir::ContractId id, ContractResult& result) const {
    const auto add = [&](ir::Property property, const std::string& claim) {
      if (!is_wanted(options_, property)) return;
      Verdict v;
      v.property = property;
      v.claim = claim;
      v.severity = diagnostics::info(ir::code(property)).severity;
      v.status = exec::Status::Skipped;
      v.reason = exec::Reason::NotReached;
      v.detail = "not verified: the run ended at the first violation";
      v.entry = program_.contracts[id].start;
      result.verdicts.push_back(std::move(v));
    };
    for (const ir::Property property : ir::kAllProperties) add(property, "");
    for (const claims::Claim& claim : claims_) {
      if (claim.contract == id) add(ir::Property::User, claim.name);
    }
  }

  void conclude(ir::ContractId id) {
    ContractResult result;
    result.contract = id;
    if (was_left_out(id)) {
      leave_out(id, result);
      results_.contracts.push_back(std::move(result));
      return;
    }
    result.cached = is_cached(id);
    for (const exec::Reading reading : {exec::Reading::Free, exec::Reading::Priority}) {
      std::vector<const MachineFacts*> entries;
      for (const MachineFacts& facts : facts_) {
        if (facts.machine.contract == id && facts.machine.scope.reading == reading) entries.push_back(&facts);
      }
      if (!entries.empty()) conclude_reading(program_.contracts[id], entries, result);
    }
    results_.contracts.push_back(std::move(result));
  }

  bool is_cached(ir::ContractId id) const {
    bool any = false;
    for (const MachineFacts& facts : facts_) {
      if (facts.machine.contract != id || facts.not_for_spin) continue;
      if (!facts.run.cached) return false;
      any = true;
    }
    return any;
  }

  void conclude_reading(const ir::Contract& c, const std::vector<const MachineFacts*>& entries,
                        ContractResult& result) {
    std::vector<Verdict> worst;
    for (const MachineFacts* facts : entries) {
      note_problems(*facts);
      std::vector<Verdict> verdicts = judge(c, *facts, options_);
      if (worst.empty()) {
        worst = std::move(verdicts);
        continue;
      }
      for (std::size_t i = 0; i < worst.size(); ++i) combine(worst[i], std::move(verdicts[i]));
    }
    std::vector<diagnostics::Diagnostic> findings;
    for (Verdict& v : worst) {
      if (v.status == exec::Status::Violated && !v.trace) add_untraced(c, v, findings);
    }
    worst.push_back(judge_reachable(c, entries, options_, findings));
    worst.back().capacity = capacity_over(entries);
    for (const Verdict& v : worst) {
      auto& longest = worst.back().statistics.longest_queue;
      if (longest) longest = std::max(longest, v.statistics.longest_queue);
    }
    const bool free = entries.front()->machine.scope.reading == exec::Reading::Free;
    if (free) {
      result.capacity = capacity_over(entries);
      result.findings = findings;
      add_behaviour(c, *entries.front(), result.findings);
    } else {
      for (Verdict& v : worst) {  // findings of the free reading are the ones shown
        for (std::size_t& finding : v.findings) {
          result.findings.push_back(findings[finding]);
          finding = result.findings.size() - 1;
        }
      }
    }
    for (Verdict& v : worst) {
      if (is_wanted(options_, v.property)) result.verdicts.push_back(std::move(v));
    }
    if (free && is_wanted(options_, ir::Property::User)) add_claims(*entries.front(), result);
  }

  // The users' checks speak of runs from the start, with nothing restrained in mixed states.
  void add_claims(const MachineFacts& facts, ContractResult& result) {
    std::vector<const claims::Claim*> own;
    for (const claims::Claim& claim : claims_) {
      if (claim.contract == facts.machine.contract) own.push_back(&claim);
    }
    if (own.empty()) return;
    if (is_interrupted()) return;
    ClaimResults checked = verify_claims(context_, facts, own);
    for (Verdict& v : checked.verdicts) {
      for (std::size_t& finding : v.findings) {
        result.findings.push_back(checked.findings[finding]);
        finding = result.findings.size() - 1;
      }
      result.verdicts.push_back(std::move(v));
    }
    for (const std::string& problem : checked.problems) add_problem(Code::trail_mismatch, problem);
    for (const std::string& what : checked.disagreements)
      add_problem(Code::engine_disagreement, "SPIN and the interpreter disagree about " + what);
  }

  // A violation without a run, since nobody wanted one, still needs a place where it is said.
  static void add_untraced(const ir::Contract& c, Verdict& v,
                           std::vector<diagnostics::Diagnostic>& findings) {
    add_note(ir::code(v.property), c, fmt::format("{} violates {}", c.name, ir::id(v.property)),
             "SPIN found a violation; there is no run to show", findings);
    v.findings.push_back(findings.size() - 1);
  }

  // What every entry needs; if some entry never got enough, what every entry was searched with.
  static exec::Capacity capacity_over(const std::vector<const MachineFacts*>& entries) {
    exec::Capacity most = entries.front()->run.capacity, least = most;
    bool enough = true;
    for (const MachineFacts* facts : entries) {
      const exec::Capacity& c = facts->run.capacity;
      most = {std::max(most.to_importer, c.to_importer), std::max(most.to_exporter, c.to_exporter)};
      least = {std::min(least.to_importer, c.to_importer), std::min(least.to_exporter, c.to_exporter)};
      enough = enough && facts->run.observation && facts->run.observation->cut == 0;
    }
    return enough ? most : least;
  }

  // Of two entries the worse verdict counts; two proofs together say what holds for both.
  static void combine(Verdict& worst, Verdict other) {
    if (rank(other) > rank(worst)) {
      std::swap(worst, other);
    }
    if (rank(other) != rank(worst) || worst.status != exec::Status::Proved) return;
    combine_bases(worst, other);
    auto& longest = worst.statistics.longest_queue;
    if (longest && other.statistics.longest_queue)
      longest = std::max(longest, other.statistics.longest_queue);
    const bool any_length = worst.strength == exec::Strength::AnyQueueLength;
    const auto pick = [&](std::uint32_t a, std::uint32_t b) {
      return any_length ? std::max(a, b) : std::min(a, b);
    };
    worst.capacity = {pick(worst.capacity.to_importer, other.capacity.to_importer),
                      pick(worst.capacity.to_exporter, other.capacity.to_exporter)};
  }

  // What proves it for every entry; if there is no such thing, what the entries need together.
  static void combine_bases(Verdict& worst, const Verdict& other) {
    std::vector<exec::Basis> common;
    for (const exec::Basis basis : worst.bases) {
      if (std::ranges::count(other.bases, basis) > 0) common.push_back(basis);
    }
    if (common.empty()) {
      common = worst.bases;
      common.insert(common.end(), other.bases.begin(), other.bases.end());
    }
    worst.bases = std::move(common);
    const std::optional<exec::Capacity>& a = worst.settled_by;
    const std::optional<exec::Capacity>& b = other.settled_by;
    if (!a || !b) return worst.settled_by.reset();
    worst.settled_by =
        exec::Capacity{std::max(a->to_importer, b->to_importer), std::max(a->to_exporter, b->to_exporter)};
  }

  static int rank(const Verdict& v) {
    switch (v.status) {
      case exec::Status::Proved: return v.strength == exec::Strength::AnyQueueLength ? 0 : 1;
      case exec::Status::Skipped: return 2;
      case exec::Status::Inconclusive: return 3;
      case exec::Status::Violated: return 4;
      case exec::Status::Error: return 5;
    }
    UNREACHABLE("status is known");
  }

  void note_problems(const MachineFacts& facts) {
    if (!facts.run.trace_problem.empty())
      add_problem(Code::trail_mismatch,
                  fmt::format("{}: {}", contract(facts.machine).name, facts.run.trace_problem));
    if (!facts.run.failure) {
      if (facts.run.outcome.cause == spin::Incomplete::UnknownText)
        add_problem(Code::engine_warning,
                    fmt::format("SPIN says something unknown: {}", facts.run.outcome.cause_text));
      return;
    }
    const spin::Failure& failure = *facts.run.failure;
    if (failure.message.starts_with(kDisagree)) return;  // said when it was found
    if (failure.kind == spin::Failure::Warning) add_problem(Code::engine_warning, failure.message);
    if (is_spin_limit(failure)) return add_problem(Code::limit_reached, failure.message);
    if (failure.kind == spin::Failure::Missing || failure.kind == spin::Failure::Failed)
      add_problem(Code::engine_missing, failure.message);
  }

  static void add_note(Code code, const ir::Contract& c, std::string message, std::string label,
                       std::vector<diagnostics::Diagnostic>& findings) {
    diagnostics::Diagnostics one;
    diagnostics::Diagnostic& d = one.add(code, c.span, std::move(message), std::move(label));
    d.subject = c.qualified_name;
    findings.push_back(d);
  }

  // The theorems need it of deterministic contracts only.
  std::optional<bool> is_synchronizable(const ir::Contract& c, const MachineFacts& facts) const {
    if (facts.theorems.synchronizable || facts.theorems.lockstep)
      return facts.theorems.synchronizable.value_or(true);
    return exec::is_synchronizable(c, c.start, {options_.explorer_budget});
  }

  // What exploring shows beyond the properties (section 7, second table).
  void add_behaviour(const ir::Contract& c, const MachineFacts& facts,
                     std::vector<diagnostics::Diagnostic>& findings) {
    const exec::Exploration& explored = facts.search.exploration;
    if (facts.run.failure || !facts.run.observation) return;
    if (facts.run.observation->both_queues_used > 0)
      add_note(Code::not_half_duplex, c, fmt::format("contract {} is not half-duplex", c.name),
               "messages can be under way in both directions", findings);
    if (explored.unreceivable_head_at_mixed)
      add_note(Code::head_not_receivable, c,
               fmt::format("a message may have to wait at a mixed state of {}", c.name),
               "its receiver may go on sending", findings);
    if (!explored.complete) return;
    std::vector<bool> reached = explored.exporter_at;
    for (std::size_t i = 0; i < reached.size(); ++i) reached[i] = reached[i] || explored.importer_at[i];
    if (!exec::is_autonomous_and_deterministic(c, reached) && is_synchronizable(c, facts) == false) {
      add_note(Code::not_synchronizable, c, fmt::format("contract {} is not synchronizable", c.name),
               "queues allow sends that no rendezvous allows", findings);
    }
    const std::vector<Verdict> verdicts = judge(c, facts, options_);
    if (verdicts.back().reason == exec::Reason::QueueLimit &&
        verdicts.back().status == exec::Status::Inconclusive) {
      add_note(
          Code::bound_unknown, c, fmt::format("no bound is known for the queues of {}", c.name),
          fmt::format("queues of {} were not enough", std::max(facts.machine.scope.capacity.to_importer,
                                                               facts.machine.scope.capacity.to_exporter)),
          findings);
      add_growth(c, facts, findings.back());
    }
  }

  // The cycle rule does not see every queue that grows; a run that can be repeated is a proof.
  static void add_growth(const ir::Contract& c, const MachineFacts& facts, diagnostics::Diagnostic& d) {
    constexpr exec::Budget kBudget{20'000};
    const auto growth = exec::find_growth(c, facts.machine.scope.entry, kBudget);
    if (!growth) return;
    d.notes.push_back(
        "no capacity is enough: a round of steps can be repeated for ever and leaves more messages "
        "each time");
    d.notes.push_back("the round: " + exec::round_words(c, *growth));
  }

  const ir::Program& program_;
  const std::vector<claims::Claim>& claims_;
  Options options_;
  const volatile std::sig_atomic_t* interrupted_;
  const Progress& progress_;
  const Memory* memory_;
  Results results_;
  BatchContext context_;
  std::vector<MachineFacts> facts_;
  std::vector<std::size_t> todo_;
  std::size_t done_ = 0;
  bool ended_ = false;  // by a violation of Options::end_at
};

}  // namespace

Results verify(const ir::Program& program, const std::vector<ir::ContractId>& contracts,
               const std::vector<claims::Claim>& claims, const source::SourceMap& sources,
               const Options& options, const spin::Tools& tools,
               const volatile std::sig_atomic_t* interrupted, const Progress& progress,
               const Memory* memory) {
  return Verifier(program, claims, sources, options, tools, interrupted, progress, memory).run(contracts);
}

}  // namespace singspin::verify
