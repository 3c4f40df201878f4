#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <thread>

#include "reports/cli/assemble.h"
#include "reports/cli/changed_since.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/fix.h"
#include "reports/cli/formats.h"
#include "reports/cli/html_report.h"
#include "reports/cli/interrupt.h"
#include "reports/cli/outputs.h"
#include "reports/cli/progress.h"
#include "reports/cli/repairs.h"
#include "reports/cli/terminal_info.h"
#include "reports/cli/verdict_cache.h"
#include "reports/document/decode.h"
#include "reports/formats/json/json.h"

namespace singspin::cli {

namespace {

using Clock = std::chrono::steady_clock;

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

bool has_property_left(const Options& options) {
  const std::set<ir::Property> wanted = chosen_properties(options.verify.properties);
  if (wanted.empty() && !options.verify.properties.empty()) return true;  // of systems
  if (wanted.contains(ir::Property::User) && !options.input.severities.is_off(ir::code(ir::Property::User)))
    return true;
  return std::any_of(ir::kAllProperties.begin(), ir::kAllProperties.end(), [&](ir::Property p) {
    const bool chosen = wanted.empty() ? ir::is_default(p) : wanted.contains(p);
    return !options.input.severities.is_off(ir::code(p)) && chosen;
  });
}

// The properties a violation of which fails the run.
std::set<ir::Property> failing_properties(const Options& options) {
  const std::set<ir::Property> wanted = chosen_properties(options.verify.properties);
  std::set<ir::Property> result;
  for (const ir::Property p : ir::kProperties) {
    const diagnostics::Code code = ir::code(p);
    const diagnostics::Severities& severities = options.input.severities;
    const bool error =
        severities.effective(code, diagnostics::info(code).severity) == diagnostics::Severity::Error;
    const bool counts = (error || options.warnings_are_errors) && !severities.is_off(code);
    if (counts && (wanted.empty() || wanted.contains(p))) result.insert(p);
  }
  return result;
}

verify::Options verify_options(const Options& all) {
  const VerifyOptions& chosen = all.verify;
  verify::Options options;
  options.queue_capacity = chosen.queue;
  options.time_limit_seconds = chosen.time_seconds;
  options.memory_limit_bytes = chosen.memory_bytes;
  options.depth_limit = chosen.depth;
  options.jobs = chosen.jobs != 0 ? chosen.jobs : std::max(1u, std::thread::hardware_concurrency());
  options.keep_files = chosen.keep_temp;
  options.referee = chosen.referee;
  options.want_traces = !chosen.no_trace;
  options.properties = chosen_properties(chosen.properties);
  if (chosen.fail_fast) options.end_at = failing_properties(all);
  options.keep_output = all.display.verbosity > 1;
  return options;
}

std::string state_folder(const VerifyOptions& chosen) {
  return chosen.state_dir.empty() ? ".singspin" : chosen.state_dir;
}

// Nobody asked for the cache: why there is none is said only to those who want to know everything.
std::optional<VerdictCache> open_cache(const project::Loaded& loaded, const Options& options,
                                       const spin::Tools& tools) {
  // What is remembered would show: the same input must give the same bytes, whatever ran before.
  const bool deterministic = terminal_options(options.display, read_environment(STDOUT_FILENO)).deterministic;
  const bool wants_engines =
      options.verify.keep_temp || options.display.verbosity > 1;  // to see them at work
  const bool is_pointless = loaded.selected.empty() || tools.spin.empty();
  const bool unwanted = options.verify.no_cache || options.verify.referee;
  if (unwanted || wants_engines || deterministic || is_pointless) return std::nullopt;
  auto cache = VerdictCache::open(state_folder(options.verify), tools);
  if (cache) return std::move(*cache);
  if (options.display.verbosity > 0) complain("no cache: " + cache.error().message, 0);
  return std::nullopt;
}

void close_cache(VerdictCache& cache, const Options& options) {
  const std::string problem = cache.close();
  if (!problem.empty() && options.display.verbosity > 0) complain("no cache: " + problem, 0);
}

verify::Results run_engines(const project::Loaded& loaded, const Options& options, const spin::Tools& tools,
                            const verify::Memory* memory) {
  std::vector<ir::ContractId> contracts;
  // Only properties of systems are asked for.
  if (!options.verify.properties.empty() && chosen_properties(options.verify.properties).empty()) return {};
  for (const std::size_t row : loaded.selected) {
    const sema::Analyzed& contract = loaded.analysis.contracts[row];
    if (contract.contract && !contract.missing_input) contracts.push_back(*contract.contract);
  }
  if (contracts.empty()) return {};
  install_interrupt_handlers();  // before this there is nothing to clean up
  ProgressLine line(options.verify.progress, isatty(STDERR_FILENO) == 1);
  return verify::verify(
      loaded.analysis.program, contracts, loaded.claims, loaded.sources, verify_options(options), tools,
      interrupted(), [&](const verify::ProgressNews& news) { line.set(news); }, memory);
}

verify::SystemResults run_systems(const project::Loaded& loaded, const Options& options,
                                  const spin::Tools& tools) {
  if (loaded.systems.empty()) return {};
  install_interrupt_handlers();
  ProgressLine line(options.verify.progress, isatty(STDERR_FILENO) == 1);
  const verify::SystemProgress progress = [&](std::size_t done, std::size_t total, const ir::System& system) {
    line.set(fmt::format("[{}/{}] {}", done + 1, total, terminal::sanitize(system.name)));
  };
  return verify::verify_systems(loaded.analysis.program, loaded.systems, loaded.sources,
                                verify_options(options), tools, interrupted(), progress);
}

// The engine of a run is that of its contracts, or of its systems if there are no contracts.
void add_engine(verify::Results& results, const verify::SystemResults& systems) {
  results.interrupted = results.interrupted || systems.interrupted;
  auto& folders = results.engine.kept_folders;
  folders.insert(folders.end(), systems.engine.kept_folders.begin(), systems.engine.kept_folders.end());
  if (!results.engine.spin_version.empty() || systems.engine.spin_version.empty()) return;
  const std::vector<std::string> kept = folders;
  results.engine = systems.engine;
  results.engine.kept_folders = kept;
}

// Who wants no runs wants no repairs.
std::vector<Repaired> repairs_of(const project::Loaded& loaded, const verify::Results& results,
                                 const Options& options, const spin::Tools& tools,
                                 const verify::Memory* memory) {
  if (options.verify.no_trace || results.interrupted) return {};
  return find_repairs(loaded, results, options.input, verify_options(options), tools, interrupted(), memory);
}

// With the first run of the contract that counts.
void offer(report::Report& report, const std::vector<Repaired>& repairs) {
  for (const Repaired& repaired : repairs) {
    const auto run = std::ranges::find_if(report.counterexamples, [&](const report::Counterexample& c) {
      return c.contract == repaired.contract && c.reading != exec::Reading::Priority;
    });
    if (run != report.counterexamples.end()) run->repairs.push_back(repaired.fix);
  }
}

void describe_run(report::Report& report, const Options& options, const verify::Results& results,
                  const spin::Tools& tools, bool deterministic) {
  report.engine.version = results.engine.spin_version;
  const bool fast = results.engine.compiler == tools.fast_compiler;
  const auto kind = fast ? spin::ToolKind::FastCompiler : spin::ToolKind::OptimizingCompiler;
  if (!results.engine.compiler.empty() && !deterministic)
    report.engine.compiler = spin::tool_version(results.engine.compiler, kind);
  report.engine.compiler_flags = results.engine.compiler_flags;
  report.engine.verifier_flags = results.engine.verifier_flags;
  report.run.arguments = options.arguments;
  report.run.interrupted = results.interrupted;
  report.options.queue_capacity = options.verify.queue.value_or(0);
  for (const report::ContractReport& c : report.contracts) {
    report.options.queue_capacity =
        std::max({report.options.queue_capacity, c.capacity.to_importer, c.capacity.to_exporter});
  }
  for (const report::SystemReport& system : report.systems) {
    for (const explore::Bounds::Queue& queue : system.bounds.queues)
      report.options.queue_capacity = std::max(report.options.queue_capacity, queue.capacity);
  }
  if (!report.systems.empty()) report.options.tokens = options.input.tokens;
  report.options.changed_since = options.verify.changed_since.value_or("");
  report.options.symbols = options.input.defines;
  if (options.verify.referee) report.refereed = report::Refereed{results.refereed, results.machines};
  report.options.fixed_capacity = options.verify.queue.has_value();
  report.options.time_limit_seconds = options.verify.time_seconds;
  report.options.memory_limit_bytes = options.verify.memory_bytes;
  report.options.depth_limit = options.verify.depth;
}

int final_exit_code(const report::Report& report, const Options& options) {
  const int code = report::exit_code(report, {options.warnings_are_errors, options.verify.inconclusive_ok});
  return code == 130 && *interrupted() == SIGTERM ? 143 : code;
}

// Traces of the last run replace those of the run before. A folder that cannot be written is worth a
// warning, not a failure: nobody asked for the traces.
void keep_traces(const report::Report& report, const Options& options, const json::Options& format) {
  const std::filesystem::path folder = std::filesystem::path(state_folder(options.verify)) / "last";
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().string().ends_with(".trace.json")) std::filesystem::remove(it->path(), error);
  }
  std::filesystem::remove(folder / kTraceIndex, error);
  const std::size_t contracts = report.counterexamples.size();
  const std::size_t all = contracts + report.system_counterexamples.size();
  if (all == 0) return;
  base::Expected<void> done = make_state_folder(folder.string());
  std::string index;  // in the order of the report
  for (std::size_t i = 0; done && i < all; ++i) {
    const bool is_system = i >= contracts;
    const std::string name = trace_file_name(
        is_system ? report.system_counterexamples[i - contracts].id : report.counterexamples[i].id, i);
    const std::string text = is_system ? json::render_system_trace(report, i - contracts, format)
                                       : json::render_trace(report, i, format);
    done = write_output((folder / (name + ".trace.json")).string(), text);
    index += name + ".trace.json\n";
  }
  if (done) done = write_output((folder / kTraceIndex).string(), index);
  if (!done) complain("warning: traces are not kept: " + done.error().message, 0);
}

// The blocks that other formats quote: the same in every terminal and locale.
void add_texts(report::Report& report, bool deterministic) {
  terminal::Options plain;
  plain.width = 80;
  plain.unicode = false;
  plain.deterministic = deterministic;
  for (report::Counterexample& one : report.counterexamples)
    one.text = terminal::render_counterexample(report, one, plain);
  for (report::SystemCounterexample& one : report.system_counterexamples)
    one.text = terminal::render_system_counterexample(report, one, plain);
  for (const diagnostics::Diagnostic& one : report.diagnostics)
    report.diagnostic_texts.push_back(terminal::render_diagnostic(one, report.sources, plain));
}

void add_problem(report::Report& report, const std::string& problem) {
  diagnostics::Diagnostics one;
  one.add_without_place(diagnostics::Code::output_not_writable, problem);
  report.diagnostics.push_back(one.list().front());
  report.diagnostic_texts.push_back("");
  report.run.exit_code = 4;
  report.run.outcome = report::outcome(4);
}

// Every format but JSON is made from the JSON text, so `singspin report` makes the same of it later. JSON goes
// last, since it says which other output failed.
int write_reports(report::Report& report, const Options& options, const std::vector<Output>& outputs,
                  const json::Options& format) {
  const bool annotates = wants_annotations(options);
  if (outputs.empty() && !annotates) return 0;
  add_texts(report, format.deterministic);
  const bool others =
      std::ranges::any_of(outputs, [](const Output& o) { return o.format != "json" && o.format != "html"; });
  std::vector<std::string> problems;
  if (others || annotates) {
    const document::Settings settings = writer_settings(options);
    const auto document = document::decode(json::render(report, format));
    // Our own defect, if it cannot be read; the JSON report must not be lost with the others.
    if (document) problems = write_formats(*document, outputs, settings);
    if (document && annotates) {
      for (std::string& problem : annotate(*document, settings, takes_stdout(outputs)))
        problems.push_back(std::move(problem));
    }
    if (!document)
      problems.push_back("internal error: the report is not readable: " + document.error().message);
  }
  for (const Output& output : outputs) {
    if (output.format != "html") continue;
    if (const auto written = write_output(output.path, html_report(report, format.deterministic)); !written)
      problems.push_back(written.error().message);
  }
  for (const std::string& problem : problems) add_problem(report, problem);
  for (const Output& output : outputs) {
    if (output.format != "json") continue;
    if (const auto written = write_output(output.path, json::render(report, format)); !written) {
      problems.push_back(written.error().message);
      break;
    }
  }
  for (const std::string& problem : problems) complain(fmt::format("error[SS0904]: {}", problem), 4);
  return problems.empty() ? 0 : 4;
}

// The text for people goes last, since its reader may go away.
int finish(report::Report& report, const Options& options, const std::string& text,
           const json::Options& format) {
  const std::vector<Output> outputs = outputs_of(options);
  if (const int failed = write_reports(report, options, outputs, format); failed != 0) return failed;
  if (takes_stdout(outputs)) return report.run.exit_code;
  if (const auto written = write_stdout(text); !written)
    return complain(fmt::format("error[SS0904]: {}", written.error().message), 4);
  return report.run.exit_code;
}

// Said by the tools, not by us: it goes where messages about tools go.
void show_output(const verify::Engine& engine) {
  for (const verify::Engine::Output& output : engine.output) {
    std::string_view rest = output.text;
    write_stderr("$ " + terminal::sanitize(output.command) + "\n");
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      write_stderr(terminal::sanitize(line) + "\n");
    }
  }
}

}  // namespace

int complain(const std::string& message, int exit_code) {
  write_stderr(fmt::format("singspin: {}\n", terminal::sanitize(message)));
  return exit_code;
}

int run_verify(const Options& options) { return verify_once(options, nullptr); }

int verify_once(const Options& options, std::vector<std::string>* read) {
  if (!has_property_left(options)) return complain("every property is switched off: nothing to verify", 2);
  const auto start = Clock::now();
  const std::string started_at = now_utc();
  project::Loaded loaded = project::load(options.input);
  if (read != nullptr) *read = loaded.paths;
  std::size_t unchanged = 0;
  if (const auto& revision = options.verify.changed_since) {
    const auto dropped =
        drop_unchanged(loaded, project::root_folder(options.input), options.config, *revision);
    if (!dropped) return complain(dropped.error().message, dropped.error().exit_code);
    unchanged = *dropped;
  }
  const spin::Tools tools = spin::find_tools();
  std::optional<VerdictCache> cache = open_cache(loaded, options, tools);
  const verify::Memory remembered = cache ? cache->memory() : verify::Memory{};
  const verify::Memory* memory = cache ? &remembered : nullptr;
  verify::Results results = run_engines(loaded, options, tools, memory);
  const verify::SystemResults systems = run_systems(loaded, options, tools);
  add_engine(results, systems);
  const terminal::Options display = terminal_options(options.display, read_environment(STDOUT_FILENO));
  const std::vector<Repaired> repairs = repairs_of(loaded, results, options, tools, memory);
  if (cache) close_cache(*cache, options);
  report::Report report = assemble(std::move(loaded), &results, &systems, options);
  offer(report, repairs);
  report.contracts_unchanged = unchanged;
  describe_run(report, options, results, tools, display.deterministic);
  if (!display.deterministic) {
    report.run.started_at = started_at;
    report.run.elapsed_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  }
  report.run.exit_code = final_exit_code(report, options);
  report.run.outcome = report::outcome(report.run.exit_code);
  const json::Options format{display.deterministic, false};
  if (!options.verify.no_trace) keep_traces(report, options, format);
  show_output(results.engine);
  for (const std::string& folder : results.engine.kept_folders) complain("engine files kept in " + folder, 0);
  return finish(report, options, terminal::render(report, display), format);
}

int report_project_file(const Options& options, project::Loaded broken) {
  report::Report report = assemble(std::move(broken), nullptr, nullptr, options);
  report.run.arguments = options.arguments;
  report.run.exit_code = report::exit_code(report, {false, true});
  report.run.outcome = report::outcome(report.run.exit_code);
  const bool has_report = options.command == "verify" || options.command == "check";
  const terminal::Options display =
      terminal_options(options.display, read_environment(has_report ? STDOUT_FILENO : STDERR_FILENO));
  const std::string text = terminal::render_check(report, display);
  if (has_report) return finish(report, options, text, {display.deterministic, false});
  write_stderr(text);
  return options.command == "fmt" ? pass_standard_input(options, report.run.exit_code) : report.run.exit_code;
}

int run_check(const Options& options) {
  Fixed fixed;
  const bool repairs = options.diff || !options.fix.empty();
  if (repairs) fixed = fix_sources(options.input, options.fix == "all");
  project::Loaded loaded = repairs ? std::move(fixed.loaded) : project::load(options.input);
  if (!options.print.empty()) {
    std::string text;
    for (std::size_t i = 0; i < loaded.files.size(); ++i) {
      if (loaded.files[i].id.value >= loaded.named_files) continue;
      if (options.print == "tokens")
        text += syntax::dump_tokens(loaded.sources, loaded.files[i].id, loaded.tokens[i]);
      if (options.print == "ast") text += syntax::dump(loaded.files[i], loaded.sources);
    }
    for (const std::size_t row : loaded.selected) {
      const auto contract = loaded.analysis.contracts[row].contract;
      if (options.print == "ir" && contract)
        text += ir::dump(loaded.analysis.program.contracts[*contract], loaded.sources);
    }
    if (options.print == "system") {
      for (const ir::System& system : loaded.systems)
        text += ir::dump(loaded.analysis.program, system, loaded.sources);
    }
    if (const auto written = write_stdout(text); !written) return complain(written.error().message, 4);
    return loaded.diagnostics.has_errors() ? 2 : 0;
  }
  const terminal::Options display = terminal_options(options.display, read_environment(STDOUT_FILENO));
  report::Report report = assemble(std::move(loaded), nullptr, nullptr, options);
  report.run.arguments = options.arguments;
  report.fixed = std::move(fixed.applied);
  int code = report::exit_code(report, {options.warnings_are_errors, true});
  if (options.diff) return print_diff(fixed, code);
  if (!write_fixes(fixed)) code = 4;
  report.run.exit_code = code;
  report.run.outcome = report::outcome(code);
  return finish(report, options, terminal::render_check(report, display), {display.deterministic, false});
}

}  // namespace singspin::cli
