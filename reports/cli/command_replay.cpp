// replay: step through a counterexample, forward and back.
#include <fmt/format.h>

#include "frontend/project/load.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/session.h"
#include "reports/cli/trace_files.h"
#include "reports/replay/engine/open.h"

namespace singspin::cli {

namespace {

constexpr int kBadInput = 2;

}  // namespace

int run_replay(const Options& options) {
  const auto path = find_trace(options.replay.name, options);
  if (!path) return complain(path.error().message, kBadInput);
  auto saved = read_saved_run(*path);
  if (!saved) return complain(saved.error().message, kBadInput);
  for (const std::string& sentence : changed_sources(saved->trace, project::root_folder(options.input)))
    complain("warning: " + sentence, 0);
  auto world = replay::open_trace(saved->trace);
  if (!world)
    return complain(fmt::format("error[SS0031]: {}: {} {}", *path, world.error().place, world.error().what),
                    kBadInput);
  replay::Session session(std::move(*world), std::move(saved->trace), std::move(saved->bytes));
  return run_session(session, options);
}

}  // namespace singspin::cli
