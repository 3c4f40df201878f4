// replay: step through a counterexample, forward and back.
#include <fmt/format.h>

#include "frontend/project/load.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/session.h"
#include "reports/cli/trace_files.h"
#include "reports/cli/words.h"
#include "reports/formats/terminal/terminal.h"
#include "reports/replay/engine/contract_world.h"
#include "reports/replay/engine/open.h"
#include "reports/replay/engine/system_world.h"
#include "reports/replay/engine/today.h"

namespace singspin::cli {

namespace {

constexpr int kViolated = 1, kBadInput = 2, kInconclusive = 3, kToolFailure = 4;

// The sources of the trace as they are on disk, read as they were read then.
project::Loaded load_today(const report::SavedTrace& trace, const Options& options) {
  project::Input input;
  input.root = project::root_folder(options.input);
  input.defines = trace.settings.symbols;
  input.tokens = trace.settings.tokens;
  input.queue = trace.settings.queue;
  for (const report::SavedSource& source : trace.sources) {
    if (!report::is_built_in(source)) input.paths.push_back(input.root + "/" + source.path);
  }
  return project::load(input);
}

std::unique_ptr<replay::World> system_today(std::shared_ptr<replay::Material> material,
                                            const std::string& name) {
  for (std::size_t i = 0; i < material->systems.size(); ++i) {
    if (material->systems[i].name != name) continue;
    explore::Run run;
    run.configurations.push_back(explore::Interpreter(material->program, material->systems[i]).initial());
    return replay::system_world(material, i, std::move(run));
  }
  return nullptr;
}

// Where the recorded run began, under its reading.
std::unique_ptr<replay::World> contract_today(std::shared_ptr<replay::Material> material,
                                              const report::SavedTrace& trace) {
  for (const ir::ContractId id : material->program.contracts.ids()) {
    const ir::Contract& contract = material->program.contracts[id];
    if (contract.qualified_name != trace.subject) continue;
    for (const ir::StateId state : contract.states.ids()) {
      if (contract.states[state].id != trace.initial.states.at("exp")) continue;
      exec::Trace run;
      run.scope.entry = state;
      if (trace.id.ends_with(".priority")) run.scope.reading = exec::Reading::Priority;
      run.configurations.push_back(exec::initial(run.scope));
      return replay::contract_world(material, id, std::move(run), {exec::kUnlimited, exec::kUnlimited});
    }
  }
  return nullptr;
}

int check_today(const replay::World& recorded, const report::SavedTrace& trace, const Options& options) {
  if (trace.claim.kind == "none")
    return complain("the trace is a recorded simulation: it claims nothing", kBadInput);
  const project::Loaded loaded = load_today(trace, options);
  // A contract may break a rule and have a machine all the same, as it had when the trace was made.
  auto material = std::make_shared<replay::Material>();
  material->sources = loaded.sources;
  material->program = loaded.analysis.program;
  material->systems = loaded.systems;
  const auto today =
      trace.is_system ? system_today(material, trace.subject) : contract_today(material, trace);
  if (today == nullptr) report_errors(loaded, options);
  if (today == nullptr)
    return complain(fmt::format("{}, or the state the run starts in, is no longer there", trace.subject),
                    kBadInput);
  const replay::Today found = replay::compare_today(recorded, trace, *today);
  const bool happens = found.outcome == replay::Today::Outcome::Happens;
  const bool gone = found.outcome == replay::Today::Outcome::Gone;
  const std::string text = fmt::format("{}: {}: {}\n", trace.id,
                                       happens ? "still happens"
                                       : gone  ? "gone"
                                               : "not decided",
                                       found.words);
  if (const auto written = write_stdout(terminal::sanitize(text.substr(0, text.size() - 1)) + "\n"); !written)
    return complain(written.error().message, kToolFailure);
  return happens ? kViolated : gone ? 0 : kInconclusive;
}

}  // namespace

int run_replay(const Options& options) {
  const auto path = find_trace(options.replay.name, options);
  if (!path) return complain(path.error().message, kBadInput);
  auto saved = read_saved_run(*path);
  if (!saved) return complain(saved.error().message, kBadInput);
  if (!options.replay.check)
    for (const std::string& sentence : changed_sources(saved->trace, project::root_folder(options.input)))
      complain("warning: " + sentence, 0);
  auto world = replay::open_trace(saved->trace);
  if (!world)
    return complain(fmt::format("error[SS0031]: {}: {} {}", *path, world.error().place, world.error().what),
                    kBadInput);
  if (options.replay.check) return check_today(**world, saved->trace, options);
  replay::Session session(std::move(*world), std::move(saved->trace), std::move(saved->bytes));
  return run_session(session, options);
}

}  // namespace singspin::cli
