#include "reports/cli/graphviz.h"

#include <fmt/format.h>

#include "promela/spin/process.h"
#include "promela/spin/run_directory.h"

namespace singspin::cli {

namespace {

constexpr double kTimeLimitSeconds = 60;
constexpr std::uint64_t kOutputLimit = 64ull << 20;
constexpr std::uint64_t kMemoryLimit = 4ull << 30;
constexpr std::size_t kShownText = 500;

}  // namespace

base::Expected<std::string> layout_svg(const std::string& dot, const std::string& text,
                                       const volatile std::sig_atomic_t* interrupted) {
  auto folder = spin::RunDirectory::create();
  if (!folder) return tl::unexpected(folder.error());
  if (auto written = folder->write("graph.dot", text); !written) return tl::unexpected(written.error());
  const spin::ProcessResult result = spin::run_process({.argv = {dot, "-Tsvg", "graph.dot"},
                                                        .working_directory = folder->path(),
                                                        .environment = {{"LC_ALL", "C.UTF-8"}},
                                                        .timeout_seconds = kTimeLimitSeconds,
                                                        .output_limit_bytes = kOutputLimit,
                                                        .address_space_bytes = kMemoryLimit},
                                                       interrupted);
  if (spin::succeeded(result)) return result.out;
  return base::tool_error(fmt::format("Graphviz gave no picture: dot -Tsvg ended with {}{}{}",
                                      spin::ending_text(result.ending), result.err.empty() ? "" : ": ",
                                      result.err.substr(0, kShownText)));
}

}  // namespace singspin::cli
