// Joins the project file with the command line, which is stronger.
#pragma once

#include <optional>

#include "reports/cli/options.h"

namespace singspin::cli {

// Finds and reads the project file, unless the command takes none or --no-config is given, and adds what
// it says to the options. If the file has errors, they and its text come back, and nothing is added.
std::optional<project::Loaded> add_project_file(Options& options);

}  // namespace singspin::cli
