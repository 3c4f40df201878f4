#include "frontend/project/wildcard.h"

#include <algorithm>
#include <filesystem>

namespace singspin::project {

namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    const bool repeated = part == "**" && !parts.empty() && parts.back() == "**";
    if (!part.empty() && part != "." && !repeated) parts.push_back(part);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return parts;
}

// Only the last `*` is ever tried again, so this takes at most the product of the lengths.
bool matches_name(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() &&
               (pattern[p] == '?' || equal_ignoring_case(pattern.substr(p, 1), name.substr(n, 1)))) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

class Walker {
 public:
  Walker(std::vector<std::string_view> pattern, Disk& disk) : pattern_(std::move(pattern)), disk_(disk) {}

  // All files below `folder`; what matches is decided by the whole path.
  Walk run(const std::string& folder, const std::string& whole) {
    todo_.push_back(folder);
    while (!todo_.empty() && walk_.complete) {
      const std::string next = std::move(todo_.back());
      todo_.pop_back();
      visit(next, whole);
    }
    std::sort(walk_.files.begin(), walk_.files.end());
    return std::move(walk_);
  }

 private:
  void visit(const std::string& folder, const std::string& whole) {
    const bool deep = std::find(pattern_.begin(), pattern_.end(), "**") != pattern_.end();
    const std::size_t depth = segments(folder).size();
    for (const FolderEntry& entry : disk_.list(folder)) {
      if (++looked_at_ > kMaxWalk) {
        walk_.complete = false;
        return;
      }
      const std::string path = folder + (folder.ends_with('/') ? "" : "/") + entry.name;
      const bool hidden = entry.name.starts_with('.');
      if (entry.is_folder && !hidden && (deep || depth + 1 < pattern_.size())) todo_.push_back(path);
      if (entry.is_file && matches_wildcard(whole, path)) walk_.files.push_back(path);
    }
  }

  std::vector<std::string_view> pattern_;
  Disk& disk_;
  std::vector<std::string> todo_;
  Walk walk_;
  std::size_t looked_at_ = 0;
};

}  // namespace

bool has_wildcard(std::string_view path) { return path.find_first_of("*?") != std::string_view::npos; }

bool matches_wildcard(std::string_view pattern, std::string_view path) {
  const std::vector<std::string_view> p = segments(pattern), n = segments(path);
  // reach[i]: the pattern read so far matches the first i segments of the path.
  std::vector<bool> reach(n.size() + 1, false);
  reach[0] = true;
  for (const std::string_view part : p) {
    std::vector<bool> next(n.size() + 1, false);
    for (std::size_t i = 0; i <= n.size(); ++i) {
      if (part == "**") next[i] = reach[i] || (i > 0 && next[i - 1]);
      else next[i] = i > 0 && reach[i - 1] && matches_name(part, n[i - 1]);
    }
    reach = std::move(next);
  }
  return reach[n.size()];
}

Walk expand_wildcard(const std::string& pattern, Disk& disk) {
  const std::size_t first = pattern.find_first_of("*?");
  const std::size_t slash = pattern.rfind('/', first);
  const std::string fixed =
      slash == std::string::npos ? "." : pattern.substr(0, std::max<std::size_t>(slash, 1));
  const std::optional<std::string> folder = disk.find(fixed);
  if (!folder) return {};
  return Walker(segments(pattern), disk).run(*folder, pattern);
}

}  // namespace singspin::project
