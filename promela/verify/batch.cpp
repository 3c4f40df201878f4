#include "promela/verify/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "promela/lower/lower.h"
#include "promela/verify/model_run.h"

namespace singspin::verify {

bool read_numbers(std::string_view line, std::string_view name, std::vector<std::uint64_t*> numbers) {
  if (!line.starts_with(name)) return false;
  line.remove_prefix(name.size());
  for (std::uint64_t* number : numbers) {
    if (!line.starts_with(' ')) return false;
    line.remove_prefix(1);
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), *number);
    if (error != std::errc()) return false;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  }
  return line.empty();
}

std::optional<Observation> read_observation(const std::vector<std::string>& lines) {
  Observation seen;
  std::uint64_t calls = 0, longest[2] = {};
  if (lines.size() != 7 || lines.back() != "@end") return std::nullopt;
  const bool read = read_numbers(lines[0], "@calls", {&calls}) &&
                    read_numbers(lines[1], "@longest", {&longest[0], &longest[1]}) &&
                    read_numbers(lines[2], "@faults",
                                 {&seen.faults[0], &seen.faults[1], &seen.faults[2], &seen.faults[3]}) &&
                    read_numbers(lines[3], "@deadlocks", {&seen.deadlocks}) &&
                    read_numbers(lines[4], "@cut", {&seen.cut, &seen.cut_standstill}) &&
                    read_numbers(lines[5], "@both", {&seen.both_queues_used});
  if (!read || calls == 0) return std::nullopt;
  seen.longest_to_importer = static_cast<std::uint32_t>(longest[0]);
  seen.longest_to_exporter = static_cast<std::uint32_t>(longest[1]);
  return seen;
}

// With several machines `init` starts one of them: the initial state, the choice, two `run`.
Overhead overhead(std::size_t machines_in_model) {
  return machines_in_model > 1 ? Overhead{4, 4} : Overhead{0, 0};
}

namespace {

// pan's state vector holds the queues; what it needs beyond them is small.
std::uint64_t vector_bytes(const pml::Model& model) {
  constexpr std::uint64_t kFixed = 600, kDefault = 1024;
  std::uint64_t queues = 0;
  for (const pml::Machine& m : model.machines)
    queues = std::max<std::uint64_t>(queues, 3ull * (m.to_importer + m.to_exporter) + 32);
  const std::uint64_t needed = kFixed + queues * std::min<std::size_t>(model.machines.size(), 16);
  return needed > kDefault ? needed : 0;
}

}  // namespace

std::optional<BatchModel> generate_batch(const BatchContext& context, const std::vector<Machine>& machines,
                                         ModelRun& run) {
  std::vector<lower::Request> requests;
  for (const Machine& machine : machines) {
    const exec::Scope& scope = machine.scope;
    requests.push_back({&context.program.contracts[machine.contract], scope.entry,
                        scope.reading == exec::Reading::Priority, scope.capacity.to_importer,
                        scope.capacity.to_exporter});
  }
  BatchModel result{lower::lower(requests, context.sources, true), {}, 0};
  result.vector_bytes = vector_bytes(result.model);
  const pml::Printed printed = pml::print(result.model);
  if (!run.generate(printed.text)) return std::nullopt;
  auto identity = mapback::identify(printed, run.statements());
  if (!identity) return run.fail(identity.error()), std::nullopt;
  result.identity = std::move(*identity);
  if (!run.write("tables.h", pml::print_tables(result.model, result.identity.blocks))) return std::nullopt;
  return result;
}

MachineRun read_search(const BatchContext& context, const Machine& machine, std::size_t i,
                       const BatchModel& model, const spin::ProcessResult& result) {
  const ir::Contract& contract = context.program.contracts[machine.contract];
  MachineRun run;
  run.capacity = machine.scope.capacity;
  run.outcome = spin::read_outcome(result);
  run.observation = read_observation(run.outcome.observations);
  run.seconds = result.seconds;
  run.sent.resize(contract.transitions.size());
  run.received.resize(contract.transitions.size());
  for (const spin::PegCount& peg : run.outcome.pegs) {
    const auto found = model.identity.by_move.find(peg.transition);
    if (found == model.identity.by_move.end() || found->second.machine != i || !found->second.transition)
      continue;
    const ir::TransitionId t = *found->second.transition;
    const bool sends = ir::sender(contract.transitions[t].sign) == found->second.role;
    (sends ? run.sent : run.received)[t.value] = true;
  }
  return run;
}

namespace {

class BatchRunner {
 public:
  BatchRunner(const BatchContext& context, const std::vector<Machine>& machines, bool large)
      : context_(context),
        machines_(machines),
        large_(large),
        runs_(machines.size()),
        model_({context.options, context.tools, context.interrupted, context.engine}) {}

  std::vector<MachineRun> run() {
    if (prepare()) {
      explore();
      find_traces();
    } else {
      for (MachineRun& run : runs_) run.failure = model_.failure();
    }
    return std::move(runs_);
  }

 private:
  const ir::Contract& contract(std::size_t i) const {
    return context_.program.contracts[machines_[i].contract];
  }

  bool prepare() {
    auto generated = generate_batch(context_, machines_, model_);
    if (!generated) return false;
    batch_ = std::move(*generated);
    return model_.compile({.large = large_, .vector_bytes = batch_.vector_bytes});
  }

  // `seek`: which fault the observer stops at; 0: none.
  spin::PanOptions pan_options(std::size_t machine, int seek) const {
    spin::PanOptions options = model_.pan_options();
    constexpr unsigned kLargeTable = 20;
    if (large_) options.hash_log2 = kLargeTable;
    options.environment.emplace_back("SINGSPIN_MACHINE", std::to_string(machine));
    options.environment.emplace_back("SINGSPIN_SEEK", std::to_string(seek));
    return options;
  }

  void explore() {
    std::vector<spin::PanOptions> searches;
    for (std::size_t i = 0; i < machines_.size(); ++i) searches.push_back(pan_options(i, 0));
    const auto results = model_.search(searches, [this](std::size_t i, std::string_view out) {
      const auto progress = spin::read_progress(out);
      if (progress && context_.searching) context_.searching(contract(i), *progress);
    });
    for (std::size_t i = 0; i < results.size(); ++i) {
      runs_[i] = read_search(context_, machines_[i], i, batch_, results[i]);
      const std::string& version = runs_[i].outcome.spin_version;
      if (!version.empty()) context_.engine.spin_version = version;
    }
  }

  struct Search {
    std::size_t machine;
    exec::Fault fault;
    std::string folder;
  };

  // Each fault that was seen is sought again, breadth first, by a run that stops at it.
  void find_traces() {
    if (!context_.options.want_traces) return;
    std::vector<Search> searches;
    std::vector<spin::PanOptions> options;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      for (const exec::Fault fault : exec::kFaults) {
        const bool seen =
            runs_[i].observation && runs_[i].observation->faults[static_cast<std::size_t>(fault)] > 0;
        if (seen) add_search(i, fault, searches, options);
      }
    }
    const auto results = model_.search(options);
    for (std::size_t i = 0; i < results.size(); ++i) read_trace(searches[i], results[i]);
  }

  void add_search(std::size_t machine, exec::Fault fault, std::vector<Search>& searches,
                  std::vector<spin::PanOptions>& all) {
    const std::string folder = fmt::format("trail-{}-{}", machine, static_cast<int>(fault));
    if (const auto made = model_.make_folder(folder); !made) {
      runs_[machine].trace_problem = made.error().message;
      return;
    }
    spin::PanOptions options = pan_options(machine, static_cast<int>(fault) + 1);
    options.folder = folder;
    options.stop_at_first_error = true;
    options.ignore_end_states = true;  // the observer decides, not pan's own idea of a standstill
    searches.push_back({machine, fault, folder});
    all.push_back(std::move(options));
  }

  void read_trace(const Search& search, const spin::ProcessResult& result) {
    MachineRun& run = runs_[search.machine];
    if (std::holds_alternative<spin::Interrupted>(result.ending) ||
        std::holds_alternative<spin::TimedOut>(result.ending)) {
      run.out_of_time_for_traces = true;
      return;
    }
    const auto trail = model_.trail(search.folder);
    if (!trail) {
      run.trace_problem = trail.error().message;
      return;
    }
    const mapback::Target target{&contract(search.machine), machines_[search.machine].scope, search.machine,
                                 machines_.size() > 1 ? 1 : 0};
    auto trace = mapback::map_back(target, batch_.identity, *trail, search.fault);
    if (trace) run.traces[static_cast<std::size_t>(search.fault)] = std::move(*trace);
    else run.trace_problem = trace.error().message;
  }

  const BatchContext& context_;
  const std::vector<Machine>& machines_;
  bool large_;
  std::vector<MachineRun> runs_;
  ModelRun model_;
  BatchModel batch_;
};

}  // namespace

std::vector<MachineRun> run_batch(const BatchContext& context, const std::vector<Machine>& machines,
                                  bool large) {
  return BatchRunner(context, machines, large).run();
}

}  // namespace singspin::verify
