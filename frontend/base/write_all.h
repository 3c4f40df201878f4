// All bytes to a file descriptor, though the system may take them in parts or be interrupted.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace singspin::base {

// 0 or the error number.
inline int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace singspin::base
