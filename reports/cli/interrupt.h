// SIGINT and SIGTERM set a flag, so that engines are stopped and reports written; another SIGINT after
// a moment ends the program at once.
#pragma once

#include <csignal>

namespace singspin::cli {

// Closed pipes and file size limits show as errors of write, not as signals.
void ignore_output_signals();
void install_interrupt_handlers();
// 0, SIGINT or SIGTERM.
const volatile std::sig_atomic_t* interrupted();

}  // namespace singspin::cli
