// singspin: parses channel contracts, proves them with SPIN and explains what can go wrong.
#include <exception>
#include <map>
#include <string>

#include "reports/cli/commands.h"
#include "reports/cli/interrupt.h"
#include "reports/cli/project_file.h"

int main(int argc, char** argv) {
  using namespace singspin::cli;
  static const std::map<std::string, int (*)(const Options&)> kCommands = {{"verify", run_verify},
                                                                           {"check", run_check},
                                                                           {"emit", run_emit},
                                                                           {"graph", run_graph},
                                                                           {"replay", run_replay},
                                                                           {"simulate", run_simulate},
                                                                           {"diff", run_diff},
                                                                           {"conform", run_conform},
                                                                           {"monitor", run_monitor},
                                                                           {"report", run_report},
                                                                           {"explain", run_explain},
                                                                           {"schema", run_schema},
                                                                           {"fmt", run_fmt},
                                                                           {"doctor", run_doctor},
                                                                           {"init", run_init},
                                                                           {"lsp", run_lsp},
                                                                           {"version", run_version},
                                                                           {"completions", run_completions}};
  ignore_output_signals();
  try {
    auto parsed = parse_options(argc, argv);
    if (const int* exit_code = std::get_if<int>(&parsed)) return *exit_code;
    Options& options = std::get<Options>(parsed);
    if (options.verify.watch) return run_watch(options);
    if (auto broken = add_project_file(options)) return report_project_file(options, std::move(*broken));
    return kCommands.at(options.command)(options);
  } catch (const std::exception& error) {  // libraries throw when memory runs out
    return complain(error.what(), 4);
  }
}
