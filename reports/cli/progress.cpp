#include "reports/cli/progress.h"

#include <fmt/format.h>

#include "reports/cli/files.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::cli {

namespace {

constexpr auto kBeforeFirst = std::chrono::seconds(1);
constexpr auto kLivePause = std::chrono::milliseconds(250);
constexpr auto kPlainPause = std::chrono::minutes(1);

}  // namespace

ProgressLine::ProgressLine(const std::string& mode, bool is_terminal)
    : live_(mode == "auto" && is_terminal), plain_(mode == "plain") {
  if (live_ || plain_) thread_ = std::thread([this] { run(); });
}

ProgressLine::~ProgressLine() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (drawn_ && live_) write_stderr("\r\x1b[K");
}

void ProgressLine::set(std::size_t done, std::size_t total, const std::string& name) {
  const std::lock_guard lock(mutex_);
  done_ = done;
  total_ = total;
  name_ = terminal::sanitize(name);
}

// The engines block the main thread, so the line is drawn from another one.
void ProgressLine::run() {
  std::unique_lock lock(mutex_);
  auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(live_ ? kBeforeFirst : kPlainPause);
  while (!ended_.wait_for(lock, pause, [this] { return end_; })) {
    draw();
    drawn_ = true;
    if (live_) pause = kLivePause;
  }
}

// No percentage and no remaining time: a state space has neither.
void ProgressLine::draw() const {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_).count();
  const std::string line =
      fmt::format("[{}/{}] {}  {}:{:02}", done_, total_, name_, seconds / 60, seconds % 60);
  write_stderr(fmt::format("{}{}{}", live_ ? "\r\x1b[K" : "", line, live_ ? "" : "\n"));
}

}  // namespace singspin::cli
