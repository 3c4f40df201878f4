// What conform and monitor are about: one contract, or one system of drivers, by name or by the file it is
// in.
#pragma once

#include <optional>

#include "reports/cli/options.h"

namespace singspin::cli {

struct Subject {
  const ir::Contract* contract = nullptr;  // exactly one of the two
  const ir::System* system = nullptr;
};

// `word`: a name, or a path. None: what is wrong has been printed.
std::optional<Subject> find_subject(const project::Loaded& loaded, const std::string& word,
                                    const Options& options, bool systems);

// The input in which `word` is looked for; `paths` are what else stood on the command line.
project::Input input_of(const Options& options, const std::string& word,
                        const std::vector<std::string>& paths);

}  // namespace singspin::cli
