#include "frontend/project/csproj.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "frontend/project/msbuild.h"

namespace singspin::project {

using diagnostics::Code;

bool is_project_path(std::string_view path) {
  const std::string lower = lower_case(path);
  return lower.ends_with(".csproj") || lower.ends_with(".sgproj");
}

ProjectFile read_project(const std::string& path, Disk& disk) { return Evaluation(path, disk).run(); }

}  // namespace singspin::project
