#include "promela/spin/process.h"

#include <fmt/core.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

#include "frontend/base/overloaded.h"
#include "promela/spin/spawn.h"

namespace singspin::spin {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kChunk = 1 << 16;
constexpr auto kInterruptLatency = std::chrono::milliseconds(50);
constexpr auto kBlindLatency = std::chrono::milliseconds(1);  // without pidfd_open

Clock::duration seconds(double count) {
  const auto clamped = std::chrono::duration<double>(std::clamp(count, 0.0, 1e9));
  return std::chrono::duration_cast<Clock::duration>(clamped);
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

enum class Reading { Bytes, Nothing, Closed };

Reading read_chunk(Descriptor& source, std::string& text) {
  if (!source.valid()) return Reading::Closed;
  char buffer[kChunk];
  const auto count = ::read(source.get(), buffer, sizeof buffer);
  if (count > 0) {
    text.append(buffer, static_cast<std::size_t>(count));
    return Reading::Bytes;
  }
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return Reading::Nothing;
  source.reset();
  return Reading::Closed;
}

// One running child, from spawn to the last byte of its output.
class Child {
 public:
  Child(const Command& command, std::size_t index, Spawned spawned)
      : command_(&command),
        index_(index),
        spawned_(std::move(spawned)),
        deadline_(start_ + seconds(command.timeout_seconds)) {}

  std::size_t index() const { return index_; }
  Clock::time_point deadline() const { return deadline_; }
  bool blind() const { return !spawned_.life.valid(); }
  bool finished() const { return finished_; }
  ProcessResult take_result() { return std::move(result_); }

  void add_events(std::vector<pollfd>& events) const {
    for (const auto* descriptor : {&spawned_.out, &spawned_.err, &spawned_.life})
      if (descriptor->valid()) events.push_back({descriptor->get(), POLLIN, 0});
  }

  // Takes in what has happened since the last call.
  void step(bool interrupted) {
    if (has_ended()) return finish();
    const bool more = read_chunk(spawned_.out, result_.out) == Reading::Bytes;
    if (more && command_->on_output) command_->on_output(result_.out);
    read_chunk(spawned_.err, result_.err);
    if (flooded()) return stop(OutputFlood{}, false);
    if (interrupted) stop(spin::Interrupted{}, command_->soft_stop);
    if (Clock::now() < deadline_) return;
    if (reason_) return kill_group(SIGKILL);
    stop(TimedOut{}, command_->soft_stop);
  }

 private:
  bool flooded() const { return result_.out.size() + result_.err.size() > command_->output_limit_bytes; }

  void kill_group(int signal) {
    if (signal == SIGKILL) deadline_ = Clock::time_point::max();
    ::kill(-spawned_.pid, signal);
  }

  // The first reason is the one that is reported. After a flood nothing more is kept.
  void stop(Ending reason, bool softly) {
    if (std::holds_alternative<OutputFlood>(reason)) {
      spawned_.out.reset();
      spawned_.err.reset();
    } else if (reason_) {
      return;
    }
    if (!reason_) reason_ = std::move(reason);
    kill_group(softly ? SIGINT : SIGKILL);
    if (softly) deadline_ = Clock::now() + seconds(kSoftStopSeconds);
  }

  // Looks without reaping: until then the id, and with it the group's, belongs to nobody else.
  bool has_ended() const {
    siginfo_t info = {};
    const int options = WEXITED | WNOHANG | WNOWAIT;
    if (::waitid(P_PID, static_cast<id_t>(spawned_.pid), &info, options) != 0) return errno != EINTR;
    return info.si_pid == spawned_.pid;
  }

  // Grandchildren may hold the pipes open for ever, so they end first and end of file is not awaited.
  void finish() {
    kill_group(SIGKILL);
    int status = 0;
    rusage usage = {};
    pid_t reaped = -1;
    do reaped = ::wait4(spawned_.pid, &status, 0, &usage);
    while (reaped < 0 && errno == EINTR);
    drain(spawned_.out, result_.out);
    drain(spawned_.err, result_.err);
    if (flooded() && !reason_) reason_ = OutputFlood{};
    truncate();
    result_.ending = reason_ ? *reason_ : own_ending(reaped, status);
    result_.seconds = seconds_since(start_);
    result_.peak_memory_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    finished_ = true;
  }

  void drain(Descriptor& source, std::string& text) {
    while (!flooded() && read_chunk(source, text) == Reading::Bytes) continue;
  }

  void truncate() {
    const auto limit = command_->output_limit_bytes;
    result_.out.resize(std::min<std::uint64_t>(result_.out.size(), limit));
    result_.err.resize(std::min<std::uint64_t>(result_.err.size(), limit - result_.out.size()));
  }

  static Ending own_ending(pid_t reaped, int status) {
    if (reaped < 0) return NotStarted{"its exit status is lost: somebody else waits for our children"};
    if (WIFSIGNALED(status)) return Signaled{WTERMSIG(status)};
    return Exited{WEXITSTATUS(status)};
  }

  const Command* command_;
  std::size_t index_;
  Spawned spawned_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point deadline_;  // of what comes next: the stop, or the kill after a soft stop
  std::optional<Ending> reason_;
  ProcessResult result_;
  bool finished_ = false;
};

// The poll loop over all running children.
class Runner {
 public:
  Runner(const std::vector<Command>& commands, unsigned jobs, const volatile std::sig_atomic_t* interrupted)
      : commands_(commands),
        jobs_(std::max(jobs, 1u)),
        interrupted_(interrupted),
        results_(commands.size()) {}

  std::vector<ProcessResult> run() {
    while (start_more(), !children_.empty()) {
      wait_for_events();
      for (auto& child : children_) child.step(interrupted());
      collect();
    }
    return std::move(results_);
  }

 private:
  bool interrupted() const { return interrupted_ && *interrupted_ != 0; }

  void start_more() {
    for (; children_.size() < jobs_ && next_ < commands_.size(); ++next_) {
      if (interrupted()) {
        results_[next_].ending = spin::Interrupted{};
        continue;
      }
      auto spawned = spawn(commands_[next_]);
      if (spawned) children_.emplace_back(commands_[next_], next_, std::move(*spawned));
      else results_[next_].ending = NotStarted{spawned.error().message};
    }
  }

  // The flag may be set between our look at it and the poll, which then sleeps on: hence the short naps.
  Clock::duration patience() const {
    auto until = Clock::time_point::max();
    bool blind = false;
    for (const auto& child : children_) {
      until = std::min(until, child.deadline());
      blind = blind || child.blind();
    }
    Clock::duration result = until - Clock::now();
    if (interrupted_) result = std::min<Clock::duration>(result, kInterruptLatency);
    if (blind) result = std::min<Clock::duration>(result, kBlindLatency);
    return std::clamp<Clock::duration>(result, Clock::duration::zero(), std::chrono::hours(1));
  }

  void wait_for_events() const {
    std::vector<pollfd> events;
    for (const auto& child : children_) child.add_events(events);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(patience());
    ::poll(events.data(), events.size(), static_cast<int>(wait.count()));
  }

  void collect() {
    for (auto& child : children_)
      if (child.finished()) results_[child.index()] = child.take_result();
    std::erase_if(children_, [](const Child& child) { return child.finished(); });
  }

  const std::vector<Command>& commands_;
  unsigned jobs_;
  const volatile std::sig_atomic_t* interrupted_;
  std::vector<ProcessResult> results_;
  std::vector<Child> children_;
  std::size_t next_ = 0;
};

}  // namespace

std::vector<ProcessResult> run_processes(const std::vector<Command>& commands, unsigned jobs,
                                         const volatile std::sig_atomic_t* interrupted) {
  return Runner(commands, jobs, interrupted).run();
}

ProcessResult run_process(const Command& command, const volatile std::sig_atomic_t* interrupted) {
  return std::move(run_processes({command}, 1, interrupted).front());
}

std::string ending_text(const Ending& ending) {
  return std::visit(
      base::Overloaded{
          [](const Exited& exited) { return fmt::format("exit status {}", exited.status); },
          [](const Signaled& s) { return fmt::format("signal {} ({})", s.signal, ::strsignal(s.signal)); },
          [](const TimedOut&) { return std::string("time limit"); },
          [](const spin::Interrupted&) { return std::string("interrupted"); },
          [](const OutputFlood&) { return std::string("too much output"); },
          [](const NotStarted& problem) { return problem.reason; }},
      ending);
}

bool succeeded(const ProcessResult& result) {
  const auto* exited = std::get_if<Exited>(&result.ending);
  return exited && exited->status == 0;
}

}  // namespace singspin::spin
