#include "reports/cli/project_file.h"

#include "frontend/project/config.h"

namespace singspin::cli {

namespace {

void add_verify_settings(const project::Config& config, Options& options) {
  VerifyOptions& verify = options.verify;
  const auto is_free = [&](const char* flag) { return !options.given.contains(flag); };
  if (is_free("--property")) verify.properties = config.properties;
  if (is_free("--queue") && config.queue) verify.queue = config.queue;
  if (is_free("--time")) verify.time_seconds = config.time_seconds.value_or(verify.time_seconds);
  if (is_free("--memory")) verify.memory_bytes = config.memory_bytes.value_or(verify.memory_bytes);
  if (is_free("--depth")) verify.depth = config.depth.value_or(verify.depth);
  if (is_free("--jobs")) verify.jobs = config.jobs.value_or(verify.jobs);
  if (is_free("--inconclusive"))
    verify.inconclusive_ok = config.inconclusive_ok.value_or(verify.inconclusive_ok);
}

}  // namespace

std::optional<project::Loaded> add_project_file(Options& options) {
  project::Input& input = options.input;
  if (!options.reads_config || options.no_config) return std::nullopt;
  const std::string path =
      options.config.empty() ? project::find_config(input.root.empty() ? "." : input.root) : options.config;
  if (path.empty()) return std::nullopt;
  options.config = path;
  project::Loaded broken;
  const project::Config config =
      project::read_config(path, project::root_folder(input), broken.sources, broken.diagnostics);
  if (broken.diagnostics.has_errors()) return broken;
  diagnostics::Severities severities = config.severities;
  severities.override_with(input.severities);
  input.severities = severities;
  input.defines.insert(input.defines.begin(), config.defines.begin(), config.defines.end());
  input.include_folders.insert(input.include_folders.end(), config.include_folders.begin(),
                               config.include_folders.end());
  if (options.command == "verify") add_verify_settings(config, options);
  if (options.command == "emit" && !options.verify.queue) options.verify.queue = config.queue;
  return std::nullopt;
}

}  // namespace singspin::cli
