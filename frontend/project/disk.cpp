#include "frontend/project/disk.h"

#include <algorithm>

#include "frontend/source/loader.h"

namespace singspin::project {

namespace fs = std::filesystem;

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string Disk::canonical(const std::string& path) {
  std::error_code error;
  const fs::path result = fs::weakly_canonical(path, error);
  return error || result.empty() ? path : result.string();
}

bool Disk::exists(const std::string& path) const {
  std::error_code error;
  return fs::exists(path, error);
}

bool Disk::is_file(const std::string& path) const {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

base::Expected<Disk::Text> Disk::read(const std::string& path) {
  const std::string key = canonical(path);
  const auto known = texts_.find(key);
  if (known != texts_.end()) return known->second;
  return texts_.emplace(key, read_fresh(path, key)).first->second;
}

base::Expected<Disk::Text> Disk::read_fresh(const std::string& path, const std::string& key) {
  const auto overlay = overlays_.find(key);
  if (overlay != overlays_.end()) return std::make_shared<const std::string>(overlay->second);
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  const std::uintmax_t bytes = error ? 0 : fs::file_size(path, error);
  const bool known = !error && cache_ != nullptr;
  if (known) {
    const auto kept = cache_->files.find(key);
    if (kept != cache_->files.end() && kept->second.written == written && kept->second.bytes == bytes)
      return kept->second.text;
  }
  auto text = source::read_file(path);
  if (!text) return tl::unexpected(text.error());
  Text shared = std::make_shared<const std::string>(std::move(*text));
  if (known) cache_->files[key] = {written, bytes, shared};
  return shared;
}

const std::vector<FolderEntry>& Disk::list(const std::string& folder) {
  const std::string path = folder.empty() ? "." : folder;
  const auto [at, added] = folders_.try_emplace(path);
  if (!added) return at->second;
  std::error_code error;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    at->second.push_back({it->path().filename().string(),
                          it->is_directory(ignored) && !it->is_symlink(ignored),
                          it->is_regular_file(ignored)});
  }
  std::sort(at->second.begin(), at->second.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return at->second;
}

std::optional<std::string> Disk::find(const std::string& path) {
  if (exists(path)) return path;
  const fs::path wanted(path);
  fs::path found = wanted.root_path();
  for (const fs::path& part : wanted.relative_path()) {
    const fs::path exact = found / part;
    if (exists(exact.string())) {
      found = exact;
      continue;
    }
    const auto& entries = list(found.string());
    const auto same = std::find_if(entries.begin(), entries.end(), [&](const FolderEntry& e) {
      return equal_ignoring_case(e.name, part.string());
    });
    if (same == entries.end()) return std::nullopt;
    found /= same->name;
  }
  return found.string();
}

}  // namespace singspin::project
