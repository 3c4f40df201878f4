// Files in memory, for readers that follow paths: whatever the input names, the system is not asked.
#pragma once

#include "frontend/project/disk.h"

namespace singspin::fuzz {

class MemoryDisk : public project::Disk {
 public:
  MemoryDisk() : Disk(kNoOverlays, nullptr) {}

  // `path` is absolute; its folders come to be with it.
  void add(const std::string& path, std::string_view text);
  const std::map<std::string, Text>& files() const { return files_; }

  base::Expected<Text> read(const std::string& path) override;
  const std::vector<project::FolderEntry>& list(const std::string& folder) override;
  bool exists(const std::string& path) const override;
  bool is_file(const std::string& path) const override;

 private:
  static const std::map<std::string, std::string> kNoOverlays;

  std::map<std::string, Text> files_;
  std::map<std::string, std::vector<project::FolderEntry>> folders_;
};

}  // namespace singspin::fuzz
