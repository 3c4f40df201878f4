// `check --fix`: applies the fixes of diagnostics to the files that the user named.
#pragma once

#include <string>
#include <vector>

#include "frontend/project/load.h"
#include "reports/report/report.h"

namespace singspin::cli {

// A file with its bytes before and after; nothing is written yet.
struct ChangedFile {
  std::string path;   // as the system knows it
  std::string shown;  // as people see it
  std::string before, after;
};

struct Fixed {
  std::vector<ChangedFile> files;  // by path
  std::vector<report::AppliedFix> applied;
  project::Loaded loaded;             // as the files are after the changes
  std::vector<std::string> problems;  // files that could not be changed, in words
};

// Applies fixes in rounds until there are none left, at most kMostRounds. `all`: also fixes that choose
// a meaning, where a diagnostic has just one.
Fixed fix_sources(const project::Input& input, bool all);

// Writes the changed files; complains about those that cannot be written and returns false then.
bool write_fixes(const Fixed& fixed);

// Prints the changes as a unified diff. `exit_code` is that of what would remain; a change counts as 1.
int print_diff(const Fixed& fixed, int exit_code);

}  // namespace singspin::cli
