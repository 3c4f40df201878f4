// `--changed-since REV`: which contracts read today as they did in a revision.
// Promises: a contract counts as unchanged only if its text, the files around it and everything it
// depends on give no reason to think otherwise; whatever is doubtful counts as changed.
#pragma once

#include "frontend/project/load.h"
#include "reports/cli/git.h"

namespace singspin::cli {

// Takes unchanged contracts out of `loaded.selected`, and the diagnostics inside of them with them.
// `settings`: the project file, empty if there is none. Gives how many were taken out.
base::Expected<std::size_t, GitProblem> drop_unchanged(project::Loaded& loaded, const std::string& folder,
                                                       const std::string& settings,
                                                       const std::string& revision);

}  // namespace singspin::cli
