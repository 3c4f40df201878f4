// Changes of source files, as the kernel tells them (inotify).
// Promises: sees files that are written, replaced by a rename, removed or new, and new folders; changes
// in quick succession are one. Whole folders are watched, since editors replace files. Does not know
// what is done about a change.
#pragma once

#include <csignal>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "frontend/base/expected.h"
#include "promela/spin/descriptor.h"

namespace singspin::cli {

class Watcher {
 public:
  static base::Expected<Watcher> open();

  // A folder with all folders below it but hidden ones, or the folder of a file.
  void add(const std::string& path);
  // The folder of a file, which is noticed whatever its name is.
  void add_file(const std::string& path);
  // Something could not be watched: why.
  const std::string& problem() const { return problem_; }
  std::size_t folders() const { return folders_.size(); }

  // Waits for a change. The paths that changed, or nothing: interrupted, or nobody reads our output.
  std::set<std::string> wait(const volatile std::sig_atomic_t* interrupted);

 private:
  explicit Watcher(int descriptor) : events_(descriptor) {}
  struct Folder {
    std::string path;
    bool deep = false;    // new folders in it count
    bool awaits = false;  // stands for one below it that is not there
  };
  void add_folder(const std::string& path, bool deep);
  bool add_one(const std::string& path, bool deep, bool awaits);
  void add_tree(const std::string& path);
  // Takes what the kernel has to tell; true if something of it matters.
  void read_events(std::set<std::string>& changed);
  void take(int watch, unsigned mask, const std::string& name, std::set<std::string>& changed);

  spin::Descriptor events_;
  std::map<int, Folder> folders_;  // by watch
  std::set<std::string> files_;
  std::string problem_;
};

}  // namespace singspin::cli
