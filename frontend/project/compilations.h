// The files of a run by compilation: the files named one by one or through folders are one, each
// project is one, and what was found in -I folders for projects is one that they all see.
#pragma once

#include "frontend/project/load.h"
#include "frontend/project/reader.h"
#include "frontend/project/search.h"

namespace singspin::project {

struct Compilation {
  std::string project;  // path of the project file; empty: no project
  syntax::Symbols symbols;
  std::vector<std::size_t> sees;  // other compilations, transitively
};

// A source of a compilation with its readings, that with `symbols` and no others first.
struct Unit {
  source::FileId file;
  std::size_t compilation = 0;
  syntax::Symbols symbols;
  std::vector<ReadingId> readings;
};

class Branches;

class Compilations {
 public:
  // `branches`: reads each file with all symbols that matter to it; null: as it is.
  Compilations(const Input& input, Disk& disk, Reader& reader, Branches* branches,
               diagnostics::Diagnostics& diagnostics);

  // Everything that was named: project files with all they refer to, files and folders.
  void add_named();
  // Section 6: files that declare what is missing, until nothing is missing that they could give.
  void add_missing();
  // For a name that was not found: where it was looked for, in words.
  std::vector<std::string> looked_in(source::FileId file, const std::string& name);

  const std::vector<Compilation>& all() const { return compilations_; }
  std::vector<Unit>& units() { return units_; }
  std::size_t named_files() const { return named_files_; }
  // What annotations of a file import, in the order of the text.
  const std::vector<source::FileId>& imports(source::FileId file) { return imports_[file]; }
  // Where DriverPower stands, if some port follows it.
  std::optional<source::FileId> built_in() const { return built_in_; }
  sema::Compilations scoping(const std::vector<std::size_t>& compilation_of_file) const;

 private:
  void add_projects(const std::vector<std::string>& paths);
  void add_project(const ProjectFile& project);
  void add_loose(const std::vector<std::string>& paths);
  bool add_unit(const std::string& path, std::size_t compilation, const syntax::Symbols& symbols,
                bool wanted);
  void add_imports();
  void add_import(const Unit& unit, const annotation::Import& import);
  void add_built_in();
  void report(const ProjectFile& project);
  void unreadable(const std::string& path, const std::string& reason);

  struct Missing {
    std::string name;
    std::size_t compilation;
    source::FileId wanted_by;
    auto operator<=>(const Missing&) const = default;
  };
  std::set<Missing> missing() const;
  bool add_candidates(const Missing& missing);
  bool add_all(const std::vector<Candidate>& candidates, std::size_t compilation);
  std::size_t found_compilation(std::size_t for_compilation);
  bool is_named(const std::string& path) const;

  const Input& input_;
  Reader& reader_;
  Branches* branches_;
  diagnostics::Diagnostics& diagnostics_;
  syntax::Symbols defines_;
  ProjectFiles projects_;
  Search search_;
  std::vector<Compilation> compilations_;
  std::map<const ProjectFile*, std::size_t> by_project_;
  std::optional<std::size_t> found_;  // of what was found for projects
  std::vector<Unit> units_;
  std::set<std::pair<source::FileId, std::size_t>> seen_;
  std::size_t named_files_ = 0;
  std::map<source::FileId, std::vector<source::FileId>> imports_;
  std::optional<source::FileId> built_in_;
};

// Simple names that a tree refers to as contracts.
std::set<std::string> referenced_names(const syntax::File& tree);

}  // namespace singspin::project
