#include "promela/spin/tools.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

#include "promela/spin/process.h"

namespace singspin::spin {
namespace {

bool is_program(const std::string& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

// Relative entries of PATH are skipped: commands run in other folders than ours.
std::string search_path(std::string_view name) {
  const char* variable = std::getenv("PATH");
  std::string_view rest = variable ? variable : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    const auto folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    auto path = std::string(folder) + "/" + std::string(name);
    if (folder.starts_with('/') && is_program(path)) return path;
  }
  return {};
}

std::string absolute(const std::string& path) {
  if (path.starts_with('/')) return path;
  char* folder = ::getcwd(nullptr, 0);
  auto result = folder ? std::string(folder) + "/" + path : std::string();
  std::free(folder);
  return result;
}

std::string find_named(const std::string& name) {
  if (name.find('/') == std::string::npos) return name.empty() ? name : search_path(name);
  const auto path = absolute(name);
  return is_program(path) ? path : std::string();
}

std::string find_tool(const char* variable, std::initializer_list<const char*> names) {
  if (const char* chosen = std::getenv(variable)) return find_named(chosen);
  for (const char* name : names)
    if (auto path = search_path(name); !path.empty()) return path;
  return {};
}

const char* version_option(ToolKind kind) {
  switch (kind) {
    case ToolKind::Spin: return "-V";
    case ToolKind::FastCompiler: return "-v";
    case ToolKind::OptimizingCompiler: return "--version";
    case ToolKind::Graphviz: return "-V";
  }
  return "";
}

Command version_command(const std::string& path, ToolKind kind) {
  return {.argv = {path, version_option(kind)},
          .environment = {{"LC_ALL", "C"}},
          .timeout_seconds = 10,
          .output_limit_bytes = 1 << 16};
}

std::string version_in(const ProcessResult& result) {
  if (!succeeded(result)) return {};
  const auto& text = result.out.empty() ? result.err : result.out;
  return text.substr(0, text.find('\n'));
}

}  // namespace

Tools find_tools() {
  return {find_tool("SINGSPIN_SPIN", {"spin"}), find_tool("SINGSPIN_TCC", {"tcc"}),
          find_tool("SINGSPIN_CC", {"gcc", "cc", "clang"}), find_tool("SINGSPIN_DOT", {"dot"}),
          find_tool("SINGSPIN_GIT", {"git"})};
}

std::string tool_version(const std::string& path, ToolKind kind) {
  return path.empty() ? std::string() : version_in(run_process(version_command(path, kind)));
}

std::vector<std::string> tool_versions(const Tools& tools) {
  const std::pair<std::string, ToolKind> asked[] = {
      {tools.spin, ToolKind::Spin},
      {tools.fast_compiler, ToolKind::FastCompiler},
      {tools.optimizing_compiler, ToolKind::OptimizingCompiler},
  };
  std::vector<Command> commands;
  for (const auto& [path, kind] : asked)
    if (!path.empty()) commands.push_back(version_command(path, kind));
  const auto results = run_processes(commands, static_cast<unsigned>(commands.size()));
  std::vector<std::string> versions;
  std::size_t next = 0;
  for (const auto& [path, kind] : asked)
    versions.push_back(path.empty() ? std::string() : version_in(results[next++]));
  return versions;
}

}  // namespace singspin::spin
