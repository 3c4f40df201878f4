#include "reports/cli/watcher.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "frontend/project/csproj.h"
#include "frontend/project/disk.h"
#include "frontend/source/loader.h"

namespace singspin::cli {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr unsigned kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE |
                             IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr auto kQuiet = std::chrono::milliseconds(100);  // so long nothing happens after the last change
constexpr auto kPatience = std::chrono::seconds(1);      // but nobody waits longer than that
constexpr auto kNap = std::chrono::milliseconds(200);    // a signal may come between our look and the poll

bool is_hidden(const std::string& name) { return name.starts_with('.'); }

bool can_matter(const std::string& name) {
  if (is_hidden(name)) return false;
  return source::is_source_name(name, source::SourceKinds::WithAnnotations) || name == "singspin.toml" ||
         project::is_project_path(name);
}

// One watch has one name, however a path was written; a link at the end stays what it is.
std::string canonical_folder(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::absolute(path.empty() ? "." : path, error);
  return project::Disk::canonical(error ? path : whole.string());
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

bool has_events(int descriptor, std::chrono::milliseconds wait) {
  pollfd events{descriptor, POLLIN, 0};
  return ::poll(&events, 1, static_cast<int>(wait.count())) > 0;
}

// The other end of a pipe is closed.
bool is_output_gone() {
  pollfd output{STDOUT_FILENO, 0, 0};
  return ::poll(&output, 1, 0) > 0 && (output.revents & (POLLERR | POLLNVAL)) != 0;
}

}  // namespace

base::Expected<Watcher> Watcher::open() {
  const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor < 0) return base::tool_error(fmt::format("cannot watch files: {}", std::strerror(errno)));
  return Watcher(descriptor);
}

void Watcher::add(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) add_tree(canonical_folder(path));
  else add_file(path);
}

void Watcher::add_file(const std::string& path) {
  const fs::path written(path);
  const std::string folder = canonical_folder(written.parent_path().string());
  files_.insert(joined(folder, written.filename().string()));
  add_folder(folder, false);
}

void Watcher::add_tree(const std::string& path) {
  add_folder(path, true);
  std::error_code error;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const std::string name = it->path().filename().string();
    if (!is_hidden(name) && it->is_directory(ignored) && !it->is_symlink(ignored))
      add_tree(joined(path, name));
  }
}

// A folder that is not there may come: then the nearest above it tells.
void Watcher::add_folder(const std::string& path, bool deep) {
  if (add_one(path, deep, false)) return;
  for (fs::path above = path; above.has_relative_path();) {
    above = above.parent_path();
    if (add_one(above.string(), false, true)) return;
  }
}

bool Watcher::add_one(const std::string& path, bool deep, bool awaits) {
  const int watch = ::inotify_add_watch(events_.get(), path.c_str(), kEvents);
  if (watch < 0) {
    if (errno != ENOENT && errno != ENOTDIR)
      problem_ = fmt::format("cannot watch {}: {}", path, std::strerror(errno));
    return false;
  }
  Folder& folder = folders_[watch];
  folder.path = path;
  folder.deep = folder.deep || deep;
  folder.awaits = folder.awaits || awaits;
  return true;
}

std::set<std::string> Watcher::wait(const volatile std::sig_atomic_t* interrupted) {
  std::set<std::string> changed;
  const auto is_over = [&] { return *interrupted != 0 || is_output_gone(); };
  while (changed.empty() && !is_over()) {
    if (has_events(events_.get(), kNap)) read_events(changed);
  }
  const auto end = Clock::now() + kPatience;
  while (!is_over() && Clock::now() < end && has_events(events_.get(), kQuiet)) read_events(changed);
  if (is_over()) changed.clear();
  return changed;
}

void Watcher::read_events(std::set<std::string>& changed) {
  alignas(inotify_event) char buffer[1 << 16];
  const ssize_t count = ::read(events_.get(), buffer, sizeof(buffer));
  for (ssize_t at = 0; at < count;) {
    inotify_event event;
    std::memcpy(&event, buffer + at, sizeof(event));
    const char* name = buffer + at + sizeof(event);
    take(event.wd, event.mask, event.len > 0 ? std::string(name, ::strnlen(name, event.len)) : "", changed);
    at += static_cast<ssize_t>(sizeof(event) + event.len);
  }
}

void Watcher::take(int watch, unsigned mask, const std::string& name, std::set<std::string>& changed) {
  if ((mask & IN_Q_OVERFLOW) != 0) {
    changed.insert("many files");
    return;
  }
  const auto found = folders_.find(watch);
  if (found == folders_.end()) return;
  const Folder folder = found->second;
  if ((mask & IN_IGNORED) != 0) folders_.erase(found);
  if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0) changed.insert(folder.path);
  if (name.empty()) return;
  const std::string path = joined(folder.path, name);
  const bool new_folder = (mask & IN_ISDIR) != 0 && !is_hidden(name) && (folder.deep || folder.awaits);
  if (new_folder && folder.deep && (mask & (IN_CREATE | IN_MOVED_TO)) != 0) add_tree(path);
  if (new_folder || files_.contains(path) || ((mask & IN_ISDIR) == 0 && can_matter(name)))
    changed.insert(path);
}

}  // namespace singspin::cli
