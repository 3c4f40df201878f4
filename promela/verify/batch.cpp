#include "promela/verify/batch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "promela/lower/lower.h"

namespace singspin::verify {

namespace {

// Reads `@name 1 2 3`.
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

}  // namespace

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

using Pairs = std::vector<std::pair<std::string, std::string>>;

class BatchRunner {
 public:
  BatchRunner(const BatchContext& context, const std::vector<Machine>& machines, bool large)
      : context_(context), machines_(machines), large_(large), runs_(machines.size()) {}

  std::vector<MachineRun> run() {
    auto directory = spin::RunDirectory::create();
    if (!directory) {
      fail({spin::Failure::Failed, directory.error().message});
      return std::move(runs_);
    }
    directory_ = &*directory;
    if (prepare()) {
      explore();
      find_traces();
    }
    if (context_.options.keep_files) keep();
    return std::move(runs_);
  }

 private:
  void fail(const spin::Failure& failure) {
    for (MachineRun& run : runs_) run.failure = failure;
  }
  bool failed(const base::ToolError& error) {
    fail({spin::Failure::Failed, error.message});
    return false;
  }
  void keep() {
    directory_->keep();
    context_.engine.kept_folders.push_back(directory_->path());
  }
  const ir::Contract& contract(std::size_t i) const {
    return context_.program.contracts[machines_[i].contract];
  }

  bool prepare() {
    std::vector<lower::Request> requests;
    for (std::size_t i = 0; i < machines_.size(); ++i) {
      const exec::Scope& scope = machines_[i].scope;
      requests.push_back({&contract(i), scope.entry, scope.reading == exec::Reading::Priority,
                          scope.capacity.to_importer, scope.capacity.to_exporter});
    }
    const pml::Model model = lower::lower(requests, context_.sources, true);
    const pml::Printed printed = pml::print(model);
    return generate(printed.text) && identify(model, printed) && compile(model);
  }

  spin::Limits limits() const { return {context_.options.time_limit_seconds, 0}; }

  bool generate(const std::string& text) {
    const auto generated = spin::generate(*directory_, text, context_.tools, limits(), context_.interrupted);
    if (!generated) fail(generated.error());
    else keep_output(generated->command, "");
    return generated.has_value();
  }

  bool identify(const pml::Model& model, const pml::Printed& printed) {
    const auto statements = spin::load_statements(*directory_);
    if (!statements) return failed(statements.error());
    auto identity = mapback::identify(printed, *statements);
    if (!identity) return failed(identity.error());
    identity_ = std::move(*identity);
    const auto written = directory_->write("tables.h", pml::print_tables(model, identity_.blocks));
    return written ? true : failed(written.error());
  }

  // pan's state vector holds the queues; what it needs beyond them is small.
  std::uint64_t vector_bytes(const pml::Model& model) const {
    constexpr std::uint64_t kFixed = 600, kDefault = 1024;
    std::uint64_t queues = 0;
    for (const pml::Machine& m : model.machines)
      queues = std::max<std::uint64_t>(queues, 3ull * (m.to_importer + m.to_exporter) + 32);
    const std::uint64_t needed = kFixed + queues * std::min<std::size_t>(model.machines.size(), 16);
    return needed > kDefault ? needed : 0;
  }

  bool compile(const pml::Model& model) {
    spin::CompileOptions options;
    const bool use_fast =
        !context_.tools.fast_compiler.empty() && (!large_ || context_.tools.optimizing_compiler.empty());
    options.compiler = use_fast ? context_.tools.fast_compiler : context_.tools.optimizing_compiler;
    options.optimize = !use_fast;
    options.vector_bytes = vector_bytes(model);
    options.memory_megabytes = std::max<std::uint64_t>(context_.options.memory_limit_bytes >> 20, 1);
    context_.engine.compiler = options.compiler;
    context_.engine.compiler_flags = spin::verifier_defines(options);
    auto compiled = spin::compile(*directory_, options, limits(), context_.interrupted);
    const bool other = use_fast && !context_.tools.optimizing_compiler.empty();
    if (!compiled && other && compiled.error().kind == spin::Failure::Failed) {
      options.compiler = context_.tools.optimizing_compiler;
      options.optimize = true;
      context_.engine.compiler = options.compiler;
      compiled = spin::compile(*directory_, options, limits(), context_.interrupted);
    }
    if (!compiled) fail(compiled.error());
    else keep_output(compiled->command, "");
    return compiled.has_value();
  }

  // Successful generating and compiling is silent; what failed has its words in the failure.
  void keep_output(const std::string& command, const std::string& text) {
    constexpr std::size_t kMost = 64 << 10;
    if (!context_.options.keep_output) return;
    context_.engine.output.push_back({command, text.substr(0, kMost)});
    if (text.size() > kMost)
      context_.engine.output.back().text += fmt::format("\n... and {} bytes more\n", text.size() - kMost);
  }
  void keep_output(const spin::Command& command, const spin::ProcessResult& result) {
    std::string words;
    for (const auto& [name, value] : command.environment) {
      if (name != "SINGSPIN_PARENT") words += fmt::format("{}={} ", name, value);
    }
    words += "./pan";
    for (std::size_t i = 1; i < command.argv.size(); ++i) words += " " + command.argv[i];
    keep_output(words, result.out + result.err);
  }

  Pairs environment(std::size_t machine, int seek) const {
    return {{"SINGSPIN_MACHINE", std::to_string(machine)},
            {"SINGSPIN_SEEK", std::to_string(seek)},
            {"SINGSPIN_PARENT", std::to_string(::getpid())}};
  }

  spin::PanOptions pan_options(std::size_t machine) const {
    spin::PanOptions options;
    constexpr unsigned kLargeTable = 20;
    if (large_) options.hash_log2 = kLargeTable;
    options.depth = context_.options.depth_limit;
    options.environment = environment(machine, 0);
    options.timeout_seconds = context_.options.time_limit_seconds;
    return options;
  }

  // Searches that may grow to the limit fit into the memory of this computer together. Of a small machine
  // the explorer saw the end: its searches stay far below.
  unsigned jobs() const {
    if (!large_) return context_.options.jobs;
    const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1l));
    const auto memory = pages * static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 1l));
    const std::uint64_t fitting = memory / std::max<std::uint64_t>(context_.options.memory_limit_bytes, 1);
    return static_cast<unsigned>(
        std::min<std::uint64_t>(std::max<std::uint64_t>(fitting, 1), context_.options.jobs));
  }

  void explore() {
    std::vector<spin::Command> commands;
    for (std::size_t i = 0; i < machines_.size(); ++i) {
      commands.push_back(spin::pan_command(*directory_, pan_options(i)));
      commands.back().on_output = [this, i](std::string_view out) {
        const auto progress = spin::read_progress(out);
        if (progress && context_.searching) context_.searching(contract(i), *progress);
      };
    }
    const auto& argv = commands.front().argv;
    context_.engine.verifier_flags = {argv.begin() + 1, argv.end()};
    const auto results = spin::run_processes(commands, jobs(), context_.interrupted);
    for (std::size_t i = 0; i < results.size(); ++i) {
      keep_output(commands[i], results[i]);
      read_run(i, results[i]);
    }
  }

  void read_run(std::size_t i, const spin::ProcessResult& result) {
    MachineRun& run = runs_[i];
    run.capacity = machines_[i].scope.capacity;
    run.outcome = spin::read_outcome(result);
    run.observation = read_observation(run.outcome.observations);
    run.seconds = result.seconds;
    if (!run.outcome.spin_version.empty()) context_.engine.spin_version = run.outcome.spin_version;
    run.sent.resize(contract(i).transitions.size());
    run.received.resize(contract(i).transitions.size());
    for (const spin::PegCount& peg : run.outcome.pegs) {
      const auto found = identity_.by_move.find(peg.transition);
      if (found == identity_.by_move.end() || found->second.machine != i || !found->second.transition)
        continue;
      const ir::TransitionId t = *found->second.transition;
      const bool sends = ir::sender(contract(i).transitions[t].sign) == found->second.role;
      (sends ? run.sent : run.received)[t.value] = true;
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
    std::vector<spin::Command> commands;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      for (const exec::Fault fault : exec::kFaults) {
        const bool seen =
            runs_[i].observation && runs_[i].observation->faults[static_cast<std::size_t>(fault)] > 0;
        if (seen) add_search(i, fault, searches, commands);
      }
    }
    const auto results = spin::run_processes(commands, jobs(), context_.interrupted);
    for (std::size_t i = 0; i < results.size(); ++i) {
      keep_output(commands[i], results[i]);
      read_trace(searches[i], results[i]);
    }
  }

  void add_search(std::size_t machine, exec::Fault fault, std::vector<Search>& searches,
                  std::vector<spin::Command>& commands) {
    const std::string folder = fmt::format("trail-{}-{}", machine, static_cast<int>(fault));
    if (const auto made = directory_->make_folder(folder); !made) {
      runs_[machine].trace_problem = made.error().message;
      return;
    }
    spin::PanOptions options = pan_options(machine);
    options.folder = folder;
    options.stop_at_first_error = true;
    options.ignore_end_states = true;  // the observer decides, not pan's own idea of a standstill
    options.environment = environment(machine, static_cast<int>(fault) + 1);
    searches.push_back({machine, fault, folder});
    commands.push_back(spin::pan_command(*directory_, options));
  }

  void read_trace(const Search& search, const spin::ProcessResult& result) {
    MachineRun& run = runs_[search.machine];
    if (std::holds_alternative<spin::Interrupted>(result.ending) ||
        std::holds_alternative<spin::TimedOut>(result.ending)) {
      run.out_of_time_for_traces = true;
      return;
    }
    const auto trail = spin::load_trail(*directory_, search.folder);
    if (!trail) {
      run.trace_problem = trail.error().message;
      return;
    }
    const mapback::Target target{&contract(search.machine), machines_[search.machine].scope, search.machine,
                                 machines_.size() > 1 ? 1 : 0};
    auto trace = mapback::map_back(target, identity_, *trail, search.fault);
    if (trace) run.traces[static_cast<std::size_t>(search.fault)] = std::move(*trace);
    else run.trace_problem = trace.error().message;
  }

  const BatchContext& context_;
  const std::vector<Machine>& machines_;
  bool large_;
  std::vector<MachineRun> runs_;
  spin::RunDirectory* directory_ = nullptr;
  mapback::Identity identity_;
};

}  // namespace

std::vector<MachineRun> run_batch(const BatchContext& context, const std::vector<Machine>& machines,
                                  bool large) {
  return BatchRunner(context, machines, large).run();
}

}  // namespace singspin::verify
