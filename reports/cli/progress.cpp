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

std::string progress_text(const verify::ProgressNews& news) {
  std::string text = fmt::format("[{}/{}] {}", news.done, news.total, terminal::sanitize(news.contract.name));
  if (!news.search) return text;
  return text + fmt::format("  {:.1f} M states  {:.0f} k/s  {:.0f} MiB", news.search->states / 1e6,
                            news.search->states_per_second / 1e3, news.search->megabytes);
}

void ProgressLine::set(std::string text) {
  const std::lock_guard lock(mutex_);
  text_ = std::move(text);
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
  const std::string line = fmt::format("{}  {}:{:02}", text_, seconds / 60, seconds % 60);
  write_stderr(fmt::format("{}{}{}", live_ ? "\r\x1b[K" : "", line, live_ ? "" : "\n"));
}

}  // namespace singspin::cli
