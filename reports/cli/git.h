// What git knows about the files of one revision. Only objects are read: no hook, filter or external diff
// of a repository is started.
// Promises: no shell; a revision never becomes an option. Does not know what the files mean.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "frontend/base/expected.h"

namespace singspin::cli {

struct GitProblem {
  std::string message;
  int exit_code = 2;  // 4: there is no git
};

class GitRevision {
 public:
  // The revision in the repository that `folder` belongs to.
  static base::Expected<GitRevision, GitProblem> open(const std::string& folder, const std::string& revision);

  // Object ids by path below top().
  const std::map<std::string, std::string>& files() const { return files_; }
  const std::string& top() const { return top_; }
  // The id of the file with this canonical path; empty if the revision does not have it.
  std::string id_of(const std::string& path) const;
  // The bytes of objects, in order.
  base::Expected<std::vector<std::string>, GitProblem> contents(const std::vector<std::string>& ids) const;

 private:
  std::string git_, top_;
  std::map<std::string, std::string> files_;
};

// The id that git gives to a file of these bytes; `like`: an id of the same repository.
std::string blob_id(const std::string& bytes, const std::string& like);

}  // namespace singspin::cli
