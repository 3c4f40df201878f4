// SIGINT and SIGTERM only set a flag; a second one ends the program at once.
#pragma once

#include <csignal>

namespace singspin::cli {

void install_interrupt_handlers();
// 0, SIGINT or SIGTERM.
const volatile std::sig_atomic_t* interrupted();

}  // namespace singspin::cli
