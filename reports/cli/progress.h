// What a long run shows meanwhile: one line on standard error, at most four times a second, erased
// before anything else is printed; `plain` prints a line a minute.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "promela/verify/verify.h"

namespace singspin::cli {

// `[12/24] SpoolerContract  1.2 M states  310 k/s  412 MiB`
std::string progress_text(const verify::ProgressNews& news);

class ProgressLine {
 public:
  // `mode`: auto, plain or never; auto draws only on a terminal.
  ProgressLine(const std::string& mode, bool is_terminal);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void set(const verify::ProgressNews& news) { set(progress_text(news)); }
  void set(std::string text);

 private:
  void run();
  void draw() const;

  bool live_;
  bool plain_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  bool drawn_ = false;
  std::string text_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace singspin::cli
