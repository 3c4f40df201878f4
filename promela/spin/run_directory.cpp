#include "promela/spin/run_directory.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "frontend/base/write_all.h"
#include "promela/spin/descriptor.h"

namespace singspin::spin {
namespace {

tl::unexpected<base::ToolError> problem(const char* action, const std::string& path, int error) {
  return base::tool_error(fmt::format("cannot {} `{}`: {}", action, path, std::strerror(error)));
}

std::string temporary_folder() {
  const char* chosen = std::getenv("TMPDIR");
  return chosen && *chosen == '/' ? chosen : "/tmp";
}

// At most one byte more than `limit`, so that the caller sees whether there is more.
base::Expected<std::string> read_up_to(int descriptor, std::uint64_t limit, const std::string& path) {
  std::string text;
  char buffer[1 << 16];
  while (text.size() <= limit) {
    const auto count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return problem("read", path, errno);
    if (count == 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

base::Expected<RunDirectory> RunDirectory::create() {
  std::string path = temporary_folder() + "/singspin-XXXXXX";
  if (!::mkdtemp(path.data())) return problem("create a folder like", path, errno);
  return RunDirectory(std::move(path));
}

RunDirectory::RunDirectory(RunDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})), kept_(other.kept_) {}

RunDirectory& RunDirectory::operator=(RunDirectory&& other) noexcept {
  if (this == &other) return *this;
  discard();
  path_ = std::exchange(other.path_, {});
  kept_ = other.kept_;
  return *this;
}

RunDirectory::~RunDirectory() { discard(); }

void RunDirectory::discard() noexcept {
  if (path_.empty() || kept_) return;
  std::error_code ignored;  // there is nobody left to tell
  std::filesystem::remove_all(path_, ignored);
}

std::string RunDirectory::path_of(std::string_view name) const {
  return name.empty() ? path_ : fmt::format("{}/{}", path_, name);
}

base::Expected<void> RunDirectory::write(std::string_view name, std::string_view text) {
  const auto path = path_of(name);
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
  Descriptor file(::open(path.c_str(), kFlags, 0600));
  if (!file.valid()) return problem("write", path, errno);
  if (const int error = base::write_all(file.get(), text)) return problem("write", path, error);
  if (!file.close()) return problem("write", path, errno);
  return {};
}

base::Expected<std::string> RunDirectory::read(std::string_view name, std::uint64_t limit_bytes) const {
  const auto path = path_of(name);
  // Not blocking: opening a pipe somebody made in the folder must not hang.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status = {};
  if (!file.valid() || ::fstat(file.get(), &status) != 0) return problem("read", path, errno);
  if (!S_ISREG(status.st_mode)) return problem("read", path, EINVAL);
  auto text = read_up_to(file.get(), limit_bytes, path);
  if (text && text->size() > limit_bytes) return problem("read", path, EFBIG);
  return text;
}

bool RunDirectory::exists(std::string_view name) const {
  struct stat status = {};
  return ::lstat(path_of(name).c_str(), &status) == 0;
}

bool RunDirectory::is_full() const {
  constexpr unsigned long long kRoom = 64 << 10;
  struct statvfs status = {};
  if (::statvfs(path_.c_str(), &status) != 0) return false;
  return static_cast<unsigned long long>(status.f_bavail) * status.f_frsize < kRoom;
}

base::Expected<void> RunDirectory::remove(std::string_view name) {
  std::error_code error;
  std::filesystem::remove_all(path_of(name), error);
  if (error) return problem("remove", path_of(name), error.value());
  return {};
}

base::Expected<void> RunDirectory::make_folder(std::string_view name) {
  const auto path = path_of(name);
  struct stat status = {};
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  const int error = errno;
  if (error == EEXIST && ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
  return problem("create folder", path, error);
}

}  // namespace singspin::spin
