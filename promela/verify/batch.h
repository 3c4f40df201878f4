// One Promela model with many machines: generated and compiled once, run once per machine.
#pragma once

#include <array>
#include <csignal>
#include <optional>
#include <vector>

#include "promela/mapback/mapback.h"
#include "promela/model/model.h"
#include "promela/spin/engine.h"
#include "promela/spin/outcome.h"
#include "promela/verify/model_run.h"
#include "promela/verify/verify.h"

namespace singspin::verify {

// Reads a line of an observer, `@name 1 2 3`.
bool read_numbers(std::string_view line, std::string_view name, std::vector<std::uint64_t*> numbers);

// What the observer of prelude/observer_code.pml counted.
struct Observation {
  std::uint32_t longest_to_importer = 0;
  std::uint32_t longest_to_exporter = 0;
  std::array<std::uint64_t, 4> faults{};  // by exec::Fault; a configuration may count twice
  std::uint64_t deadlocks = 0;
  std::uint64_t cut = 0;             // configurations with a send held back
  std::uint64_t cut_standstill = 0;  // those of them without any step
  std::uint64_t both_queues_used = 0;
};
// nullopt if a line is missing or the text ends early.
std::optional<Observation> read_observation(const std::vector<std::string>& lines);

// The exhaustive run of one machine.
struct MachineRun {
  exec::Capacity capacity;  // that was searched; 0: nothing was run
  spin::SpinOutcome outcome;
  std::optional<Observation> observation;
  std::vector<bool> sent;  // by transition
  std::vector<bool> received;
  double seconds = 0;
  // A shortest run to each fault that was seen, or why there is none.
  std::array<std::optional<exec::Trace>, 4> traces;
  std::string trace_problem;
  bool out_of_time_for_traces = false;  // the limit or an interrupt ended the search for a run
  bool cached = false;                  // an earlier verification made it
  // Set if nothing was run: why.
  std::optional<spin::Failure> failure;
};

struct BatchContext {
  const ir::Program& program;
  const source::SourceMap& sources;
  const Options& options;
  const spin::Tools& tools;
  const volatile std::sig_atomic_t* interrupted;
  Engine& engine;
  // How far the search for a contract is; called while it runs.
  std::function<void(const ir::Contract&, const spin::PanProgress&)> searching = {};
};

// A shared model on its way through the engines.
struct BatchModel {
  pml::Model model;
  mapback::Identity identity;
  std::uint64_t vector_bytes = 0;  // VECTORSZ, 0: pan's default is enough
};
// Generated, with all that a verifier of it needs; nullopt: `run` says why.
std::optional<BatchModel> generate_batch(const BatchContext& context, const std::vector<Machine>& machines,
                                         ModelRun& run);
// What the exhaustive search of the `i`-th machine said.
MachineRun read_search(const BatchContext& context, const Machine& machine, std::size_t i,
                       const BatchModel& model, const spin::ProcessResult& result);

// One run per machine, in order. `large`: use the optimizing compiler.
std::vector<MachineRun> run_batch(const BatchContext& context, const std::vector<Machine>& machines,
                                  bool large);

// States and transitions that SPIN counts beyond the configurations and steps of the machine.
struct Overhead {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
};
Overhead overhead(std::size_t machines_in_model);

}  // namespace singspin::verify
