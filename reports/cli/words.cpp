#include "reports/cli/words.h"

#include <unistd.h>

#include <filesystem>

#include "reports/cli/files.h"
#include "reports/cli/terminal_info.h"

namespace singspin::cli {

project::Input split_words(const project::Input& input) {
  project::Input result = input;
  result.paths.clear();
  for (const std::string& word : input.paths) {
    std::error_code error;
    const bool is_path = std::filesystem::exists(word, error) || word.find('/') != std::string::npos;
    (is_path ? result.paths : result.contracts).push_back(word);
  }
  return result;
}

bool report_errors(const project::Loaded& loaded, const Options& options) {
  const terminal::Options display = terminal_options(options.display, read_environment(STDERR_FILENO));
  for (const diagnostics::Diagnostic& d : loaded.diagnostics.list()) {
    if (d.severity == diagnostics::Severity::Error)
      write_stderr(terminal::render_diagnostic(d, loaded.sources, display) + "\n");
  }
  return loaded.diagnostics.has_errors();
}

}  // namespace singspin::cli
