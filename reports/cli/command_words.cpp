#include "reports/cli/command_words.h"

#include <CLI/CLI.hpp>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/property.h"

namespace singspin::cli {

namespace {

// CLI11 tells the members of a set only when it refuses something: `x not in {a,b}`.
std::vector<std::string> allowed_words(CLI::Option& option) {
  std::vector<std::string> words;
  std::string nonsense = "\x01";
  std::string refusal;
  try {
    refusal = (*option.get_validator(0))(nonsense);
  } catch (const CLI::Error&) {  // any value is allowed, or the refusal is no list
    return words;
  }
  const std::size_t open = refusal.find(" not in {");
  if (open == std::string::npos || !refusal.ends_with('}')) return words;
  std::string_view rest = std::string_view(refusal).substr(open + 9);
  rest.remove_suffix(1);
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(','));
    words.emplace_back(word);
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return words;
}

std::vector<std::string> rule_words() {
  std::vector<std::string> words;
  for (const diagnostics::CodeInfo& code : diagnostics::all_codes()) {
    words.push_back(diagnostics::code_text(code.code));
    words.emplace_back(code.rule);
  }
  return words;
}

std::vector<std::string> property_words() {
  std::vector<std::string> words = {"default", "all"};
  for (const ir::Property p : ir::kProperties) words.emplace_back(ir::id(p));
  return words;
}

OptionWords option_words(CLI::Option& option) {
  OptionWords words;
  for (const std::string& name : option.get_snames()) words.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) words.names.push_back("--" + name);
  words.help = option.get_description();
  // `--fix` and `--fix=all`: a word of its own behind it is not its value.
  const bool is_flag = option.get_expected_min() == 0 && !words.names.empty();
  if (is_flag) return words;
  const std::string type = option.get_type_name();
  const bool path = type == "FILE" || option.get_name() == "PATH";
  words.values = option.get_name() == "CODE" ? rule_words()
                 : type == "NAME,..."        ? property_words()
                                             : allowed_words(option);
  words.kind = !words.values.empty() ? ValueKind::Words
               : path                ? ValueKind::File
               : type == "DIR"       ? ValueKind::Folder
                                     : ValueKind::Other;
  return words;
}

}  // namespace

std::vector<CommandWords> command_words(CLI::App& app) {
  std::vector<CommandWords> commands;
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    CommandWords words;
    words.names = command->get_aliases();
    words.names.insert(words.names.begin(), command->get_name());
    words.help = command->get_description();
    for (CLI::Option* option : command->get_options()) words.options.push_back(option_words(*option));
    commands.push_back(std::move(words));
  }
  return commands;
}

}  // namespace singspin::cli
