// The user's editor, started without a shell.
#pragma once

#include <cstdint>
#include <string>

#include "frontend/base/expected.h"

namespace singspin::ui {

// `$VISUAL`, else `$EDITOR`, at a line; waits for its end. `+LINE` is what vi, nano and emacs understand.
base::Expected<void> edit(const std::string& path, std::uint32_t line);

}  // namespace singspin::ui
