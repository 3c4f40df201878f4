// Paths as project files write them: backslashes, `%20`, macros that may be undefined, letter case
// that may differ from the disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/project/disk.h"
#include "frontend/project/properties.h"

namespace singspin::project {

struct PathAnswer {
  std::string path;                    // absolute, normal; as it would be if nothing is there
  bool found = false;                  // it exists, or for a pattern: its fixed part does
  std::vector<std::string> undefined;  // macros without a value
};

// One path (no `;`). An undefined macro at the front stands for the nearest of the project's folder
// and its ancestors that makes the path exist; elsewhere it is empty.
PathAnswer resolve_path(const Expansion& written, const std::string& folder, Disk& disk);

// `a;b;c`, without blanks around the parts and without empty parts.
std::vector<std::string_view> split_list(std::string_view text);

}  // namespace singspin::project
