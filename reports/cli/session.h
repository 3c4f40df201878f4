// A session with its face: lines from standard input, or a prompt.
#pragma once

#include "reports/cli/options.h"
#include "reports/replay/lines/command.h"

namespace singspin::cli {

// Until the end of input or `quit`; the exit code.
int run_session(replay::Session& session, const Options& options);

}  // namespace singspin::cli
