// The words that a command line may hold, as plain values, taken from the tree of options itself.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace singspin::cli {

// What may stand where a value is expected.
enum class ValueKind : std::uint8_t { None, Words, File, Folder, Other };

struct OptionWords {
  std::vector<std::string> names;  // `-D`, `--time`; none: an argument without an option
  std::string help;
  ValueKind kind = ValueKind::None;
  std::vector<std::string> values;  // of kind Words
};

struct CommandWords {
  std::vector<std::string> names;  // with its other names
  std::string help;
  std::vector<OptionWords> options;
};

// Of every subcommand of `app`, in order.
std::vector<CommandWords> command_words(CLI::App& app);

}  // namespace singspin::cli
