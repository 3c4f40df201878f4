#include "reports/cli/outputs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "frontend/base/write_all.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/formats.h"
#include "reports/cli/terminal_info.h"

namespace singspin::cli {

namespace {

namespace fs = std::filesystem;

bool is_folder(const std::string& path) {
  std::error_code error;
  return path.ends_with('/') || fs::is_directory(path, error);
}

base::Expected<void> write_runs_to_folder(const document::Document& document, const Format& format,
                                          const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return base::tool_error(fmt::format("cannot make {}: {}", folder, error.message()));
  for (std::size_t i = 0; i < document.counterexamples.size(); ++i) {
    const std::string name = trace_file_name(document.counterexamples[i].id, i) + std::string(format.ending);
    if (auto done = write_output((fs::path(folder) / name).string(), format.one(document, i)); !done)
      return done;
  }
  return {};
}

// One file holds one run. An old file must not be taken for the run of today.
base::Expected<void> write_first_run(const document::Document& document, const Format& format,
                                     const std::string& path) {
  const std::size_t runs = document.counterexamples.size();
  if (runs > 1) {
    complain(fmt::format("warning: {} holds {} only; a folder as PATH takes all {} counterexamples",
                         path == "-" ? "standard output" : path, document.counterexamples.front().id, runs),
             0);
  }
  if (runs > 0) return write_output(path, format.one(document, 0));
  complain(fmt::format("warning: no counterexample, so there is no {} to write", format.name), 0);
  std::error_code ignored, error;
  if (path != "-" && fs::is_regular_file(path, ignored)) fs::remove(path, error);
  if (error) return base::tool_error(fmt::format("cannot remove {}: {}", path, error.message()));
  return {};
}

base::Expected<void> write_format(const document::Document& document, const Output& output,
                                  const document::Settings& settings) {
  const Format& format = *find_format(output.format);
  if (format.all != nullptr) return write_output(output.path, format.all(document, settings));
  return is_folder(output.path) ? write_runs_to_folder(document, format, output.path)
                                : write_first_run(document, format, output.path);
}

// The summary of a step is one file for all of its commands, so it grows. Whoever made it gave us its name.
base::Expected<void> append_summary(const std::string& path, std::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  const int error = file < 0 ? errno : base::write_all(file, text);
  if (file >= 0) close(file);
  if (error == 0) return {};
  return base::tool_error(fmt::format("cannot write {}: {}", path, std::strerror(error)));
}

}  // namespace

bool wants_annotations(const Options& options) {
  if (options.verify.annotate != "auto") return options.verify.annotate == "github";
  return environment_value("GITHUB_ACTIONS") == "true";
}

std::vector<std::string> annotate(const document::Document& document, const document::Settings& settings,
                                  bool standard_error) {
  const std::string lines = find_format("github")->all(document, settings);
  std::vector<std::string> problems;
  if (standard_error) {
    write_stderr(lines);
  } else if (const auto written = write_stdout(lines); !written) {
    problems.push_back(written.error().message);
  }
  const std::string summary = environment_value("GITHUB_STEP_SUMMARY");
  if (summary.empty()) return problems;
  if (const auto written = append_summary(summary, find_format("md")->all(document, settings)); !written)
    problems.push_back(written.error().message);
  return problems;
}

bool takes_stdout(const std::vector<Output>& outputs) {
  return std::ranges::any_of(outputs, [](const Output& o) { return o.path == "-"; });
}

std::vector<Output> outputs_of(const Options& options) {
  std::vector<Output> all = options.verify.outputs;
  if (options.verify.json) all.push_back({"json", "-"});
  std::vector<Output> once;
  for (const Output& output : all) {
    if (output.path != "-" || !takes_stdout(once)) once.push_back(output);
  }
  return once;
}

std::vector<std::string> write_formats(const document::Document& document, const std::vector<Output>& outputs,
                                       const document::Settings& settings) {
  std::vector<std::string> problems;
  for (const Output& output : outputs) {
    if (output.format == "json" || output.format == "html") continue;
    if (const auto written = write_format(document, output, settings); !written)
      problems.push_back(written.error().message);
  }
  return problems;
}

}  // namespace singspin::cli
