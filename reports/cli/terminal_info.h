// What the environment says about streams: colour, width, glyphs. The rules are those of section 2
// of the output specification.
#pragma once

#include <string>

#include "reports/cli/options.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::cli {

// Facts about the process, so that the rules can be tested with any combination.
struct Environment {
  bool is_terminal = false;  // of the stream in question
  unsigned columns = 0;      // 0: unknown
  std::string term, no_color, force_color, clicolor_force, locale, vte_version, term_program,
      source_date_epoch;
};
Environment read_environment(int stream);
// Empty if it is not set.
std::string environment_value(const char* name);

bool use_color(Switch choice, const Environment& environment);
bool use_unicode(std::optional<bool> choice, const Environment& environment);
terminal::Options terminal_options(const DisplayOptions& display, const Environment& environment);

}  // namespace singspin::cli
