// Files and folders as one run sees them: each is read at most once, unsaved texts go first, and a
// path may differ from the disk in letter case. Knows no contracts and no project files. What is virtual
// asks the system, so that project files can be tried against folders in memory.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "frontend/base/expected.h"

namespace singspin::project {

// Texts kept from one load to the next, by canonical path; a file that changed on disk is read again.
// For callers that load often, such as a language server. One load at a time may use it.
struct Cache {
  struct File {
    std::filesystem::file_time_type written;
    std::uintmax_t bytes = 0;
    std::shared_ptr<const std::string> text;
  };
  std::map<std::string, File> files;
};

struct FolderEntry {
  std::string name;
  bool is_folder = false;  // not through a symbolic link: walks end there
  bool is_file = false;    // a regular file, or a link to one
};

class Disk {
 public:
  // `overlays`: canonical path to unsaved text. Both must outlive this object.
  Disk(const std::map<std::string, std::string>& overlays, Cache* cache)
      : overlays_(overlays), cache_(cache) {}
  virtual ~Disk() = default;

  using Text = std::shared_ptr<const std::string>;  // raw bytes
  // The bytes of a regular file, or why there are none.
  virtual base::Expected<Text> read(const std::string& path);
  // Sorted by name; empty if the folder cannot be listed.
  virtual const std::vector<FolderEntry>& list(const std::string& folder);
  virtual bool exists(const std::string& path) const;
  // Regular: reading a device or a pipe may never end.
  virtual bool is_file(const std::string& path) const;
  // `path` as it is on disk: exactly, else ignoring the case of ASCII letters.
  std::optional<std::string> find(const std::string& path);
  // Without symbolic links, `.` and `..`; `path` itself if that fails.
  static std::string canonical(const std::string& path);

 private:
  base::Expected<Text> read_fresh(const std::string& path, const std::string& canonical);

  const std::map<std::string, std::string>& overlays_;
  Cache* cache_;
  std::map<std::string, base::Expected<Text>> texts_;
  std::map<std::string, std::vector<FolderEntry>> folders_;
};

bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string lower_case(std::string_view text);

}  // namespace singspin::project
