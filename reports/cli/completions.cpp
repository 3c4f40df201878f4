#include "reports/cli/completions.h"

#include <fmt/format.h>

#include "reports/cli/commands.h"
#include "reports/cli/files.h"

namespace singspin::cli {

namespace {

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  return fmt::format("{}", fmt::join(words, between));
}

// For a word in single quotes.
std::string quoted(std::string_view text, std::string_view quote_inside) {
  std::string out = "'";
  for (const char c : text) c == '\'' ? void(out += quote_inside) : out.push_back(c);
  return out + "'";
}
std::string shell_quoted(std::string_view text) { return quoted(text, "'\\''"); }

std::vector<std::string> option_names(const CommandWords& command) {
  std::vector<std::string> names;
  for (const OptionWords& option : command.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

// What stands without an option: the last one that is known, if any.
OptionWords argument_of(const CommandWords& command) {
  for (const OptionWords& option : command.options) {
    if (option.names.empty()) return option;
  }
  return {};
}

// ---- bash

std::string bash_values(const OptionWords& option) {
  switch (option.kind) {
    case ValueKind::Words: return fmt::format("_singspin_words {}", shell_quoted(joined(option.values)));
    case ValueKind::File: return "_singspin_paths -f";
    case ValueKind::Folder: return "_singspin_paths -d";
    case ValueKind::None:
    case ValueKind::Other: return "return";
  }
  return "";
}

std::string bash_command(const CommandWords& command) {
  std::string out = fmt::format("        {})\n            case $before in\n", joined(command.names, "|"));
  for (const OptionWords& option : command.options) {
    if (option.names.empty() || option.kind == ValueKind::None) continue;
    out += fmt::format("                {}) {}; return ;;\n", joined(option.names, "|"), bash_values(option));
  }
  return out + fmt::format(
                   "            esac\n"
                   "            if [[ $word == -* ]]; then _singspin_words {}\n"
                   "            else {}; fi ;;\n",
                   shell_quoted(joined(option_names(command))), bash_values(argument_of(command)));
}

constexpr std::string_view kBashHead =
    R"(# Completion of singspin for bash: source <(singspin completions bash)
_singspin_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }
_singspin_paths() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$1" -- "$word")
}
_singspin() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
)";

// ---- zsh

// A description inside of brackets.
std::string zsh_help(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_values(const OptionWords& option) {
  switch (option.kind) {
    case ValueKind::Words: return fmt::format(":value:({})", joined(option.values));
    case ValueKind::File: return ":file:_files";
    case ValueKind::Folder: return ":folder:_files -/";
    case ValueKind::Other: return ":value: ";
    case ValueKind::None: return "";
  }
  return "";
}

std::string zsh_command(const CommandWords& command) {
  std::string out = fmt::format("        ({})\n            _arguments -s", joined(command.names, "|"));
  for (const OptionWords& option : command.options) {
    for (const std::string& name : option.names) {
      const std::string spec = fmt::format("*{}[{}]{}", name, zsh_help(option.help), zsh_values(option));
      out += " \\\n                " + shell_quoted(spec);
    }
  }
  if (const OptionWords argument = argument_of(command); argument.kind != ValueKind::None)
    out += " \\\n                " + shell_quoted("*" + zsh_values(argument));
  return out + " ;;\n";
}

// ---- fish

std::string fish_quoted(std::string_view text) { return quoted(text, "\\'"); }

std::string fish_values(const OptionWords& option) {
  switch (option.kind) {
    case ValueKind::Words: return " -x -a " + fish_quoted(joined(option.values));
    case ValueKind::File: return " -r -F";
    case ValueKind::Folder: return " -x -a '(__fish_complete_directories)'";
    case ValueKind::Other: return " -x";
    case ValueKind::None: return "";
  }
  return "";
}

std::string fish_option(const std::string& where, const OptionWords& option) {
  std::string out = where;
  for (const std::string& name : option.names)
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return out + fish_values(option) + " -d " + fish_quoted(option.help) + "\n";
}

}  // namespace

std::string bash_completions(const std::vector<CommandWords>& commands) {
  std::vector<std::string> names;
  for (const CommandWords& c : commands) names.insert(names.end(), c.names.begin(), c.names.end());
  std::string out(kBashHead);
  out += fmt::format("        _singspin_words {}\n        return\n    fi\n    case ${{COMP_WORDS[1]}} in\n",
                     shell_quoted(joined(names) + " help --help --version"));
  for (const CommandWords& command : commands) out += bash_command(command);
  return out +
         fmt::format("        help) _singspin_words {} ;;\n    esac\n}}\ncomplete -F _singspin singspin\n",
                     shell_quoted(joined(names)));
}

std::string zsh_completions(const std::vector<CommandWords>& commands) {
  std::string out =
      "#compdef singspin\n"
      "# Completion of singspin for zsh: a file `_singspin` in a folder of $fpath\n"
      "_singspin() {\n    local -a commands\n    commands=(\n";
  for (const CommandWords& c : commands) {
    for (const std::string& name : c.names)
      out += fmt::format("        {}\n", shell_quoted(name + ":" + zsh_help(c.help)));
  }
  out +=
      "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
      "    local chosen=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $chosen in\n";
  for (const CommandWords& command : commands) out += zsh_command(command);
  return out +
         "        (help) _describe command commands ;;\n    esac\n}\n"
         "if [[ $funcstack[1] == _singspin ]]; then _singspin \"$@\"; else compdef _singspin singspin; fi\n";
}

std::string fish_completions(const std::vector<CommandWords>& commands) {
  std::string out = "# Completion of singspin for fish: singspin completions fish | source\n";
  for (const CommandWords& c : commands) {
    out += fmt::format("complete -c singspin -f -n __fish_use_subcommand -a {} -d {}\n",
                       fish_quoted(joined(c.names)), fish_quoted(c.help));
  }
  for (const CommandWords& c : commands) {
    const std::string where =
        fmt::format("complete -c singspin -n '__fish_seen_subcommand_from {}'", joined(c.names));
    const OptionWords argument = argument_of(c);
    if (argument.kind == ValueKind::Words)
      out += fmt::format("{} -f -a {}\n", where, fish_quoted(joined(argument.values)));
    else if (argument.kind != ValueKind::File) out += where + " -f\n";
    for (const OptionWords& option : c.options) {
      if (!option.names.empty()) out += fish_option(where, option);
    }
  }
  return out;
}

int run_completions(const Options& options) {
  const std::string text = options.shell == "bash"  ? bash_completions(options.commands)
                           : options.shell == "zsh" ? zsh_completions(options.commands)
                                                    : fish_completions(options.commands);
  const auto written = write_stdout(text);
  return written ? 0 : complain(fmt::format("error[SS0904]: {}", written.error().message), 4);
}

}  // namespace singspin::cli
