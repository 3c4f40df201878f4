// The subcommands: options in, exit code out. Each prints what it has to say itself.
#pragma once

#include "reports/cli/options.h"

namespace singspin::cli {

int run_verify(const Options& options);
// One run of `verify`; `read`, if wanted, gets the paths of the files it looked at.
int verify_once(const Options& options, std::vector<std::string>* read);
// Verifies again and again, until it is interrupted. `options` without the project file.
int run_watch(const Options& options);
int run_check(const Options& options);
int run_emit(const Options& options);
int run_graph(const Options& options);
int run_replay(const Options& options);
int run_simulate(const Options& options);
int run_diff(const Options& options);
int run_conform(const Options& options);
int run_monitor(const Options& options);
int run_fmt(const Options& options);
// `fmt` with a broken project file: a text from standard input goes out as it came.
int pass_standard_input(const Options& options, int exit_code);
int run_report(const Options& options);
int run_explain(const Options& options);
int run_schema(const Options& options);
int run_init(const Options& options);
int run_doctor(const Options& options);
int run_lsp(const Options& options);
int run_completions(const Options& options);
int run_version(const Options& options);

// Reports what is wrong with the project file, as the command would report its input.
int report_project_file(const Options& options, project::Loaded broken);

// Prints an error about the tool or its use on standard error and returns `exit_code`.
int complain(const std::string& message, int exit_code);

}  // namespace singspin::cli
