#include "promela/verify_systems/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "promela/verify/batch.h"
#include "promela/verify/model_run.h"

namespace singspin::verify {

namespace {

// The end of `run` shows what `end` says, under the rules of the interpreter.
bool shows(const explore::Interpreter& interpreter, const explore::Run& run, const systems::RunEnd& end) {
  const ir::System& system = interpreter.system();
  if (run.violation)
    return end.kind == systems::RunEnd::Kind::Property && run.violation->property == end.property;
  if (run.abandoned) return false;
  if (end.kind == systems::RunEnd::Kind::Check) {
    const ir::Check& check = system.checks[end.check];
    return (interpreter.evaluate(run.last(), check.first) != 0) == (check.kind != ir::Check::Kind::Always);
  }
  if (end.property == ir::SystemProperty::DeadlockFree) return interpreter.is_stuck(run.last());
  return end.property == ir::SystemProperty::StateMapping &&
         std::any_of(system.mappings.begin(), system.mappings.end(),
                     [&](const ir::Mapping& m) { return interpreter.breaks(run.last(), m); });
}

class Runner {
 public:
  Runner(const SystemContext& context, const explore::Interpreter& interpreter, std::uint64_t expected)
      : context_(context),
        interpreter_(interpreter),
        expected_(expected),
        model_({context.options, context.tools, context.interrupted, context.engine}) {}

  SystemRun run() {
    auto printed = systems::emit(context_.program, interpreter_.system(), context_.sources, true);
    if (!printed) {
      run_.refusal = printed.error();
      return std::move(run_);
    }
    printed_ = std::move(*printed);
    if (prepare()) {
      explore();
      find_traces();
    } else {
      run_.failure = model_.failure();
    }
    return std::move(run_);
  }

 private:
  // Above this many states what gcc -O1 takes to compile is won back.
  static constexpr std::uint64_t kLarge = 300'000;
  bool is_large() const { return expected_ > kLarge; }

  bool prepare() {
    if (!model_.generate(printed_.text, spin::WriteOnly::Kept)) return false;
    auto identity = verify::identify(printed_, model_.statements());
    if (!identity) return model_.fail(identity.error());
    identity_ = std::move(*identity);
    constexpr std::uint64_t kFixed = 300, kDefault = 1024;
    const std::uint64_t bytes = printed_.vector_bytes + kFixed;
    return model_.compile({.large = is_large(), .vector_bytes = bytes > kDefault ? bytes : 0});
  }

  // The process `watch` decides, not pan's own idea of a standstill.
  spin::PanOptions pan_options(unsigned seek) const {
    spin::PanOptions options = model_.pan_options();
    while (options.hash_log2 < 24 && (std::uint64_t{1} << options.hash_log2) < expected_) ++options.hash_log2;
    options.ignore_end_states = true;
    options.environment.emplace_back("SINGSPIN_SEEK", std::to_string(seek));
    return options;
  }

  void explore() {
    const spin::ProcessResult result = model_.search({pan_options(0)}).front();
    run_.outcome = spin::read_outcome(result, spin::Search::OwnErrors);
    run_.seconds = result.seconds;
    if (!run_.outcome.spin_version.empty()) context_.engine.spin_version = run_.outcome.spin_version;
    read_pegs();
    std::uint64_t configurations = 0;
    std::vector<std::pair<unsigned, std::uint64_t>> ended;
    if (!read_system_observation(run_.outcome.observations, configurations, ended)) return;
    run_.configurations = configurations;
    for (const auto& [value, count] : ended) note_end(value, count);
  }

  void note_end(unsigned value, std::uint64_t count) {
    const auto end = std::find_if(printed_.ends.begin(), printed_.ends.end(),
                                  [&](const systems::RunEnd& e) { return e.value == value; });
    if (end != printed_.ends.end()) run_.ends.push_back({*end, count, {}});
    else run_.configurations.reset();
  }

  void read_pegs() {
    for (const ir::Process& process : interpreter_.system().processes)
      run_.taken.emplace_back(process.edges.size());
    for (const spin::PegCount& peg : run_.outcome.pegs) {
      const auto found = identity_.by_move.find(peg.transition);
      if (found == identity_.by_move.end()) continue;
      const systems::SystemLine& line = printed_.processes[found->second.process].lines[found->second.line];
      if (line.kind != systems::SystemLine::Kind::Edge) continue;
      run_.transitions += peg.count;
      run_.taken[line.process.value][line.edge.value] = peg.count > 0;
    }
  }

  // Each end that was seen is sought again, breadth first, by a run that stops at it.
  void find_traces() {
    if (!context_.options.want_traces || !run_.configurations) return;
    std::vector<spin::PanOptions> searches;
    std::vector<SeenEnd*> sought;
    for (SeenEnd& seen : run_.ends) {
      if (seen.end.kind == systems::RunEnd::Kind::Abandoned) continue;
      spin::PanOptions options = pan_options(seen.end.value);
      options.folder = fmt::format("trail-{}", seen.end.value);
      options.stop_at_first_error = true;
      options.ignore_assertions = true;
      if (const auto made = model_.make_folder(options.folder); !made) {
        run_.trace_problem = made.error().message;
        continue;
      }
      searches.push_back(std::move(options));
      sought.push_back(&seen);
    }
    const auto results = model_.search(searches);
    for (std::size_t i = 0; i < results.size(); ++i) read_trace(*sought[i], results[i]);
  }

  void read_trace(SeenEnd& seen, const spin::ProcessResult& result) {
    if (std::holds_alternative<spin::Interrupted>(result.ending) ||
        std::holds_alternative<spin::TimedOut>(result.ending)) {
      run_.out_of_time_for_traces = true;
      return;
    }
    const auto trail = model_.trail(fmt::format("trail-{}", seen.end.value));
    const auto steps = trail ? candidate_steps(printed_, identity_, *trail)
                             : base::Expected<std::vector<explore::Step>>(tl::unexpected(trail.error()));
    if (!steps) run_.trace_problem = steps.error().message;
    else if (!execute(seen, *steps)) {
      run_.trace_problem =
          fmt::format("the {} steps of the trail do not lead to the violation SPIN reported", steps->size());
    }
  }

  // The shorter run first: a record that was never executed may look executable.
  bool execute(SeenEnd& seen, const std::vector<explore::Step>& steps) const {
    std::vector<explore::Step> shorter = steps;
    if (!shorter.empty()) shorter.pop_back();
    return execute_one(seen, shorter) || execute_one(seen, steps);
  }
  bool execute_one(SeenEnd& seen, const std::vector<explore::Step>& steps) const {
    auto run = explore::execute(interpreter_, steps);
    if (!run || !shows(interpreter_, *run, seen.end)) return false;
    seen.run = std::move(*run);
    return true;
  }

  const SystemContext& context_;
  const explore::Interpreter& interpreter_;
  std::uint64_t expected_;
  SystemRun run_;
  systems::PrintedSystem printed_;
  SystemIdentity identity_;
  ModelRun model_;
};

}  // namespace

bool read_system_observation(const std::vector<std::string>& lines, std::uint64_t& configurations,
                             std::vector<std::pair<unsigned, std::uint64_t>>& ended) {
  if (lines.size() < 2 || lines.back() != "@end") return false;
  if (!read_numbers(lines.front(), "@configurations", {&configurations}) || configurations == 0) return false;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    std::uint64_t value = 0, count = 0;
    if (!read_numbers(lines[i], "@ended", {&value, &count}) || value > 255) return false;
    ended.emplace_back(static_cast<unsigned>(value), count);
  }
  return true;
}

SystemRun run_system(const SystemContext& context, const explore::Interpreter& interpreter,
                     std::uint64_t expected_configurations) {
  return Runner(context, interpreter, expected_configurations).run();
}

}  // namespace singspin::verify
