#include "promela/verify/model_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace singspin::verify {

namespace {

constexpr const char* kParent = "SINGSPIN_PARENT";

std::string words_of(const spin::Command& command) {
  std::string words;
  for (const auto& [name, value] : command.environment) {
    if (name != kParent) words += fmt::format("{}={} ", name, value);
  }
  words += "./pan";
  for (std::size_t i = 1; i < command.argv.size(); ++i) words += " " + command.argv[i];
  return words;
}

}  // namespace

ModelRun::~ModelRun() {
  if (!directory_ || !context_.options.keep_files) return;
  directory_->keep();
  context_.engine.kept_folders.push_back(directory_->path());
}

std::string ModelRun::keep() {
  directory_->keep();
  return directory_->path();
}

bool ModelRun::fail(const base::ToolError& error) {
  failure_ = spin::Failure{spin::Failure::Failed, error.message};
  return false;
}

bool ModelRun::take(const base::Expected<spin::Generated, spin::Failure>& result) {
  if (!result) failure_ = result.error();
  else keep_output(result->command, "");
  return result.has_value();
}

bool ModelRun::generate(const std::string& text, spin::WriteOnly write_only) {
  auto directory = spin::RunDirectory::create();
  if (!directory) return fail(directory.error());
  directory_ = std::move(*directory);
  if (!take(spin::generate(*directory_, text, context_.tools, limits(), context_.interrupted, write_only)))
    return false;
  auto statements = spin::load_statements(*directory_);
  if (!statements) return fail(statements.error());
  statements_ = std::move(*statements);
  return true;
}

bool ModelRun::compile(const Build& build) {
  const std::string& fast = context_.tools.fast_compiler;
  const std::string& optimizing = context_.tools.optimizing_compiler;
  large_ = build.large;
  spin::CompileOptions options;
  options.claims = build.claims;
  options.depth_first = build.depth_first;
  options.reduce = build.reduce;
  options.optimize = fast.empty() || (build.large && !optimizing.empty());
  options.compiler = options.optimize ? optimizing : fast;
  options.vector_bytes = build.vector_bytes;
  options.memory_megabytes = std::max<std::uint64_t>(context_.options.memory_limit_bytes >> 20, 1);
  auto compiled = spin::compile(*directory_, options, limits(), context_.interrupted);
  const bool other = !options.optimize && !optimizing.empty();
  if (!compiled && other && compiled.error().kind == spin::Failure::Failed) {
    options.compiler = optimizing;
    options.optimize = true;
    compiled = spin::compile(*directory_, options, limits(), context_.interrupted);
  }
  if (!build.claims && !build.depth_first && !build.reduce) {
    context_.engine.compiler = options.compiler;
    context_.engine.compiler_flags = spin::verifier_defines(options);
  }
  return take(compiled);
}

bool ModelRun::write(std::string_view name, std::string_view text) {
  const auto written = directory_->write(name, text);
  return written ? true : fail(written.error());
}

spin::PanOptions ModelRun::pan_options() const {
  spin::PanOptions options;
  options.depth = context_.options.depth_limit;
  options.timeout_seconds = context_.options.time_limit_seconds;
  options.environment = {{kParent, std::to_string(::getpid())}};
  return options;
}

// Searches that may grow to the limit fit into the memory of this computer together. Of a small model the
// explorer saw the end: its searches stay far below.
unsigned ModelRun::jobs() const {
  if (!large_) return context_.options.jobs;
  const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1l));
  const auto memory = pages * static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 1l));
  const std::uint64_t fitting = memory / std::max<std::uint64_t>(context_.options.memory_limit_bytes, 1);
  return static_cast<unsigned>(
      std::min<std::uint64_t>(std::max<std::uint64_t>(fitting, 1), context_.options.jobs));
}

std::vector<spin::ProcessResult> ModelRun::search(const std::vector<spin::PanOptions>& searches,
                                                  const OnOutput& on_output) {
  std::vector<spin::Command> commands;
  for (const spin::PanOptions& options : searches) {
    const std::size_t i = commands.size();
    commands.push_back(spin::pan_command(*directory_, options));
    if (on_output) commands.back().on_output = [&on_output, i](std::string_view out) { on_output(i, out); };
    // Searches for a trail or against a claim are not the ones that decide the rest.
    if (i == 0 && !options.stop_at_first_error)
      context_.engine.verifier_flags = {commands.back().argv.begin() + 1, commands.back().argv.end()};
  }
  auto results = spin::run_processes(commands, jobs(), context_.interrupted);
  for (std::size_t i = 0; i < results.size(); ++i)
    keep_output(words_of(commands[i]), results[i].out + results[i].err);
  return results;
}

// Successful generating and compiling is silent; what failed has its words in the failure.
void ModelRun::keep_output(const std::string& command, const std::string& text) {
  constexpr std::size_t kMost = 64 << 10;
  if (!context_.options.keep_output) return;
  context_.engine.output.push_back({command, text.substr(0, kMost)});
  if (text.size() > kMost)
    context_.engine.output.back().text += fmt::format("\n... and {} bytes more\n", text.size() - kMost);
}

}  // namespace singspin::verify
