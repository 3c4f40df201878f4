#include "reports/cli/interrupt.h"

#include <unistd.h>

namespace singspin::cli {

namespace {

volatile std::sig_atomic_t g_signal = 0;

void on_signal(int signal) {
  if (g_signal != 0) _exit(128 + signal);
  g_signal = signal;
}

}  // namespace

void install_interrupt_handlers() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A reader that goes away shows as EPIPE, which write_stdout takes as the end of interest.
  signal(SIGPIPE, SIG_IGN);
}

const volatile std::sig_atomic_t* interrupted() { return &g_signal; }

}  // namespace singspin::cli
