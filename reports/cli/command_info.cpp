// explain, schema, doctor, version: what the program knows about itself and its surroundings.
#include <fmt/format.h>
#include <unistd.h>

#include "codes_md.h"
#include "frontend/diagnostics/severities.h"
#include "promela/spin/run_directory.h"
#include "promela/spin/tools.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/terminal_info.h"
#include "reports/formats/json/json.h"
#include "reports/formats/terminal/explain.h"

namespace singspin::cli {

namespace {

int print(const std::string& text) {
  const auto written = write_stdout(text);
  return written ? 0 : complain(fmt::format("error[SS0904]: {}", written.error().message), 4);
}

std::string describe(std::string_view what, const std::string& path, const std::string& version,
                     std::string_view if_missing) {
  if (path.empty()) return fmt::format("{:<12} missing: {}\n", what, if_missing);
  return fmt::format("{:<12} {}  ({})\n", what, path, version.empty() ? "no version" : version);
}

std::string all_rules() {
  std::string text;
  for (const diagnostics::CodeInfo& code : diagnostics::all_codes()) {
    text += fmt::format("{}  {:<26} {:<8} {}\n", diagnostics::code_text(code.code), code.rule,
                        diagnostics::severity_text(code.severity), code.title);
  }
  return text;
}

// The banner's date tells releases apart; the number does not.
constexpr std::string_view kKnownSpin = "6 December 2019";

}  // namespace

int run_explain(const Options& options) {
  if (!options.code) return print(all_rules());
  const auto code = diagnostics::parse_code(*options.code);
  if (!code) {
    const std::string_view nearest = diagnostics::nearest_rule(*options.code);
    return complain(fmt::format("there is no code or rule {}; {}", *options.code,
                                nearest.empty() ? "`singspin explain` lists them"
                                                : fmt::format("the nearest is {}", nearest)),
                    2);
  }
  const terminal::Options display = terminal_options(options.display, read_environment(STDOUT_FILENO));
  const auto text = terminal::explain(embedded::codes_md, *code, display.width);
  CHECK(text.has_value(), "every code has an explanation");
  return print(*text);
}

int run_schema(const Options& options) {
  return print(std::string(options.schema == "report" ? json::report_schema() : json::trace_schema()));
}

int run_version(const Options& options) {
  if (options.json)
    return print(fmt::format("{{\"name\": \"singspin\", \"version\": \"{}\", \"formatVersion\": \"1.0\"}}\n",
                             SINGSPIN_VERSION));
  return print(fmt::format("singspin {}\n", SINGSPIN_VERSION));
}

int run_doctor(const Options&) {
  const spin::Tools tools = spin::find_tools();
  const std::string spin_version = spin::tool_version(tools.spin, spin::ToolKind::Spin);
  std::string text =
      describe("SPIN", tools.spin, spin_version, "install the package spin, or name it in SINGSPIN_SPIN");
  if (!tools.spin.empty() && spin_version.find(kKnownSpin) == std::string::npos)
    text += fmt::format("{:<12} this release is not the one singspin is tested with ({})\n", "", kKnownSpin);
  text += describe("fast C", tools.fast_compiler,
                   spin::tool_version(tools.fast_compiler, spin::ToolKind::FastCompiler),
                   "install the package tcc; runs are slower without it");
  text += describe("C compiler", tools.optimizing_compiler,
                   spin::tool_version(tools.optimizing_compiler, spin::ToolKind::OptimizingCompiler),
                   "install gcc; large contracts are slower without it");
  text += describe("Graphviz", tools.graphviz, spin::tool_version(tools.graphviz, spin::ToolKind::Graphviz),
                   "install the package graphviz for `graph --format svg`, or name dot in SINGSPIN_DOT");
  const auto folder = spin::RunDirectory::create();
  text += fmt::format("{:<12} {}\n", "temporary",
                      folder ? "writable" : "not writable: " + folder.error().message);
  const Environment environment = read_environment(STDOUT_FILENO);
  text += fmt::format("{:<12} {}\n", "terminal",
                      environment.is_terminal
                          ? fmt::format("{}, {} columns", environment.term, environment.columns)
                          : "none");
  text += fmt::format("{:<12} {}, {}\n", "locale", environment.locale.empty() ? "none" : environment.locale,
                      use_unicode(std::nullopt, environment) ? "Unicode" : "ASCII");
  const bool ready =
      !tools.spin.empty() && !(tools.fast_compiler.empty() && tools.optimizing_compiler.empty()) && folder;
  text += ready ? "ready to verify\n" : "not ready to verify\n";
  const int code = print(text);
  return code != 0 ? code : ready ? 0 : 4;
}

}  // namespace singspin::cli
