// Completion of command lines for shells, as scripts that the shells read. Pure.
#pragma once

#include "reports/cli/command_words.h"

namespace singspin::cli {

std::string bash_completions(const std::vector<CommandWords>& commands);
std::string zsh_completions(const std::vector<CommandWords>& commands);
std::string fish_completions(const std::vector<CommandWords>& commands);

}  // namespace singspin::cli
