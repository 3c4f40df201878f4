// Project files in MSBuild's XML: which sources a build would compile, with which symbols, against
// which other projects. Reads this file and the files it imports; runs nothing and fetches nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/project/disk.h"
#include "frontend/syntax/preprocessor.h"

namespace singspin::project {

inline constexpr std::size_t kMaxProjectBytes = 16u << 20;
inline constexpr std::size_t kMaxImports = 64;

// A place in the decoded text of a project file.
struct ProjectPlace {
  std::string path;  // of the file: the project, or what it imports
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct ProjectProblem {
  diagnostics::Code code;
  std::optional<ProjectPlace> place;  // absent: about the file as a whole
  std::string message;
  std::string label;
  std::vector<std::string> notes;
};

struct ListedFile {
  std::string path;  // exists
  ProjectPlace place;
};

struct ProjectFile {
  std::string path;
  std::vector<ListedFile> sources;     // in the order of the project, each once
  std::vector<ListedFile> references;  // other project files
  syntax::Symbols symbols;             // of DefineConstants
  std::vector<ProjectProblem> problems;
};

bool is_project_path(std::string_view path);

// Never fails: what is wrong is in `problems`, what was understood is in the other members.
ProjectFile read_project(const std::string& path, Disk& disk);

}  // namespace singspin::project
