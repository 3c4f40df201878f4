// verify --watch: verifies, waits until something that was read changes, and verifies again.
#include <fmt/format.h>

#include "frontend/source/loader.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/interrupt.h"
#include "reports/cli/project_file.h"
#include "reports/cli/watcher.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::cli {

namespace {

// What a run may read: what was named, and where missing contracts are looked for.
void watch_inputs(Watcher& watcher, const Options& options) {
  const project::Input& input = options.input;
  for (const std::string& path : input.paths) watcher.add(path);
  if (input.paths.empty()) watcher.add(".");
  for (const std::string& folder : input.include_folders) watcher.add(folder);
  if (!options.config.empty()) watcher.add_file(options.config);
}

// The project file may have changed, too.
int run_once(Options options, Watcher& watcher) {
  auto broken = add_project_file(options);
  // Before anything is read, so that no change is missed.
  watch_inputs(watcher, options);
  if (broken) return report_project_file(options, std::move(*broken));
  std::vector<std::string> read;
  const int code = verify_once(options, &read);
  for (const std::string& path : read) watcher.add_file(path);
  return code;
}

// On standard error: the results of the runs stay what they would be without.
void announce(const std::set<std::string>& changed, const std::string& root) {
  constexpr std::size_t kMost = 3;
  std::string names;
  std::size_t shown = 0;
  for (const std::string& path : changed) {
    if (shown++ == kMost) break;
    names += (names.empty() ? "" : ", ") + terminal::sanitize(source::shown_path(path, root));
  }
  if (changed.size() > kMost) names += fmt::format(" and {} more", changed.size() - kMost);
  write_stderr(fmt::format("\n======== changed: {} ========\n\n", names));
}

}  // namespace

int run_watch(const Options& options) {
  auto watcher = Watcher::open();
  if (!watcher) return complain(watcher.error().message, 4);
  install_interrupt_handlers();
  for (;;) {
    const int code = run_once(options, *watcher);
    if (*interrupted() != 0) return 128 + *interrupted();
    if (!watcher->problem().empty()) complain("warning: " + watcher->problem(), 0);
    write_stderr(fmt::format("watching {} folder{}; Ctrl-C ends\n", watcher->folders(),
                             watcher->folders() == 1 ? "" : "s"));
    const std::set<std::string> changed = watcher->wait(interrupted());
    if (*interrupted() != 0) return 128 + *interrupted();
    if (changed.empty()) return code;  // nobody reads what we say
    announce(changed, project::root_folder(options.input));
  }
}

}  // namespace singspin::cli
