#include "reports/cli/subject.h"

#include <fmt/format.h>

#include <filesystem>

#include "reports/cli/commands.h"
#include "reports/cli/words.h"

namespace singspin::cli {

namespace {

bool is_path(const std::string& word) {
  std::error_code error;
  return word.find('/') != std::string::npos || std::filesystem::exists(word, error);
}

}  // namespace

project::Input input_of(const Options& options, const std::string& word,
                        const std::vector<std::string>& paths) {
  project::Input input = options.input;
  input.paths = paths;
  if (is_path(word)) input.paths.insert(input.paths.begin(), word);
  else input.contracts = {word};
  return input;
}

std::optional<Subject> find_subject(const project::Loaded& loaded, const std::string& word,
                                    const Options& options, bool systems) {
  std::vector<Subject> found;
  std::string names;
  const auto add = [&](Subject subject, const std::string& name) {
    found.push_back(subject);
    names += (names.empty() ? "" : ", ") + name;
  };
  const bool by_name = !is_path(word);
  for (const ir::System& system : loaded.systems) {
    if (systems && (!by_name || system.name == word)) add({nullptr, &system}, system.name);
  }
  // A file with a system is about that system; its contracts are found by name.
  const bool system_alone = !by_name && found.size() == 1;
  for (const std::size_t row : loaded.selected) {
    const sema::Analyzed& contract = loaded.analysis.contracts[row];
    if (!contract.contract || contract.missing_input || system_alone) continue;
    add({&loaded.analysis.program.contracts[*contract.contract], nullptr}, contract.qualified_name);
  }
  if (found.size() == 1) return found.front();
  if (!found.empty()) {
    complain(fmt::format("name one contract; found: {}", names), 2);
  } else if (!report_errors(loaded, options)) {
    complain(fmt::format("nothing with a machine is called {}; `singspin check` tells why", word), 2);
  }
  return std::nullopt;
}

}  // namespace singspin::cli
