#include "promela/spin/engine.h"

#include <fmt/core.h>

#include <algorithm>
#include <climits>
#include <initializer_list>
#include <iterator>
#include <string_view>

#include "frontend/base/overloaded.h"

namespace singspin::spin {
namespace {

using base::Expected;

constexpr std::uint64_t kToolOutputLimit = 4 << 20;
constexpr std::size_t kShownText = 2000;

tl::unexpected<Failure> failure(Failure::Kind kind, std::string message) {
  return tl::unexpected(Failure{kind, std::move(message)});
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// The path of the tool is the user's machine, its name is the command.
std::string shown(const std::vector<std::string>& argv) {
  auto words = argv;
  words[0] = words[0].substr(words[0].rfind('/') + 1);
  return joined(words);
}

std::string shown_text(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  if (text.size() > kShownText) text = text.substr(0, kShownText) + " ...";
  return text;
}

std::string shown_output(const ProcessResult& result) { return shown_text(result.out + result.err); }

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return text.find(word) != std::string_view::npos; });
}

// The words of spin, tcc, gcc and clang.
bool ran_out_of_memory(const ProcessResult& result) {
  return contains_any(result.out + result.err, {"out of memory", "memory exhausted", "emory allocation fail",
                                                "annot allocate memory", "memory full"});
}

Failure::Kind kind_of(const ProcessResult& result) {
  if (ran_out_of_memory(result)) return Failure::MemoryLimit;
  return std::visit(base::Overloaded{[](const Exited&) { return Failure::Failed; },
                                     [](const Signaled&) { return Failure::Failed; },
                                     [](const spin::TimedOut&) { return Failure::TimedOut; },
                                     [](const spin::Interrupted&) { return Failure::Interrupted; },
                                     [](const OutputFlood&) { return Failure::Failed; },
                                     [](const NotStarted&) { return Failure::Missing; }},
                    result.ending);
}

tl::unexpected<Failure> failure_of(const std::vector<std::string>& argv, const ProcessResult& result) {
  const auto output = shown_output(result);
  return failure(kind_of(result), fmt::format("`{}`: {}{}{}", shown(argv), ending_text(result.ending),
                                              output.empty() ? "" : ": ", output));
}

Command tool_command(const RunDirectory& directory, std::vector<std::string> argv, const Limits& limits) {
  return {.argv = std::move(argv),
          .working_directory = directory.path(),
          // A compiler that is killed leaves its own temporary files: they go with the folder.
          .environment = {{"LC_ALL", "C"}, {"TMPDIR", directory.path()}},
          .timeout_seconds = limits.timeout_seconds,
          .output_limit_bytes = kToolOutputLimit,
          .address_space_bytes = limits.address_space_bytes};
}

// With ltl formulas SPIN prints each of them and how to choose one.
std::string without_claim_list(std::string_view text) {
  constexpr std::string_view kExpected[] = {"ltl claim_", "  the model contains ",
                                            "  only one claim is used in a verification run",
                                            "  choose which one with ./pan -a -N name (defaults to -N claim_",
                                            "  or use e.g.: spin -search -ltl claim_"};
  std::string rest;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const bool expected = std::ranges::any_of(kExpected, [&](auto words) { return line.starts_with(words); });
    if (!expected) rest += std::string(line) + "\n";
  }
  while (rest.ends_with('\n')) rest.pop_back();
  return rest;
}

// A success is silent; -Pcat and -w see to it that harmless remarks do not occur.
Expected<Generated, Failure> judged(const std::vector<std::string>& argv, const ProcessResult& result) {
  if (!succeeded(result)) return failure_of(argv, result);
  const auto output = shown_text(without_claim_list(result.out + result.err));
  if (output.empty()) return Generated{shown(argv), result.seconds};
  const bool error = contains_any(output, {"Error:", "error:", "error ", "Error "});
  return failure(error ? Failure::Failed : Failure::Warning, fmt::format("`{}`: {}", shown(argv), output));
}

Expected<Generated, Failure> run_tool(RunDirectory& directory, const std::vector<std::string>& argv,
                                      const Limits& limits, const volatile std::sig_atomic_t* interrupted,
                                      const std::string& product) {
  if (const auto removed = directory.remove(product); !removed)
    return failure(Failure::Failed, removed.error().message);
  auto result = judged(argv, run_process(tool_command(directory, argv, limits), interrupted));
  if (result && !directory.exists(product))
    return failure(Failure::Failed, fmt::format("`{}` wrote no {}", shown(argv), product));
  // SPIN does not notice a full disk: it ends well and leaves files that end early.
  if (!result && directory.is_full())
    return failure(Failure::Failed, fmt::format("No space left on device: {}", directory.path()));
  return result;
}

}  // namespace

Expected<Generated, Failure> generate(RunDirectory& directory, const std::string& model_text,
                                      const Tools& tools, const Limits& limits,
                                      const volatile std::sig_atomic_t* interrupted, WriteOnly write_only) {
  if (tools.spin.empty()) return failure(Failure::Missing, "there is no program `spin`");
  if (const auto written = directory.write(kModelFile, model_text); !written)
    return failure(Failure::Failed, written.error().message);
  // -Pcat: no preprocessor. -o3: no statement merging, so that every statement keeps its line.
  std::vector<std::string> argv = {tools.spin, "-Pcat", "-o3"};
  if (write_only == WriteOnly::Kept) argv.push_back("-o2");
  argv.insert(argv.end(), {"-a", kModelFile});
  return run_tool(directory, argv, limits, interrupted, "pan.c");
}

std::vector<std::string> verifier_defines(const CompileOptions& options) {
  std::vector<std::string> flags = {"-DSAFETY"};
  if (!options.reduce) flags.emplace_back("-DNOREDUCE");
  if (!options.depth_first) flags.emplace_back("-DBFS");
  flags.emplace_back("-DPEG");
  // A claim needs a depth-first search; NFAIR=2 counts six processes, the claim included.
  if (options.claims) flags = {"-DNOREDUCE", "-DNFAIR=2"};
  if (options.vector_bytes > 0) flags.push_back(fmt::format("-DVECTORSZ={}", options.vector_bytes));
  if (options.memory_megabytes > 0) flags.push_back(fmt::format("-DMEMLIM={}", options.memory_megabytes));
  return flags;
}

Expected<Compiled, Failure> compile(RunDirectory& directory, const CompileOptions& options,
                                    const Limits& limits, const volatile std::sig_atomic_t* interrupted) {
  if (options.compiler.empty()) return failure(Failure::Missing, "there is no C compiler");
  std::vector<std::string> argv = {options.compiler, "-w"};
  if (options.optimize) argv.push_back("-O1");
  std::ranges::copy(verifier_defines(options), std::back_inserter(argv));
  argv.insert(argv.end(), {"-o", options.output, "pan.c"});
  return run_tool(directory, argv, limits, interrupted, options.output);
}

Command pan_command(const RunDirectory& directory, const PanOptions& options) {
  // pan reads the depth with atoi.
  const auto depth = std::min<std::uint64_t>(options.depth, INT_MAX / 2);
  std::vector<std::string> argv = {directory.path_of(options.program), fmt::format("-w{}", options.hash_log2),
                                   fmt::format("-m{}", depth), options.stop_at_first_error ? "-c1" : "-c0",
                                   "-n"};
  if (options.ignore_end_states) argv.push_back("-E");
  if (options.ignore_assertions) argv.push_back("-A");
  if (options.acceptance) argv.push_back("-a");
  if (!options.claim.empty()) argv.insert(argv.end(), {"-N", options.claim});
  if (options.fair) argv.push_back("-f");
  return {.argv = std::move(argv),
          .working_directory = directory.path_of(options.folder),
          .environment = options.environment,
          .timeout_seconds = options.timeout_seconds,
          .output_limit_bytes = options.output_limit_bytes,
          .soft_stop = true};
}

Expected<Trail> load_trail(const RunDirectory& directory, const std::string& folder) {
  const auto text = directory.read(folder.empty() ? kTrailFile : folder + "/" + kTrailFile);
  if (!text) return tl::unexpected(text.error());
  return read_trail(*text);
}

Expected<std::map<std::int64_t, Statement>> load_statements(const RunDirectory& directory) {
  const auto pan_t = directory.read("pan.t");
  if (!pan_t) return tl::unexpected(pan_t.error());
  const auto pan_c = directory.read("pan.c");
  if (!pan_c) return tl::unexpected(pan_c.error());
  return read_statements(*pan_t, *pan_c);
}

}  // namespace singspin::spin
