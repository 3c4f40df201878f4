// Child processes: argv without a shell, one deadline each, everything they printed.
// Promises: never throws, never blocks past deadline and grace period, starts no thread, installs no
// signal handler and leaves no member of a child's process group behind. Standard input is /dev/null.
// Does not know what the programs are or what their exit statuses mean.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace singspin::spin {

struct Command {
  std::vector<std::string> argv = {};  // argv[0] is looked up in PATH unless it contains a slash
  std::string working_directory = {};  // empty: our own; a relative argv[0] is resolved inside of it
  std::vector<std::pair<std::string, std::string>> environment = {};  // added to the inherited one
  double timeout_seconds = 60;
  std::uint64_t output_limit_bytes = 256ull << 20;  // of both streams together
  std::uint64_t address_space_bytes = 0;            // 0: no limit
  // At the deadline or an interrupt send SIGINT first (pan then prints its statistics) and kill the
  // group only if the child is still there after kSoftStopSeconds.
  bool soft_stop = false;
  // Told of all that the child has printed on standard output so far, whenever there is more.
  std::function<void(std::string_view)> on_output = {};
};

inline constexpr double kSoftStopSeconds = 2;

struct Exited {
  int status = 0;
};
struct Signaled {
  int signal = 0;
};
struct TimedOut {};
struct Interrupted {};
struct OutputFlood {};
struct NotStarted {
  std::string reason;
};
using Ending = std::variant<Exited, Signaled, TimedOut, Interrupted, OutputFlood, NotStarted>;

struct ProcessResult {
  Ending ending;
  std::string out;
  std::string err;
  double seconds = 0;
  // An upper bound: the kernel hands our own peak on to a child.
  std::uint64_t peak_memory_bytes = 0;
};

// Runs one command to its end. `*interrupted != 0` stops it like the deadline does.
ProcessResult run_process(const Command&, const volatile std::sig_atomic_t* interrupted = nullptr);

// Runs all commands, at most `jobs` (at least one) at a time, and returns their results in the order of
// the commands. After an interrupt the ones not yet started end as Interrupted.
std::vector<ProcessResult> run_processes(const std::vector<Command>&, unsigned jobs,
                                         const volatile std::sig_atomic_t* interrupted = nullptr);

// "exit status 1", "signal 9 (Killed)", "time limit" ... for messages.
std::string ending_text(const Ending&);

// Exit status 0 and nothing else.
bool succeeded(const ProcessResult&);

}  // namespace singspin::spin
