// What a folder tells about the repository it lies in. Asks no git: reads what git keeps.
#pragma once

#include <string>

namespace singspin::cli {

struct Repository {
  std::string root;     // where `.git` is; empty: no repository
  bool github = false;  // by its folders, else by its remotes
  bool gitlab = false;
};

Repository find_repository(const std::string& folder);

}  // namespace singspin::cli
