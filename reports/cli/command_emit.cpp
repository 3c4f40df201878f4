#include <fmt/format.h>

#include <algorithm>

#include "frontend/exec/explore.h"
#include "promela/lower/lower.h"
#include "promela/print/print.h"
#include "promela/systems/emit.h"
#include "promela/verify/verify.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/words.h"

namespace singspin::cli {

namespace {

// Queues of the model, and whether no send ever waits in them.
struct Queues {
  exec::Capacity capacity;
  bool enough = false;
};

// What the contract needs; with queues that can grow the small one that verify starts from.
Queues queues_of(const ir::Contract& contract, exec::Scope scope, const Options& options) {
  constexpr std::uint32_t kFallback = 2;
  if (const auto fixed = options.verify.queue) {
    scope.capacity = {*fixed, *fixed};
    const exec::Exploration explored = exec::explore(contract, scope, {});
    return {scope.capacity, explored.complete && !explored.cut};
  }
  const exec::CapacitySearch search = exec::find_capacity(contract, scope, {});
  return search.exact ? Queues{search.capacity, true} : Queues{{kFallback, kFallback}, false};
}

std::string header_words(const Queues& queues) {
  return fmt::format("Queues of {} to the importer and {} to the exporter{}.", queues.capacity.to_importer,
                     queues.capacity.to_exporter,
                     queues.enough ? " are all the contract needs" : "; a send waits for room");
}

std::string map_text(const pml::Printed& printed, const ir::Contract& contract,
                     const source::SourceMap& sources) {
  std::string text;
  for (const pml::PrintedProcess& process : printed.processes) {
    for (const pml::Line& line : process.lines) {
      if (!line.origin.transition) continue;
      const ir::Transition& t = contract.transitions[*line.origin.transition];
      const auto at = sources.position(t.span.file, t.span.begin);
      text += fmt::format("{}\t{}\t{}\t{}:{}:{}\t{}\n", line.line, ir::role_text(process.role),
                          ir::transition_text(*line.origin.transition), sources.file(t.span.file).path,
                          at.line, at.column, line.text);
    }
  }
  return text;
}

// With a formula for each check of the contract, as they are verified.
pml::Model lower_checks(const project::Loaded& loaded, ir::ContractId id, const lower::Request& request) {
  std::vector<const claims::Claim*> claims;
  std::vector<std::string> left_out;
  for (const claims::Claim& claim : loaded.claims) {
    if (claim.contract != id) continue;
    if (lower::fits_spin(claim)) claims.push_back(&claim);
    else left_out.push_back(fmt::format("Left out, since SPIN has no room for it: {}", claim.name));
  }
  pml::Model model = lower::lower_claims(request, claims, loaded.sources);
  model.header.insert(model.header.end(), left_out.begin(), left_out.end());
  return model;
}

std::string emit_contract(const project::Loaded& loaded, ir::ContractId id, const Options& options) {
  const ir::Contract& contract = loaded.analysis.program.contracts[id];
  const exec::Scope scope{
      contract.start, options.priority ? exec::Reading::Priority : exec::Reading::Free, {}};
  const Queues queues = queues_of(contract, scope, options);
  const lower::Request request{&contract, contract.start, options.priority, queues.capacity.to_importer,
                               queues.capacity.to_exporter};
  pml::Model model = options.checks ? lower_checks(loaded, id, request)
                                    : lower::lower({request}, loaded.sources, options.observed);
  model.header.insert(model.header.begin(),
                      fmt::format("singspin {}: {}", SINGSPIN_VERSION, contract.qualified_name));
  model.header.push_back(header_words(queues));
  const pml::Printed printed = pml::print(model);
  return options.map ? map_text(printed, contract, loaded.sources) : printed.text;
}

std::string map_text(const systems::PrintedSystem& printed, const ir::System& system,
                     const source::SourceMap& sources) {
  std::string text;
  for (const systems::PrintedProcess& process : printed.processes) {
    for (const systems::SystemLine& line : process.lines) {
      if (line.kind == systems::SystemLine::Kind::End) continue;
      const auto at = sources.position(line.span.file, line.span.begin);
      const std::string name = process.process ? system.processes[*process.process].name : "watch";
      const std::string edge =
          process.process ? fmt::format("e{}", line.edge.value) : fmt::format("{}", line.row);
      text += fmt::format("{}\t{}\t{}\t{}:{}:{}\t{}\n", line.line, name, edge,
                          sources.file(line.span.file).path, at.line, at.column, line.action);
    }
  }
  return text;
}

// The text, or why there is none.
base::Expected<std::string> emit_system(const project::Loaded& loaded, const ir::System& system,
                                        const Options& options) {
  const auto printed = systems::emit(loaded.analysis.program, system, loaded.sources, options.observed);
  if (!printed) return base::tool_error(fmt::format("{}: {}", system.name, printed.error().message));
  return options.map ? map_text(*printed, system, loaded.sources) : printed->text;
}

// The systems that are named, or all if no name is given.
std::vector<const ir::System*> systems_named(const project::Loaded& loaded,
                                             const std::vector<std::string>& names) {
  std::vector<const ir::System*> result;
  for (const ir::System& system : loaded.systems) {
    if (names.empty() || std::find(names.begin(), names.end(), system.name) != names.end())
      result.push_back(&system);
  }
  return result;
}

}  // namespace

int run_emit(const Options& options) {
  const project::Input input = split_words(options.input);
  const project::Loaded loaded = project::load(input);
  const std::vector<const ir::System*> systems = systems_named(loaded, input.contracts);
  std::vector<ir::ContractId> contracts;
  std::string names;
  const auto add_name = [&](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
  for (const ir::System* system : systems) add_name(system->name);
  // Who names neither means the system, whose contracts stand beside it.
  const bool system_alone = input.contracts.empty() && systems.size() == 1 && !options.all;
  for (const std::size_t row : loaded.selected) {
    const sema::Analyzed& contract = loaded.analysis.contracts[row];
    if (!contract.contract || contract.missing_input || system_alone) continue;
    contracts.push_back(*contract.contract);
    add_name(contract.qualified_name);
  }
  if (contracts.empty() && systems.empty()) {
    if (report_errors(loaded, options)) return 2;
    return complain("no contract with a machine to emit; `singspin check` tells why", 2);
  }
  if (contracts.size() + systems.size() > 1 && !options.all)
    return complain(fmt::format("name one contract, or say --all; found: {}", names), 2);
  std::string text;
  for (const ir::ContractId id : contracts)
    text += (text.empty() ? "" : "\n") + emit_contract(loaded, id, options);
  for (const ir::System* system : systems) {
    const auto model = emit_system(loaded, *system, options);
    if (!model) return complain(fmt::format("warning[SS0301]: {}", model.error().message), 3);
    text += (text.empty() ? "" : "\n") + *model;
  }
  const auto written = write_stdout(text);
  return written ? 0 : complain(fmt::format("error[SS0904]: {}", written.error().message), 4);
}

}  // namespace singspin::cli
