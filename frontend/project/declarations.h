// Which contracts a text may declare, found without parsing it: an index for looking up missing ones.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/project/disk.h"

namespace singspin::project {

// Names after the word `contract`, dead sections and comments included.
std::vector<std::string> declared_names(std::string_view text);

class DeclarationIndex {
 public:
  explicit DeclarationIndex(Disk& disk) : disk_(disk) {}

  bool declares(const std::string& path, const std::string& name);
  // The sources in this folder alone that may declare `name`, sorted.
  std::vector<std::string> in_folder(const std::string& folder, const std::string& name);
  // The same with its subfolders.
  std::vector<std::string> below_folder(const std::string& folder, const std::string& name);

 private:
  using Names = std::map<std::string, std::vector<std::string>, std::less<>>;  // name to paths
  const std::set<std::string>& names_of(const std::string& path);
  void add(Names& names, const std::string& path);

  Disk& disk_;
  std::map<std::string, std::set<std::string>> by_file_;
  std::map<std::string, Names> by_folder_;
  std::map<std::string, Names> below_folder_;
};

}  // namespace singspin::project
