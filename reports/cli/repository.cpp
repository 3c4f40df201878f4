#include "reports/cli/repository.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "frontend/source/loader.h"

namespace singspin::cli {

namespace fs = std::filesystem;

namespace {

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

// Lines `url = ...` of the configuration of git.
void look_at_remotes(const fs::path& root, Repository& found) {
  const auto text = source::read_file((root / ".git" / "config").string());
  if (!text) return;  // a worktree, whose configuration is elsewhere
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == line.npos || !line.substr(first).starts_with("url")) continue;
    found.github = found.github || line.find("github") != line.npos;
    found.gitlab = found.gitlab || line.find("gitlab") != line.npos;
  }
}

}  // namespace

Repository find_repository(const std::string& folder) {
  Repository found;
  std::error_code error;
  fs::path root = fs::absolute(folder, error).lexically_normal();
  while (!is_there(root / ".git")) {
    if (root == root.parent_path()) return found;
    root = root.parent_path();
  }
  found.root = root.string();
  found.github = is_there(root / ".github");
  found.gitlab = is_there(root / ".gitlab-ci.yml") || is_there(root / ".gitlab");
  if (!found.github && !found.gitlab) look_at_remotes(root, found);
  return found;
}

}  // namespace singspin::cli
