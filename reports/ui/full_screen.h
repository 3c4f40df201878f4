// Copies the Canvas of a screen to the terminal and feeds it keys. Knows no contracts and no commands.
#pragma once

#include <csignal>
#include <functional>
#include <optional>

#include "reports/replay/screen/screen.h"

namespace singspin::ui {

// Whether this program was built with ncurses.
bool has_full_screen();

struct FullScreen {
  replay::Session& session;
  replay::LineOptions options;
  const volatile std::sig_atomic_t* stop;  // not 0: end
  // Fulfils the wishes of an answer; what goes wrong becomes its text.
  std::function<void(replay::Answer&)> fulfil;
};

// Until the user quits or `stop`; the terminal is as before then. False: this terminal cannot be used.
bool run(const FullScreen& what);

}  // namespace singspin::ui
