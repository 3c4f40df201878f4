#include "promela/spin/spawn.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace singspin::spin {
namespace {

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

// Moves a descriptor out of the way of 0, 1 and 2, which the child's file actions replace one by one.
bool move_above_standard(Descriptor& descriptor) {
  if (descriptor.get() > STDERR_FILENO) return true;
  descriptor = Descriptor(::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  return descriptor.valid();
}

base::Expected<Pipe> open_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return base::tool_error(fmt::format("no pipe: {}", std::strerror(errno)));
  Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
  if (!move_above_standard(pipe.read_end) || !move_above_standard(pipe.write_end) ||
      ::fcntl(pipe.read_end.get(), F_SETFL, O_NONBLOCK) != 0)
    return base::tool_error(fmt::format("no pipe: {}", std::strerror(errno)));
  return pipe;
}

// The inherited environment with the command's variables in place of the inherited ones.
std::vector<std::string> environment_of(const Command& command) {
  const auto replaced = [&](std::string_view entry) {
    const auto name = entry.substr(0, entry.find('='));
    return std::ranges::any_of(command.environment, [&](const auto& pair) { return pair.first == name; });
  };
  std::vector<std::string> entries;
  for (char** entry = environ; entry && *entry; ++entry)
    if (!replaced(*entry)) entries.emplace_back(*entry);
  for (const auto& [name, value] : command.environment) entries.push_back(name + "=" + value);
  return entries;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

class FileActions {
 public:
  FileActions() { ::posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  void prepare(const Command& command, int out, int err) {
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    if (!command.working_directory.empty())
      ::posix_spawn_file_actions_addchdir_np(&actions_, command.working_directory.c_str());
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

class Attributes {
 public:
  Attributes() {
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    // A launcher may have ignored or blocked some of these; pan needs SIGINT for its soft stop.
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGALRM, SIGCHLD})
      ::sigaddset(&signals, signal);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

// posix_spawn has one error number for a missing folder and a missing program: say which it is.
std::string start_problem(const Command& command, int error) {
  struct stat status = {};
  const auto& folder = command.working_directory;
  if (!folder.empty() && (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)))
    return fmt::format("cannot run `{}`: no folder `{}`", command.argv[0], folder);
  return fmt::format("cannot run `{}`: {}", command.argv[0], std::strerror(error));
}

// posix_spawn cannot set limits; this one takes effect while the child is still being loaded.
void limit_address_space(pid_t pid, std::uint64_t bytes) {
  if (bytes == 0) return;
  const rlimit limit{bytes, bytes};
  ::prlimit(pid, RLIMIT_AS, &limit, nullptr);
}

base::Expected<pid_t> start(const Command& command, int out, int err) {
  FileActions actions;
  actions.prepare(command, out, err);
  const Attributes attributes;
  auto arguments = command.argv;
  auto environment = environment_of(command);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, arguments[0].c_str(), actions.get(), attributes.get(),
                                   pointers(arguments).data(), pointers(environment).data());
  if (error != 0) return base::tool_error(start_problem(command, error));
  return pid;
}

}  // namespace

base::Expected<Spawned> spawn(const Command& command) {
  if (command.argv.empty() || command.argv[0].empty()) return base::tool_error("no program to run");
  auto out = open_pipe();
  if (!out) return tl::unexpected(out.error());
  auto err = open_pipe();
  if (!err) return tl::unexpected(err.error());
  const auto pid = start(command, out->write_end.get(), err->write_end.get());
  if (!pid) return tl::unexpected(pid.error());
  limit_address_space(*pid, command.address_space_bytes);
  Descriptor life(static_cast<int>(::syscall(SYS_pidfd_open, *pid, 0)));
  return Spawned{*pid, std::move(out->read_end), std::move(err->read_end), std::move(life)};
}

}  // namespace singspin::spin
