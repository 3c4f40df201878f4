#include "reports/cli/terminal_info.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace singspin::cli {

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

namespace {

// The first that is set and not empty decides, as in setlocale.
std::string locale_name() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (std::string value = environment_value(name); !value.empty()) return value;
  }
  return {};
}

bool is_on(const std::string& value) { return !value.empty() && value != "0"; }

}  // namespace

Environment read_environment(int stream) {
  Environment e;
  e.is_terminal = isatty(stream) == 1;
  winsize size{};
  if (e.is_terminal && ioctl(stream, TIOCGWINSZ, &size) == 0) e.columns = size.ws_col;
  e.term = environment_value("TERM");
  e.no_color = environment_value("NO_COLOR");
  e.force_color = environment_value("FORCE_COLOR");
  e.clicolor_force = environment_value("CLICOLOR_FORCE");
  e.locale = locale_name();
  e.vte_version = environment_value("VTE_VERSION");
  e.term_program = environment_value("TERM_PROGRAM");
  e.source_date_epoch = environment_value("SOURCE_DATE_EPOCH");
  return e;
}

bool use_color(Switch choice, const Environment& e) {
  if (choice != Switch::Auto) return choice == Switch::Always;
  if (!e.no_color.empty()) return false;
  if (is_on(e.force_color) || is_on(e.clicolor_force)) return true;
  if (e.term.empty() || e.term == "dumb") return false;
  return e.is_terminal;
}

bool use_unicode(std::optional<bool> choice, const Environment& e) {
  if (choice) return *choice;
  std::string name = e.locale;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name.find("utf-8") != std::string::npos || name.find("utf8") != std::string::npos;
}

namespace {

// Terminals known to understand OSC 8.
bool use_hyperlinks(Switch choice, const Environment& e) {
  if (choice != Switch::Auto) return choice == Switch::Always;
  const bool known = !e.vte_version.empty() || e.term_program == "iTerm.app" || e.term_program == "WezTerm" ||
                     e.term_program == "vscode" || e.term.starts_with("xterm-kitty");
  return e.is_terminal && known;
}

}  // namespace

terminal::Options terminal_options(const DisplayOptions& display, const Environment& e) {
  constexpr unsigned kDefaultWidth = 100, kMaxWidth = 200;
  terminal::Options options;
  options.width = display.width != 0 ? display.width
                  : e.columns != 0   ? std::min(e.columns, kMaxWidth)
                                     : kDefaultWidth;
  options.unicode = use_unicode(display.unicode, e);
  options.color = use_color(display.color, e);
  options.hyperlinks = use_hyperlinks(display.hyperlinks, e);
  options.verbosity = display.verbosity;
  options.story = display.story;
  options.deterministic = display.deterministic || !e.source_date_epoch.empty();
  options.max_errors = display.max_errors;
  return options;
}

}  // namespace singspin::cli
