// The only place that reads source files and lists folders.
#pragma once

#include <string>
#include <vector>

#include "frontend/base/expected.h"
#include "frontend/source/source_map.h"

namespace singspin::source {

// A file or folder that could not be read, with the system's reason.
struct LoadProblem {
  std::string path;
  std::string reason;
};

struct FileList {
  std::vector<std::string> paths;  // sorted, without duplicates
  std::vector<LoadProblem> problems;
};

// What is listed of a folder: contracts, or also files in which annotations of drivers may stand.
enum class SourceKinds : std::uint8_t { Contracts, WithAnnotations };

// Whether a file of that name is listed.
bool is_source_name(const std::string& name, SourceKinds kinds);

// Expands files and folders (recursively, `*.sg` and `*.cs` in folders; hidden folders and symbolic
// links to folders are skipped). A path that does not exist or cannot be listed is a problem.
FileList list_sources(const std::vector<std::string>& paths, SourceKinds kinds = SourceKinds::Contracts);

// All bytes of one file; at most 1 GiB, since offsets are 32 bits wide.
base::Expected<std::string> read_file(const std::string& path);

// `path` relative to `root` with forward slashes; unchanged if it is outside of the root.
std::string shown_path(const std::string& path, const std::string& root);

}  // namespace singspin::source
