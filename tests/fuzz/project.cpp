// A project file, and behind lines that begin with `////` the files it may import or refer to.
#include <algorithm>
#include <set>

#include "frontend/project/csproj.h"
#include "frontend/project/wildcard.h"
#include "tests/fuzz/front_end.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/memory_disk.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

// No folder of the system begins like that.
constexpr const char* kProject = "/fuzz.tree/app/app.csproj";
constexpr const char* kOthers[] = {"/fuzz.tree/app/more.props", "/fuzz.tree/app/Sub/sub.csproj",
                                   "/fuzz.tree/lib/lib.csproj", "/fuzz.tree/common.props"};
constexpr const char* kSources[] = {"/fuzz.tree/app/a.cs",     "/fuzz.tree/app/Sub/b.sg",
                                    "/fuzz.tree/app/Sub/c.cs", "/fuzz.tree/app/bin/d.cs",
                                    "/fuzz.tree/lib/e.cs",     "/fuzz.tree/lib/.hidden/f.cs"};

void fill(MemoryDisk& disk, std::string_view bytes) {
  const std::vector<std::string_view> texts = split_files(bytes);
  for (const char* path : kSources) disk.add(path, "contract C { }\n");
  disk.add(kProject, texts.front());
  for (std::size_t i = 1; i < texts.size() && i <= std::size(kOthers); ++i)
    disk.add(kOthers[i - 1], texts[i]);
}

void check_listed(const MemoryDisk& disk, const std::vector<project::ListedFile>& listed) {
  for (const project::ListedFile& file : listed) REQUIRE(disk.is_file(file.path), "what is listed is there");
}

// Each file once.
void check_sources(const std::vector<project::ListedFile>& sources) {
  std::set<std::string> paths;
  for (const project::ListedFile& file : sources)
    REQUIRE(paths.insert(project::Disk::canonical(file.path)).second, "a source is listed once");
}

void check_symbols(const syntax::Symbols& symbols) {
  for (const std::string& symbol : symbols) {
    REQUIRE(!symbol.empty() && symbol.find_first_of(";, \t\r\n=$()") == std::string::npos,
            "a symbol is a word");
  }
}

// Problems as diagnostics, as a run shows them.
void check_problems(MemoryDisk& disk, const project::ProjectFile& project) {
  source::SourceMap sources;
  std::map<std::string, source::FileId> ids;
  for (const auto& [path, text] : disk.files()) ids[path] = sources.add(path, *text);
  diagnostics::Diagnostics placed;
  for (const project::ProjectProblem& problem : project.problems) {
    if (!problem.place) {
      REQUIRE(disk.files().at(kProject)->find('\0') != std::string::npos,
              "only what is no text has no place");
      continue;
    }
    REQUIRE(ids.contains(problem.place->path), "a place is in a file that was read");
    const source::Span span{ids[problem.place->path], problem.place->begin, problem.place->end};
    placed.add(problem.code, span, problem.message, problem.label).notes = problem.notes;
  }
  check_diagnostics(sources, placed);
}

// `*` and `?` match themselves too, so every text matches itself, in whatever letters.
void check_wildcard(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, std::min<std::size_t>(bytes.find('\n'), 500));
  std::string upper(line);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  REQUIRE(project::matches_wildcard(line, line), "a pattern matches its own text");
  REQUIRE(project::matches_wildcard(line, upper), "patterns ignore letter case");
}

}  // namespace

void run_project(std::string_view bytes) {
  MemoryDisk disk;
  fill(disk, bytes);
  const project::ProjectFile project = project::read_project(kProject, disk);
  check_listed(disk, project.sources);
  check_listed(disk, project.references);
  check_sources(project.sources);
  check_symbols(project.symbols);
  check_problems(disk, project);
  check_wildcard(bytes);
}

}  // namespace singspin::fuzz
