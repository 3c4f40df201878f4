// What emit and graph share: the names and paths on the command line, and errors in contracts.
#pragma once

#include "reports/cli/options.h"

namespace singspin::cli {

// Of the words on the command line those that exist are paths, the others names of contracts.
project::Input split_words(const project::Input& input);
// Every error on standard error, as `check` shows it. False: there is none.
bool report_errors(const project::Loaded& loaded, const Options& options);

}  // namespace singspin::cli
