// Which files of the workspace folders declare which contracts. Built in short slices while the editor
// is idle, so that a huge folder never makes an answer late. Touches the file system.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "frontend/project/load.h"

namespace singspin::lsp {

// `path` with its links and dots resolved, as far as it exists: the one name of a file.
std::string canonical(const std::string& path);
// The folder that a file is in.
std::string folder_around(const std::string& path);

class Workspace {
 public:
  // Forgets everything and looks through these folders anew.
  void set_folders(std::vector<std::string> folders);
  const std::vector<std::string>& folders() const { return folders_; }

  // Looks through the folders for at most so long; true: names appeared that were not known before.
  bool scan(double seconds);
  bool scanned() const { return walk_.empty(); }
  // A file changed, appeared or went away on the disk.
  void refresh(const std::string& path);
  // What an open text declares now, whatever the disk says; true: it did not before.
  bool set_names(const std::string& path, std::set<std::string> names);

  // The files that declare a contract of this simple name, sorted.
  std::vector<std::string> declaring(const std::string& name) const;
  // All files that hold contracts, sorted.
  std::vector<std::string> files() const;
  // The workspace folder around a path; empty: none.
  std::string folder_of(const std::string& path) const;

 private:
  void read(const std::string& path);

  std::vector<std::string> folders_;
  std::vector<std::filesystem::directory_iterator> walk_;
  std::map<std::string, std::set<std::string>> names_;  // by path
  std::map<std::string, std::set<std::string>> paths_;  // by name
  std::size_t entries_ = 0;
  bool grown_ = false;
};

// Simple names of contracts that are declared in a file.
std::set<std::string> declared_names(const syntax::File& file);
// Simple names of contracts that the files refer to and none of them declares.
std::set<std::string> missing_names(const std::vector<syntax::File>& files);

}  // namespace singspin::lsp
