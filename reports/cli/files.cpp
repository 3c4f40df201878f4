#include "reports/cli/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace singspin::cli {

namespace fs = std::filesystem;

namespace {

// 0 or the error number.
int write_all(int stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(stream, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

tl::unexpected<base::ToolError> not_writable(const std::string& path, int error) {
  return base::tool_error(fmt::format("cannot write {}: {}", path, std::strerror(error)));
}

bool is_special(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status);
}

}  // namespace

base::Expected<void> write_stdout(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error != 0 && error != EPIPE) return not_writable("standard output", error);
  return {};
}

void write_stderr(std::string_view text) { write_all(STDERR_FILENO, text); }

base::Expected<void> write_output(const std::string& path, std::string_view text) {
  if (path == "-") return write_stdout(text);
  const bool direct = is_special(path);  // a device or pipe cannot be replaced by a rename
  const std::string name = direct ? path : fmt::format("{}.{}.tmp", path, ::getpid());
  const int file = ::open(name.c_str(), O_WRONLY | O_CLOEXEC | (direct ? 0 : O_CREAT | O_EXCL), 0666);
  if (file < 0) return not_writable(path, errno);
  int error = write_all(file, text);
  if (::close(file) != 0 && error == 0) error = errno;
  if (!direct && error == 0 && std::rename(name.c_str(), path.c_str()) != 0) error = errno;
  if (!direct && error != 0) ::unlink(name.c_str());
  if (error != 0) return not_writable(path, error);
  return {};
}

base::Expected<void> make_state_folder(const std::string& folder) {
  std::error_code error;
  const fs::path parent = fs::path(folder).parent_path();
  const bool fresh = !fs::exists(parent, error);
  fs::create_directories(folder, error);
  if (error) return base::tool_error(fmt::format("cannot make {}: {}", folder, error.message()));
  if (fresh) return write_output((parent / ".gitignore").string(), "*\n");
  return {};
}

}  // namespace singspin::cli
