// `*`, `?` and `**` in paths of project files. Letter case is ignored, as on the disks these projects
// come from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/project/disk.h"

namespace singspin::project {

bool has_wildcard(std::string_view path);
// Does the whole `path` match? `**` stands for any number of folders. Takes time in the product of
// the lengths, whatever the pattern.
bool matches_wildcard(std::string_view pattern, std::string_view path);

// Folders and files that a walk may look at before it gives up.
inline constexpr std::size_t kMaxWalk = 200'000;

struct Walk {
  std::vector<std::string> files;  // sorted
  bool complete = true;            // false: kMaxWalk was reached
};
// The files that match an absolute pattern. Hidden folders and links to folders are left out.
Walk expand_wildcard(const std::string& pattern, Disk& disk);

}  // namespace singspin::project
