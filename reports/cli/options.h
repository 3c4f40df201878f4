// The command line: what was asked for, in plain values. CLI11 is known here and in command_words only.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "frontend/ir/property.h"
#include "frontend/project/load.h"
#include "reports/cli/command_words.h"

namespace singspin::cli {

enum class Switch : std::uint8_t { Auto, Always, Never };

struct DisplayOptions {
  Switch color = Switch::Auto;
  Switch hyperlinks = Switch::Auto;
  std::optional<bool> unicode;
  unsigned width = 0;  // 0: the terminal's, else 100
  int verbosity = 0;
  unsigned max_errors = 20;
  bool deterministic = false;
  bool story = false;
};

struct Output {
  std::string format;
  std::string path;  // `-`: standard output
};

struct VerifyOptions {
  std::vector<Output> outputs;
  bool json = false;
  bool sarif_all = false;         // what was proved and what is open, too
  std::string annotate = "auto";  // auto, github or off
  std::vector<std::string> properties;
  std::optional<std::uint32_t> queue;
  double time_seconds = 300;
  std::uint64_t memory_bytes = 4ull << 30;
  std::uint64_t depth = 1'000'000;
  unsigned jobs = 0;  // 0: cores
  bool keep_temp = false;
  bool no_trace = false;
  bool fail_fast = false;
  bool all_failures = false;
  bool inconclusive_ok = false;
  std::string progress = "auto";
  std::string state_dir;  // empty: `.singspin`
  bool no_cache = false;
  bool referee = false;
  bool watch = false;
  std::optional<std::string> changed_since;  // a revision
};

struct GraphOptions {
  std::string format;  // empty: what the name of the output says, else text
  std::string output = "-";
  bool full = false;  // with all implicit states
};

struct InitOptions {
  std::string folder = ".";
  std::string ci = "auto";  // github, gitlab, none
};

struct FmtOptions {
  bool check = false;
  bool diff = false;
  bool from_stdin = false;
  std::string stdin_path = "standard input";  // what messages call it
};

struct ReplayOptions {
  std::string name;         // a trace file or the id of a counterexample; empty: the first of the last run
  std::string ui = "auto";  // auto, line, screen
  bool porcelain = false;
  bool keep_going = false;
  bool check = false;  // against the sources of today
  std::optional<std::uint64_t> seed;
};

struct Options {
  std::string command;  // name of the subcommand
  std::vector<std::string> arguments;
  std::set<std::string> given;  // options on the command line, such as `--time`
  bool reads_config = false;    // the command uses the project file
  bool no_config = false;
  std::string config;  // the project file; empty: the nearest one
  project::Input input;
  DisplayOptions display;
  VerifyOptions verify;
  GraphOptions graph;
  FmtOptions fmt;
  InitOptions init;
  ReplayOptions replay;
  std::vector<std::string> diff_paths;  // diff: old and new
  bool fail_on_break = false;           // diff: exit code 1 if something breaks
  bool warnings_are_errors = false;
  std::string print;                   // check: tokens, ast, ir, system
  std::string fix;                     // check: empty, safe or all
  bool diff = false;                   // check: print what would be fixed
  std::optional<std::string> code;     // explain; absent: list all
  bool json = false;                   // version
  bool all = false;                    // emit: every contract
  bool observed = false;               // emit: with the observer
  bool checks = false;                 // emit: with the formulas of checks
  bool priority = false;               // emit: priority reading
  bool map = false;                    // emit: the map instead of the model
  std::string report;                  // report: the saved one
  std::string subject;                 // conform, monitor: a contract or system, or its file
  std::string log;                     // conform: the events; `-`: standard input
  std::string only;                    // conform: exp, imp or both; empty: what the log shows
  std::string schema;                  // schema: report or trace
  std::string shell;                   // completions: bash, zsh or fish
  std::vector<CommandWords> commands;  // completions: what can be completed
  bool stdio = true;                   // lsp: there is no other way
};

// The properties with these names, `default` and `all` included; empty if there are no names.
std::set<ir::Property> chosen_properties(const std::vector<std::string>& names);

// The options, or an exit code if there is nothing to run (help was printed, or a usage error).
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace singspin::cli
