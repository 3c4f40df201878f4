// Where traces are, and what has become of the sources they were made from.
#pragma once

#include <string>
#include <vector>

#include "frontend/base/expected.h"
#include "reports/cli/options.h"
#include "reports/report/saved_trace.h"

namespace singspin::cli {

// The file that the words mean: a path, the id of a counterexample of the last run, its contract or system,
// or, for no words, the first one of the last run. What is missing is named.
base::Expected<std::string> find_trace(const std::string& words, const Options& options);

struct SavedRun {
  std::string path;
  std::string bytes;
  report::SavedTrace trace;
};
// Reads and decodes it; an error is a whole message with its code.
base::Expected<SavedRun> read_saved_run(const std::string& path);

// A sentence for each source that is gone or no longer the same.
std::vector<std::string> changed_sources(const report::SavedTrace& trace, const std::string& root);

}  // namespace singspin::cli
