// Where a contract that no named file declares is looked for: the -I folders, the folder of the file
// that needs it, then the project files that list that file, with what they refer to (section 6 of the
// language reference).
#pragma once

#include "frontend/project/csproj.h"
#include "frontend/project/declarations.h"

namespace singspin::project {

struct Candidate {
  std::string path;
  syntax::Symbols symbols;  // of the project that lists it; empty otherwise
};

// Project files by canonical path, each read once.
class ProjectFiles {
 public:
  explicit ProjectFiles(Disk& disk) : disk_(disk) {}
  const ProjectFile& get(const std::string& path);
  // The project and all it refers to, itself first, each once, however they refer to each other.
  std::vector<const ProjectFile*> with_references(const std::string& path);

 private:
  Disk& disk_;
  std::map<std::string, ProjectFile> files_;
};

class Search {
 public:
  // `root`: the topmost folder in which project files are looked for.
  Search(const std::vector<std::string>& include_folders, std::string root, Disk& disk,
         ProjectFiles& projects)
      : include_folders_(include_folders),
        root_(std::move(root)),
        disk_(disk),
        projects_(projects),
        index_(disk) {}

  std::vector<Candidate> in_include_folders(const std::string& name);
  std::vector<Candidate> beside(const std::string& file, const std::string& name);
  std::vector<Candidate> in_projects(const std::string& file, const std::string& name);
  // Project files that list `file`, in its folder and the folders above up to the root.
  const std::vector<std::string>& projects_of(const std::string& file);

 private:
  void add_projects_in(const std::string& folder, const std::string& file, std::vector<std::string>& found);

  const std::vector<std::string>& include_folders_;
  std::string root_;
  Disk& disk_;
  ProjectFiles& projects_;
  DeclarationIndex index_;
  std::map<std::string, std::vector<std::string>> projects_of_;
};

}  // namespace singspin::project
