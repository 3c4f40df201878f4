#include "reports/cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "frontend/base/nearest.h"
#include "frontend/ir/property.h"
#include "frontend/ir/system.h"
#include "reports/cli/formats.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::cli {

namespace {

constexpr int kUsageError = 2;

const std::map<std::string, Switch> kSwitches = {
    {"auto", Switch::Auto}, {"always", Switch::Always}, {"never", Switch::Never}};

// What options exclude is said when they meet; in the help it would hide what they do.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_name(const CLI::Option* option, bool positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, positional);
    if (const std::size_t value = name.find("{safe}"); value != std::string::npos)
      name.replace(value, 6, "[=all]");
    return name;
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text = CLI::Formatter::make_option_opts(option);
    return text.substr(0, text.find(" Excludes:"));
  }
};

void add_config(CLI::App& app, Options& options) {
  CLI::Option* config =
      app.add_option("--config", options.config, "project file (default: the nearest singspin.toml)")
          ->type_name("FILE");
  app.add_flag("--no-config", options.no_config, "no project file")->excludes(config);
}

void add_input(CLI::App& app, Options& options) {
  project::Input& input = options.input;
  app.add_option("PATH", input.paths, "files and folders (default: the working directory)")->type_name("");
  app.add_option("-D", input.defines, "define a preprocessor symbol")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("-I", input.include_folders, "folder for contracts that are missing")
      ->check(CLI::ExistingDirectory.description(""))
      ->type_name("DIR")
      ->allow_extra_args(false);
  app.add_option("--contract", input.contracts, "only contracts whose name matches")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_option("--root", input.root,
                 "paths in every output are relative to it (default: git top level, else working directory)")
      ->type_name("DIR");
  add_config(app, options);
}

CLI::Option* add_all_branches(CLI::App& app, project::Input& input) {
  return app.add_flag("--all-branches", input.all_branches,
                      "read files with every combination of symbols that changes a contract");
}

void add_switch(CLI::App& app, const std::string& name, Switch& value, const std::string& words) {
  app.add_option_function<std::string>(
         name, [&value](const std::string& s) { value = kSwitches.at(s); }, words)
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}).description(""));
}

void add_display(CLI::App& app, DisplayOptions& display) {
  add_switch(app, "--color", display.color, "auto, always or never");
  add_switch(app, "--hyperlinks", display.hyperlinks, "links on places: auto, always or never");
  app.add_flag_callback(
      "--ascii", [&display] { display.unicode = false; }, "draw with ASCII characters");
  app.add_flag_callback(
      "--unicode", [&display] { display.unicode = true; }, "draw with Unicode characters");
  app.add_option("--width", display.width, "columns (default: the terminal's, else 100)")
      ->type_name("N")
      ->check(CLI::Range(1u, 1000u).description(""));
  app.add_option("--max-errors", display.max_errors, "diagnostics shown at most")
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--deterministic", display.deterministic, "leave out times, memory and absolute paths");
}

void add_verbosity(CLI::App& app, DisplayOptions& display) {
  app.add_flag_function(
      "-q", [&display](std::int64_t n) { display.verbosity -= static_cast<int>(n); },
      "violations and totals only; twice: exit code only");
  app.add_flag_function(
      "-v", [&display](std::int64_t n) { display.verbosity += static_cast<int>(n); },
      "engine commands and statistics; twice: what the engines print, too");
}

std::string check_output(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) return "an output is FORMAT=PATH";
  const std::string format = text.substr(0, equals);
  if (format == "json" || find_format(format) != nullptr) return {};
  return fmt::format("format {} is not known; this version writes: {}", format, format_names());
}

std::string check_severity(const std::string& text) {
  const std::size_t equals = text.find('=');
  const auto level = diagnostics::parse_level(equals == std::string::npos ? "" : text.substr(equals + 1));
  if (!level) return "a severity is RULE=error|warning|note|off";
  const std::string rule = text.substr(0, equals);
  if (const auto code = diagnostics::parse_code(rule)) return diagnostics::refusal(*code, *level);
  const std::string_view nearest = diagnostics::nearest_rule(rule);
  return fmt::format(
      "no rule is called {}{}", rule,
      nearest.empty() ? "; `singspin explain` lists them" : fmt::format("; the nearest is {}", nearest));
}

void add_severity(CLI::App& app, diagnostics::Severities& severities) {
  app.add_option_function<std::vector<std::string>>(
         "--severity",
         [&severities](const std::vector<std::string>& all) {
           for (const std::string& s : all) {
             const std::size_t equals = s.find('=');
             severities.set(*diagnostics::parse_code(s.substr(0, equals)),
                            *diagnostics::parse_level(s.substr(equals + 1)));
           }
         },
         "what a rule or property counts as: error, warning, note or off")
      ->type_name("RULE=LEVEL")
      ->allow_extra_args(false)
      ->check(check_severity);
}

std::string check_property(const std::string& text) {
  if (text == "default" || text == "all" || text == "user") return {};
  for (const ir::Property p : ir::kAllProperties) {
    if (ir::id(p) == text) return {};
  }
  for (std::size_t i = 0; i < ir::kSystemProperties; ++i) {
    if (ir::id(static_cast<ir::SystemProperty>(i)) == text) return {};
  }
  if (text.starts_with("user:")) return {};
  return "no property is called " + text;
}

CLI::Option* add_output(CLI::App& app, VerifyOptions& verify) {
  return app
      .add_option_function<std::vector<std::string>>(
          "-o",
          [&verify](const std::vector<std::string>& all) {
            for (const std::string& o : all)
              verify.outputs.push_back({o.substr(0, o.find('=')), o.substr(o.find('=') + 1)});
          },
          fmt::format("write a report; FORMAT: {}; PATH -: standard output", format_names()))
      ->type_name("FORMAT=PATH")
      ->allow_extra_args(false)
      ->check(check_output);
}

void add_outputs(CLI::App& app, VerifyOptions& verify) {
  add_output(app, verify);
  app.add_flag("--json", verify.json, "the JSON report instead of the one for people");
  app.add_flag("--sarif-all", verify.sarif_all, "in SARIF also what is proved or open");
  app.add_option("--annotate", verify.annotate, "mark lines on GitHub: auto, github or off")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "github", "off"}).description(""));
}

void add_tokens(CLI::App& app, project::Input& input) {
  app.add_option("--tokens", input.tokens, "blocks in each pool of a system")
      ->type_name("N")
      ->check(CLI::Range(1u, 100u).description(""))
      ->capture_default_str();
}

void add_limits(CLI::App& app, VerifyOptions& verify) {
  app.add_option("--queue", verify.queue, "fixed capacity of every queue (default: what each contract needs)")
      ->type_name("N")
      ->check(CLI::Range(1u, 255u).description(""));
  app.add_option("--time", verify.time_seconds, "time limit per contract")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 1e6).description(""))
      ->capture_default_str();
  app.add_option("--memory", verify.memory_bytes, "memory limit per contract (default 4G)")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false).description(""));
  app.add_option("--depth", verify.depth, "depth limit of the search")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}).description(""))
      ->capture_default_str();
  app.add_option("--jobs", verify.jobs, "parallel runs (default: cores)")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u).description(""));
}

void add_policy(CLI::App& app, Options& options) {
  VerifyOptions& verify = options.verify;
  app.add_option("--property", verify.properties, "which properties (default: all)")
      ->type_name("NAME,...")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(check_property);
  add_severity(app, options.input.severities);
  app.add_option_function<std::string>(
         "--inconclusive", [&verify](const std::string& s) { verify.inconclusive_ok = s == "ok"; },
         "fail or ok")
      ->type_name("POLICY")
      ->check(CLI::IsMember({"fail", "ok"}).description(""));
  app.add_flag("--werror", options.warnings_are_errors, "warnings count as violations");
  app.add_flag("--all", verify.all_failures, "show every different failure of a contract, not one per property");
  app.add_flag("--fail-fast", verify.fail_fast, "begin nothing more after a violation");
  app.add_flag("--no-trace", verify.no_trace, "do not look for counterexamples");
  app.add_flag("--keep-temp", verify.keep_temp, "keep the engine's files and print where");
  app.add_option("--progress", verify.progress, "auto, plain or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "plain", "never"}).description(""));
  app.add_option("--state-dir", verify.state_dir, "where traces and the cache are kept (default: .singspin)")
      ->type_name("DIR");
  app.add_flag("--watch", verify.watch, "verify again whenever a file changes, until Ctrl-C");
  app.add_option("--changed-since", verify.changed_since,
                 "only contracts that read otherwise in the git revision, or depend on such")
      ->type_name("REV");
  app.add_flag("--referee", verify.referee,
               "let SPIN search contracts in four ways, which must all agree with the interpreter");
  app.add_flag("--no-cache", verify.no_cache,
               "run SPIN for every contract, also if an earlier run decided it");
}

void add_graph(CLI::App& app, Options& options) {
  CLI::App* graph = app.add_subcommand("graph", "draw the state machine of a contract");
  add_input(*graph, options);
  add_display(*graph, options.display);
  graph->get_option("PATH")->description("the name of a contract, and files and folders to look in");
  graph
      ->add_option("--format", options.graph.format,
                   "text, dot, mermaid, plantuml, svg or json (default: by the name of FILE, else text)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "dot", "mermaid", "plantuml", "svg", "json"}).description(""));
  graph->add_option("-o", options.graph.output, "write to a file instead of standard output")
      ->type_name("FILE");
  graph->add_flag("--no-fold", options.graph.full, "a state for every point inside of a sequence");
}

void add_session(CLI::App& app, ReplayOptions& replay) {
  app.add_option("--ui", replay.ui, "auto, line or screen")
      ->type_name("FACE")
      ->check(CLI::IsMember({"auto", "line", "screen"}).description(""));
  app.add_flag("--porcelain", replay.porcelain, "answers for programs: one JSON object per line");
  app.add_flag("--keep-going", replay.keep_going, "go on after a command that fails");
}

void add_replay(CLI::App& app, Options& options) {
  CLI::App* replay = app.add_subcommand("replay", "step through a counterexample");
  replay
      ->add_option("TRACE", options.replay.name,
                   "a trace file, or the name of a counterexample (default: the first one of the last run)")
      ->type_name("");
  replay->add_option("--root", options.input.root, "where the sources are (default: git top level)")
      ->type_name("DIR");
  replay->add_option("--state-dir", options.verify.state_dir, "where traces are kept (default: .singspin)")
      ->type_name("DIR");
  replay->add_flag("--check", options.replay.check,
                   "whether today's sources still allow the run: exit with 1 if so, else with 0");
  add_session(*replay, options.replay);
  add_display(*replay, options.display);
}

void add_simulate(CLI::App& app, Options& options) {
  CLI::App* simulate = app.add_subcommand("simulate", "choose the steps of a contract or a system");
  add_input(*simulate, options);
  simulate->get_option("PATH")->description("the name of a contract or system, and files and folders to look in");
  add_tokens(*simulate, options.input);
  simulate->add_option("--queue", options.verify.queue, "fixed capacity of every queue")
      ->type_name("N")
      ->check(CLI::Range(1u, 255u).description(""));
  simulate->add_option("--seed", options.replay.seed, "of steps by chance")->type_name("N");
  add_session(*simulate, options.replay);
  add_display(*simulate, options.display);
}

void add_diff(CLI::App& app, Options& options) {
  CLI::App* diff = app.add_subcommand("diff", "show what two versions of contracts can no longer say to each other");
  diff->add_option("OLD NEW", options.diff_paths, "a file or folder with the old contracts, and one with the new")
      ->required()
      ->expected(2)
      ->type_name("");
  diff->add_option("-D", options.input.defines, "define a preprocessor symbol")
      ->type_name("NAME")
      ->allow_extra_args(false);
  diff->add_option("-I", options.input.include_folders, "folder for contracts that are missing")
      ->check(CLI::ExistingDirectory.description(""))
      ->type_name("DIR")
      ->allow_extra_args(false);
  diff->add_option("--root", options.input.root, "paths in the output are relative to it")->type_name("DIR");
  diff->add_flag("--breaking", options.fail_on_break, "exit with 1 if something breaks, with 3 if that is not decided");
}

void add_conform(CLI::App& app, Options& options) {
  constexpr const char* kPaths = "files and folders to look in (default: the working directory)";
  CLI::App* conform =
      app.add_subcommand("conform", "check a recorded log against a contract or the drivers of a file");
  conform->add_option("CONTRACT", options.subject, "a contract or system, by its name or its file")
      ->type_name("")
      ->required();
  conform->add_option("LOG", options.log, "the events, a JSON object per line; -: standard input")
      ->type_name("")
      ->required();
  add_input(*conform, options);
  conform->get_option("PATH")->description(kPaths);
  conform->add_option("--only", options.only, "which ends the log records (default: those with an event)")
      ->type_name("END")
      ->check(CLI::IsMember({"exp", "imp", "both"}).description(""));

  CLI::App* monitor = app.add_subcommand("monitor", "print a C header that checks a contract at run time");
  monitor->add_option("CONTRACT", options.subject, "a contract, by its name or its file")
      ->type_name("")
      ->required();
  add_input(*monitor, options);
  monitor->get_option("PATH")->description(kPaths);
  monitor->add_option("-o", options.graph.output, "write to a file instead of standard output")
      ->type_name("FILE");
}

void add_fmt(CLI::App& app, Options& options) {
  CLI::App* fmt = app.add_subcommand("fmt", "rewrite contracts in their one canonical form");
  fmt->add_option("PATH", options.input.paths,
                  "files and folders (default: the working directory); -: standard input")
      ->type_name("");
  fmt->add_option("-D", options.input.defines, "define a preprocessor symbol")
      ->type_name("NAME")
      ->allow_extra_args(false);
  add_config(*fmt, options);
  fmt->add_flag("--check", options.fmt.check,
                "write nothing; list what would change and exit with 1 if there is any");
  fmt->add_flag("--diff", options.fmt.diff, "write nothing; show what would change");
  fmt->add_flag("--stdin", options.fmt.from_stdin, "format standard input to standard output");
  fmt->add_option("--stdin-path", options.fmt.stdin_path, "how messages call standard input")
      ->type_name("NAME");
  add_switch(*fmt, "--color", options.display.color, "auto, always or never");
  fmt->add_option("--width", options.display.width, "columns of messages (default: the terminal's, else 100)")
      ->type_name("N")
      ->check(CLI::Range(1u, 1000u).description(""));
  fmt->add_flag_function(
      "-q", [&options](std::int64_t n) { options.display.verbosity -= static_cast<int>(n); },
      "no list of files and no totals");
}

void add_commands(CLI::App& app, Options& options) {
  CLI::App* verify = app.add_subcommand("verify", "parse, check and verify every property of every contract");
  add_input(*verify, options);
  add_all_branches(*verify, options.input);
  add_display(*verify, options.display);
  add_verbosity(*verify, options.display);
  verify->add_flag("--story", options.display.story, "tell counterexamples step by step in sentences, too");
  add_outputs(*verify, options.verify);
  add_limits(*verify, options.verify);
  add_tokens(*verify, options.input);
  add_policy(*verify, options);

  CLI::App* check =
      app.add_subcommand("check", "parse and check the static rules only, without SPIN")->alias("lint");
  add_input(*check, options);
  CLI::Option* all_branches = add_all_branches(*check, options.input);
  add_display(*check, options.display);
  add_verbosity(*check, options.display);
  add_outputs(*check, options.verify);
  add_severity(*check, options.input.severities);
  check->add_flag("--werror", options.warnings_are_errors, "warnings count as violations");
  check->add_option("--print", options.print, "print a stage instead: tokens, ast, ir or system")
      ->type_name("STAGE")
      ->check(CLI::IsMember({"tokens", "ast", "ir", "system"}).description(""))
      ->excludes(all_branches);
  check
      ->add_flag("--fix{safe}", options.fix,
                 "repair the files: what keeps the meaning; with =all every single fix")
      ->type_name("")
      ->check(CLI::IsMember({"safe", "all"}).description(""))
      ->excludes(all_branches)
      ->excludes("--print");
  check->add_flag("--diff", options.diff, "print what --fix would change, and change nothing")
      ->excludes(all_branches)
      ->excludes("--print")
      ->excludes("--json")
      ->excludes("-o");

  CLI::App* report = app.add_subcommand("report", "turn a saved JSON report into any other format");
  report->add_option("REPORT", options.report, "a report that -o json=REPORT has written; -: standard input")
      ->type_name("")
      ->required();
  add_output(*report, options.verify)->required();
  report->add_flag("--sarif-all", options.verify.sarif_all, "in SARIF also what is proved or open");

  CLI::App* emit = app.add_subcommand("emit", "print the Promela model of a contract");
  add_input(*emit, options);
  add_display(*emit, options.display);
  emit->get_option("PATH")->description("the name of a contract, and files and folders to look in");
  emit->add_flag("--all", options.all, "every contract, one model after the other");
  emit->add_flag("--observed", options.observed, "with the observer, as it is verified");
  emit->add_flag("--priority", options.priority, "under the priority reading of mixed states");
  CLI::Option* checks =
      emit->add_flag("--checks", options.checks, "with a formula for each `check` of the contract");
  checks->excludes(emit->get_option("--observed"))->excludes(emit->get_option("--priority"));
  emit->add_flag("--map", options.map, "print which source place each line of the model comes from");
  add_tokens(*emit, options.input);
  emit->add_option("--queue", options.verify.queue, "fixed capacity of every queue")
      ->type_name("N")
      ->check(CLI::Range(1u, 255u).description(""));

  add_replay(app, options);
  add_simulate(app, options);
  add_diff(app, options);
  add_graph(app, options);
  add_conform(app, options);
  add_fmt(app, options);

  CLI::App* explain =
      app.add_subcommand("explain", "explain a code such as SS0101, or a rule such as mixed-choice");
  explain->add_option("CODE", options.code, "the code or rule (default: list all)")->type_name("");
  explain->add_option("--width", options.display.width, "columns")
      ->type_name("N")
      ->check(CLI::Range(1u, 1000u).description(""));

  CLI::App* schema = app.add_subcommand("schema", "print the JSON Schema of an output");
  schema->add_option("NAME", options.schema, "report or trace")
      ->required()
      ->check(CLI::IsMember({"report", "trace"}).description(""));
  CLI::App* init = app.add_subcommand(
      "init", "write an example contract, a CI job and a .gitignore entry; what exists is never replaced");
  init->add_option("DIR", options.init.folder, "where (default: the working directory)")->type_name("");
  init->add_option("--ci", options.init.ci, "auto (by what the repository shows), github, gitlab or none")
      ->type_name("WHICH")
      ->check(CLI::IsMember({"auto", "github", "gitlab", "none"}).description(""));
  app.add_subcommand("doctor", "show which tools are found and what is missing");
  CLI::App* lsp = app.add_subcommand("lsp", "serve an editor over standard input and output");
  lsp->add_flag("--stdio", options.stdio, "accepted, since editors pass it: there is no other way");
  CLI::App* completions =
      app.add_subcommand("completions", "print a script that completes commands in a shell");
  completions->add_option("SHELL", options.shell, "bash, zsh or fish")
      ->required()
      ->type_name("")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""));
  CLI::App* version = app.add_subcommand("version", "print the version");
  version->add_flag("--json", options.json, "as JSON");
}

std::vector<std::string_view> command_names(CLI::App& app) {
  std::vector<std::string_view> names = {"help"};
  for (const CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    names.push_back(command->get_name());
    for (const std::string& alias : command->get_aliases()) names.push_back(alias);
  }
  return names;
}

int unknown_command(const std::string& name, const std::vector<std::string_view>& known) {
  const std::string_view nearest = base::nearest(name, known);
  const std::string hint =
      nearest.empty() ? "`singspin --help` lists them" : fmt::format("the nearest is `singspin {}`", nearest);
  std::cerr << fmt::format("singspin: there is no command {}; {}\n", terminal::sanitize(name), hint);
  return kUsageError;
}

// `help` and `help CMD` are `--help` and `CMD --help`.
void rewrite_help(std::vector<std::string>& words) {
  if (words.empty() || words.front() != "help") return;
  words.erase(words.begin());
  words.emplace_back("--help");
}

// The option that somebody may have meant with one that does not exist; empty if none is near.
std::string nearest_option(const CLI::App& app, const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (const std::string& word : words) {
    const std::string name = word.substr(0, word.find('='));
    if (!name.starts_with("--") || name == "--" || std::find(names.begin(), names.end(), name) != names.end())
      continue;
    const std::string_view nearest = base::nearest(name, known);
    if (!nearest.empty()) return fmt::format("the nearest option is {}\n", nearest);
  }
  return "";
}

// Of `--ascii` and `--unicode` the last one counts; CLI11 goes by the order of declaration.
void choose_glyphs(DisplayOptions& display, const std::vector<std::string>& words) {
  const auto last = std::find_if(words.rbegin(), words.rend(),
                                 [](const std::string& w) { return w == "--ascii" || w == "--unicode"; });
  if (display.unicode && last != words.rend()) display.unicode = *last == "--unicode";
}

}  // namespace

std::set<ir::Property> chosen_properties(const std::vector<std::string>& names) {
  std::set<ir::Property> properties;
  for (const std::string& name : names) {
    for (const ir::Property p : ir::kAllProperties) {
      if (name == "all" || (name == "default" && ir::is_default(p)) || name == ir::id(p))
        properties.insert(p);
    }
    if (name == "default" || name == "all" || name == "user") properties.insert(ir::Property::User);
  }
  return properties;
}

std::variant<Options, int> parse_options(int argc, char** argv) {
  Options options;
  CLI::App app{"singspin proves channel contracts with SPIN and shows what can go wrong.", "singspin"};
  app.formatter(std::make_shared<HelpFormatter>());
  app.require_subcommand(1);
  app.set_version_flag("--version", "singspin " SINGSPIN_VERSION);
  add_commands(app, options);
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  rewrite_help(words);
  // CLI11 would only say that a subcommand is required.
  const std::vector<std::string_view> commands = command_names(app);
  const std::string first = words.empty() ? "" : words.front();
  if (!first.empty() && first.front() != '-' &&
      std::find(commands.begin(), commands.end(), first) == commands.end())
    return unknown_command(first, commands);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // it takes them from the back
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, std::cout, std::cerr) == 0 ? 0 : kUsageError;
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) std::cerr << nearest_option(app, words);
    return code;
  }
  choose_glyphs(options.display, words);
  const CLI::App& command = *app.get_subcommands().front();
  options.command = command.get_name();
  options.reads_config = command.get_option_no_throw("--no-config") != nullptr;
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() > 0) options.given.insert(option->get_name());
  }
  options.input.queue = options.verify.queue;
  options.arguments.assign(argv + 1, argv + argc);
  if (options.command == "completions") options.commands = command_words(app);
  return options;
}

}  // namespace singspin::cli
