#include "promela/verify/referee.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "frontend/exec/ahead.h"

namespace singspin::verify {

namespace {

// The numbers of `@state EXPORTER IMPORTER N MESSAGE... N MESSAGE...`.
std::optional<std::vector<std::size_t>> numbers_of(std::string_view line) {
  std::vector<std::size_t> numbers;
  while (!line.empty()) {
    if (line.front() != ' ') return std::nullopt;
    line.remove_prefix(1);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error != std::errc()) return std::nullopt;
    numbers.push_back(number);
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  }
  return numbers;
}

// From the numbers of the observer's tables to rows of the contract.
class Words {
 public:
  Words(const pml::Model& model, std::size_t machine, const ir::Contract& contract) {
    for (const pml::Machine& m : model.machines) {
      for (const pml::Process* p : {&m.exporter, &m.importer}) {
        for (const pml::Block& block : p->blocks) states_.push_back(block.origin.state);
      }
    }
    const pml::Machine& own = model.machines[machine];
    for (std::size_t i = 0; i < own.messages.size(); ++i) {
      for (const ir::MessageId id : contract.messages.ids()) {
        if (contract.messages[id].name == own.messages[i]) messages_[pml::message_number(own, i)] = id;
      }
    }
  }

  std::optional<exec::Configuration> read(const std::vector<std::size_t>& numbers) const {
    exec::Configuration c;
    std::size_t at = 2;
    if (numbers.size() < 4 || numbers[0] >= states_.size() || numbers[1] >= states_.size())
      return std::nullopt;
    c.exporter = states_[numbers[0]];
    c.importer = states_[numbers[1]];
    for (exec::Queue* queue : {&c.to_importer, &c.to_exporter}) {
      if (at >= numbers.size() || numbers[at] > numbers.size() - at - 1) return std::nullopt;
      const std::size_t end = at + 1 + numbers[at];
      for (++at; at < end; ++at) {
        const auto found = messages_.find(numbers[at]);
        if (found == messages_.end()) return std::nullopt;
        queue->push_back(found->second);
      }
    }
    return at == numbers.size() ? std::optional(c) : std::nullopt;
  }

 private:
  std::vector<ir::StateId> states_;
  std::map<std::size_t, ir::MessageId> messages_;
};

// SPIN counts the steps of `init` that choose a machine: all in between breadth first, one depth first.
Overhead overhead_of(const RefereeSearch& search, std::size_t machines_in_model) {
  if (machines_in_model == 1) return {};
  return search.depth_first ? Overhead{1, 1} : overhead(machines_in_model);
}

std::string differs(std::string_view what, std::uint64_t ours, std::uint64_t spin) {
  return ours == spin ? std::string() : fmt::format("{}: the interpreter {}, SPIN {}", what, ours, spin);
}

std::string first_of(std::initializer_list<std::string> differences) {
  for (const std::string& one : differences) {
    if (!one.empty()) return one;
  }
  return {};
}

std::string compare_whole(const RefereeSearch& search, const exec::Exploration& ours, const MachineRun& run,
                          std::size_t machines_in_model) {
  const Overhead extra = overhead_of(search, machines_in_model);
  const Observation& seen = *run.observation;
  std::string faults;
  for (std::size_t i = 0; i < ours.faults.size(); ++i) {
    if (faults.empty() && ours.faults[i].has_value() != (seen.faults[i] > 0))
      faults = "only one sees a fault";
  }
  return first_of(
      {differs("stored states", ours.configurations + extra.states, run.outcome.states_stored),
       differs("steps", ours.transitions + 1 + extra.transitions, run.outcome.transitions),
       differs("longest queue to the importer", ours.longest_to_importer, seen.longest_to_importer),
       differs("longest queue to the exporter", ours.longest_to_exporter, seen.longest_to_exporter),
       ours.cut == (seen.cut > 0) ? "" : "only one sees a send held back",
       ours.both_queues_used == (seen.both_queues_used > 0) ? "" : "only one sees both queues in use",
       ours.deadlock.has_value() == (seen.deadlocks > 0) ? "" : "only one sees a deadlock", faults});
}

// What no reduction may lose, and none may add.
std::string compare_reduced(const exec::Exploration& ours, const MachineRun& run) {
  const Observation& seen = *run.observation;
  constexpr auto kStuck = static_cast<std::size_t>(exec::Fault::Stuck);
  for (std::size_t i = 0; i < ours.faults.size(); ++i) {
    if (!ours.faults[i] && seen.faults[i] > 0) return "SPIN sees a fault that there is not";
  }
  return ours.faults[kStuck].has_value() == (seen.faults[kStuck] > 0) ? "" : "only one sees a standstill";
}

}  // namespace

std::optional<Configurations> take_configurations(std::vector<std::string>& observations,
                                                  const pml::Model& model, std::size_t machine,
                                                  const ir::Contract& contract) {
  constexpr std::string_view kState = "@state";
  const Words words(model, machine, contract);
  Configurations found;
  std::vector<std::string> rest;
  for (std::string& line : observations) {
    if (!line.starts_with(kState)) {
      rest.push_back(std::move(line));
      continue;
    }
    const auto numbers = numbers_of(std::string_view(line).substr(kState.size()));
    auto configuration = numbers ? words.read(*numbers) : std::nullopt;
    if (!configuration) return std::nullopt;
    found.insert(std::move(*configuration));
  }
  observations = std::move(rest);
  return found;
}

std::string compare_search(const RefereeSearch& search, const exec::CapacitySearch& ours,
                           const Configurations& our_configurations, const MachineRun& run,
                           const Configurations& configurations, std::size_t machines_in_model) {
  const exec::Exploration& explored = ours.exploration;
  const bool part = std::ranges::includes(our_configurations, configurations);
  if (!part) return "SPIN reaches a configuration that the interpreter does not";
  if (!search.reduce && configurations.size() != our_configurations.size())
    return differs("configurations", our_configurations.size(), configurations.size());
  // A standstill because of a full queue is none to the explorer.
  const std::string ends =
      explored.cut ? std::string() : differs("standstills", explored.stuck, run.outcome.errors);
  const std::string taken =
      explored.sent == run.sent && explored.received == run.received ? "" : "the transitions taken differ";
  return first_of({ends, taken,
                   search.reduce ? compare_reduced(explored, run)
                                 : compare_whole(search, explored, run, machines_in_model)});
}

namespace {

class Referee {
 public:
  Referee(const BatchContext& context, const std::vector<const MachineFacts*>& facts)
      : context_(context),
        facts_(facts),
        verdicts_(facts.size()),
        model_({context.options, context.tools, context.interrupted, context.engine}) {}

  std::vector<RefereeVerdict> run() {
    std::vector<Machine> machines;
    for (const MachineFacts* facts : facts_) {
      machines.push_back(facts->machine);
      machines.back().scope.capacity = facts->search.capacity;
    }
    auto generated = generate_batch(context_, machines, model_);
    if (!generated) return fail();
    batch_ = std::move(*generated);
    machines_ = std::move(machines);
    for (std::size_t i = 0; i < facts_.size(); ++i) explore(i);
    for (const RefereeSearch& search : kRefereeSearches) {
      if (!this->search(search)) return fail();
    }
    if (std::ranges::any_of(verdicts_, [](const RefereeVerdict& v) { return !v.difference.empty(); }))
      context_.engine.kept_folders.push_back(model_.keep());
    return std::move(verdicts_);
  }

 private:
  const ir::Contract& contract(std::size_t i) const {
    return context_.program.contracts[machines_[i].contract];
  }

  std::vector<RefereeVerdict> fail() {
    for (RefereeVerdict& v : verdicts_) v.failure = model_.failure();
    return std::move(verdicts_);
  }

  void explore(std::size_t i) {
    Configurations& all = configurations_.emplace_back();
    bool complete = false;
    exec::shortest_run_to(
        contract(i), machines_[i].scope, {context_.options.explorer_budget},
        [&](const exec::Configuration& c) {
          all.insert(c);
          return false;
        },
        complete);
  }

  bool search(const RefereeSearch& search) {
    if (!model_.compile({.depth_first = search.depth_first,
                         .reduce = search.reduce,
                         .vector_bytes = batch_.vector_bytes}))
      return false;
    std::vector<spin::PanOptions> searches;
    for (std::size_t i = 0; i < machines_.size(); ++i) {
      spin::PanOptions options = model_.pan_options();
      // A path depth first may pass every configuration; its stack is allocated at once.
      constexpr std::uint64_t kSpare = 1'000;
      if (search.depth_first) options.depth = configurations_[i].size() + kSpare;
      options.environment.emplace_back("SINGSPIN_MACHINE", std::to_string(i));
      options.environment.emplace_back("SINGSPIN_LIST", "1");
      searches.push_back(std::move(options));
    }
    const auto results = model_.search(searches);
    for (std::size_t i = 0; i < results.size(); ++i) judge(search, i, results[i]);
    return true;
  }

  void judge(const RefereeSearch& search, std::size_t i, const spin::ProcessResult& result) {
    RefereeVerdict& verdict = verdicts_[i];
    if (!verdict.difference.empty() || verdict.failure) return;
    MachineRun run = read_search(context_, machines_[i], i, batch_, result);
    auto listed = take_configurations(run.outcome.observations, batch_.model, i, contract(i));
    run.observation = read_observation(run.outcome.observations);
    if (!run.outcome.complete) return;  // a limit: nothing to compare
    if (!listed || !run.observation) {
      verdict.difference = fmt::format("{}: the observer did not report", search.name);
      return;
    }
    const exec::CapacitySearch& ours = facts_[i]->search;
    const std::string words =
        compare_search(search, ours, configurations_[i], run, *listed, machines_.size());
    if (words.empty()) {
      ++verdict.searches;
      return;
    }
    verdict.difference = fmt::format("{}: {}", search.name, words);
    const exec::Exploration& e = ours.exploration;
    verdict.answers = {
        fmt::format("the interpreter: {} configurations, {} steps, {} standstills, queues of {} and {}",
                    e.configurations, e.transitions, e.stuck, e.longest_to_importer, e.longest_to_exporter),
        fmt::format(
            "SPIN, {}: {} configurations, {} states stored, {} transitions, {} errors, queues of {} and {}",
            search.name, listed->size(), run.outcome.states_stored, run.outcome.transitions,
            run.outcome.errors, run.observation->longest_to_importer, run.observation->longest_to_exporter)};
  }

  const BatchContext& context_;
  const std::vector<const MachineFacts*>& facts_;
  std::vector<RefereeVerdict> verdicts_;
  ModelRun model_;
  BatchModel batch_;
  std::vector<Machine> machines_;
  std::vector<Configurations> configurations_;
};

}  // namespace

std::vector<RefereeVerdict> run_referee(const BatchContext& context,
                                        const std::vector<const MachineFacts*>& machines) {
  return Referee(context, machines).run();
}

}  // namespace singspin::verify
