// simulate: a contract or a system, and the user chooses the steps.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "reports/cli/commands.h"
#include "reports/cli/session.h"
#include "reports/cli/words.h"
#include "reports/replay/engine/contract_world.h"
#include "reports/replay/engine/system_world.h"

namespace singspin::cli {

namespace {

constexpr int kBadInput = 2;

struct Named {
  std::optional<ir::ContractId> contract;
  std::optional<std::size_t> system;
};

// The one contract or system that is meant; else what there is.
base::Expected<Named> find_named(const project::Loaded& loaded, const std::vector<std::string>& names) {
  std::vector<Named> found;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < loaded.systems.size(); ++i) {
    const bool asked = names.empty() || std::ranges::find(names, loaded.systems[i].name) != names.end();
    if (asked) found.push_back({{}, i});
    if (asked) known.push_back(loaded.systems[i].name);
  }
  // Who names neither means the system, whose contracts stand beside it.
  const bool system_alone = names.empty() && found.size() == 1;
  for (const std::size_t row : loaded.selected) {
    const sema::Analyzed& contract = loaded.analysis.contracts[row];
    if (!contract.contract || contract.missing_input || system_alone) continue;
    found.push_back({contract.contract, {}});
    known.push_back(contract.qualified_name);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) return base::tool_error("no contract with a machine and no system to simulate");
  return base::tool_error(fmt::format("name one contract or system; found: {}", fmt::join(known, ", ")));
}

std::unique_ptr<replay::World> world_of(project::Loaded loaded, const Named& named, const Options& options) {
  auto material = std::make_shared<replay::Material>();
  material->sources = std::move(loaded.sources);
  material->program = std::move(loaded.analysis.program);
  material->systems = std::move(loaded.systems);
  material->settings = {options.input.defines, options.input.tokens, options.input.queue};
  if (named.system) {
    const explore::Interpreter interpreter(material->program, material->systems[*named.system]);
    explore::Run run;
    run.configurations.push_back(interpreter.initial());
    return replay::system_world(material, *named.system, std::move(run));
  }
  const ir::Contract& contract = material->program.contracts[*named.contract];
  const std::uint32_t room = options.verify.queue.value_or(exec::kUnlimited);
  exec::Trace run;
  run.scope.entry = contract.start;
  run.configurations.push_back(exec::initial(run.scope));
  return replay::contract_world(material, *named.contract, std::move(run), {room, room});
}

}  // namespace

int run_simulate(const Options& options) {
  const project::Input input = split_words(options.input);
  project::Loaded loaded = project::load(input);
  const auto named = find_named(loaded, input.contracts);
  if (!named) {
    if (report_errors(loaded, options)) return kBadInput;
    return complain(named.error().message, kBadInput);
  }
  const std::uint64_t seed = options.replay.seed ? *options.replay.seed : std::random_device()();
  replay::Session session(world_of(std::move(loaded), *named, options), seed);
  return run_session(session, options);
}

}  // namespace singspin::cli
