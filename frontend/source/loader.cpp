#include "frontend/source/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace singspin::source {

namespace fs = std::filesystem;

bool is_source_name(const std::string& name, SourceKinds kinds) {
  const std::string extension = fs::path(name).extension().string();
  if (extension == ".sg" || extension == ".cs") return true;
  static constexpr std::string_view kAnnotated[] = {".drv", ".check", ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".rs"};
  return kinds == SourceKinds::WithAnnotations &&
         std::find(std::begin(kAnnotated), std::end(kAnnotated), extension) != std::end(kAnnotated);
}

namespace {

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// One folder level at a time, so that an unreadable folder does not end the walk.
void list_folder(const fs::path& folder, SourceKinds kinds, FileList& list) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    entries.push_back(it->path());
  if (error) list.problems.push_back({folder.string(), error.message()});
  for (const fs::path& entry : entries) {
    if (is_hidden(entry)) continue;
    const fs::file_status status = fs::symlink_status(entry, error);
    if (fs::is_directory(status)) list_folder(entry, kinds, list);
    else if (is_source_name(entry.string(), kinds) && fs::is_regular_file(fs::status(entry, error)))
      list.paths.push_back(entry.string());
  }
}

}  // namespace

FileList list_sources(const std::vector<std::string>& paths, SourceKinds kinds) {
  FileList list;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) list_folder(fs::path(path).lexically_normal(), kinds, list);
    else if (fs::exists(status)) list.paths.push_back(fs::path(path).lexically_normal().string());
    else
      list.problems.push_back({path, error && error != std::errc::no_such_file_or_directory
                                         ? error.message()
                                         : "no such file or folder"});
  }
  std::sort(list.paths.begin(), list.paths.end());
  list.paths.erase(std::unique(list.paths.begin(), list.paths.end()), list.paths.end());
  return list;
}

base::Expected<std::string> read_file(const std::string& path) {
  constexpr std::uintmax_t kLimit = 1ull << 30;
  std::error_code error;
  if (fs::is_directory(path, error)) return base::tool_error("it is a folder");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::tool_error(errno != 0 ? std::strerror(errno) : "it cannot be opened");
  std::string text;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof(buffer)), in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > kLimit) return base::tool_error("it is larger than 1 GiB");
  }
  if (in.bad()) return base::tool_error(errno != 0 ? std::strerror(errno) : "it cannot be read");
  return text;
}

std::string shown_path(const std::string& path, const std::string& root) {
  std::error_code error;
  const fs::path absolute = fs::weakly_canonical(path, error);
  const fs::path base = fs::weakly_canonical(root, error);
  if (error || absolute.empty() || base.empty()) return path;
  const fs::path relative = absolute.lexically_relative(base);
  const bool outside = relative.empty() || *relative.begin() == "..";
  return outside ? absolute.generic_string() : relative.generic_string();
}

}  // namespace singspin::source
