#include "tests/fuzz/memory_disk.h"

#include <algorithm>
#include <filesystem>

namespace singspin::fuzz {

namespace {

std::string normal(const std::string& path) {
  const std::string text = std::filesystem::path(path).lexically_normal().string();
  return text.size() > 1 && text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

const std::map<std::string, std::string> MemoryDisk::kNoOverlays;

void MemoryDisk::add(const std::string& path, std::string_view text) {
  files_[path] = std::make_shared<const std::string>(text);
  bool is_file = true;
  for (std::filesystem::path part(path); part.has_relative_path(); part = part.parent_path()) {
    auto& entries = folders_[part.parent_path().string()];
    const std::string name = part.filename().string();
    const auto at = std::lower_bound(entries.begin(), entries.end(), name,
                                     [](const auto& entry, const auto& n) { return entry.name < n; });
    if (at == entries.end() || at->name != name) entries.insert(at, {name, !is_file, is_file});
    is_file = false;
  }
}

base::Expected<project::Disk::Text> MemoryDisk::read(const std::string& path) {
  const auto file = files_.find(normal(path));
  if (file == files_.end()) return tl::unexpected(base::tool_error("no such file"));
  return file->second;
}

const std::vector<project::FolderEntry>& MemoryDisk::list(const std::string& folder) {
  static const std::vector<project::FolderEntry> nothing;
  const auto found = folders_.find(normal(folder));
  return found == folders_.end() ? nothing : found->second;
}

bool MemoryDisk::exists(const std::string& path) const {
  return is_file(path) || folders_.contains(normal(path));
}

bool MemoryDisk::is_file(const std::string& path) const { return files_.contains(normal(path)); }

}  // namespace singspin::fuzz
