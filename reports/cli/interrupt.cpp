#include "reports/cli/interrupt.h"

#include <unistd.h>

#include <ctime>

namespace singspin::cli {

namespace {

volatile std::sig_atomic_t g_signal = 0;
volatile std::time_t g_when = 0;

// Tools that stop a program often signal its group as well: that is one wish, not two.
void on_signal(int signal) {
  const std::time_t now = std::time(nullptr);
  constexpr std::time_t kPatience = 1;
  if (g_signal != 0 && signal == SIGINT && now - g_when > kPatience) _exit(128 + signal);
  if (g_signal != 0) return;
  g_signal = signal;
  g_when = now;
}

}  // namespace

void ignore_output_signals() {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

void install_interrupt_handlers() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

const volatile std::sig_atomic_t* interrupted() { return &g_signal; }

}  // namespace singspin::cli
