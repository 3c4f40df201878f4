// The loop around a session: waits for the editor, for verifications and for the clock.
#pragma once

#include <csignal>

#include "reports/lsp/session.h"

namespace singspin::lsp {

// Serves one editor until it says `exit`, goes away or a signal comes (`*interrupted`); returns the
// exit code: 0 after `shutdown`, else 1. `services.wake` is set here.
int serve(int input, int output, Services services, const volatile std::sig_atomic_t* interrupted);

}  // namespace singspin::lsp
