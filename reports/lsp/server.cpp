#include "reports/lsp/server.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "frontend/base/write_all.h"

namespace singspin::lsp {

namespace {

Seconds clock_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// A pipe that another thread writes to when it wants the loop to look.
class WakePipe {
 public:
  WakePipe() {
    if (pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) != 0) ends_ = {-1, -1};
  }
  ~WakePipe() {
    for (const int end : ends_) {
      if (end >= 0) close(end);
    }
  }
  WakePipe(const WakePipe&) = delete;
  WakePipe& operator=(const WakePipe&) = delete;
  int reading_end() const { return ends_[0]; }
  void wake() const {
    if (write(ends_[1], "x", 1) < 0) return;  // full: the loop will wake anyway
  }
  void drain() const {
    std::array<char, 64> bytes;
    while (read(ends_[0], bytes.data(), bytes.size()) > 0) {
    }
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

class Loop {
 public:
  Loop(int input, int output, Services services, const volatile std::sig_atomic_t* interrupted)
      : input_(input), output_(output), interrupted_(interrupted), session_(with_wake(std::move(services))) {}

  int run() {
    while (*interrupted_ == 0) {
      if (!read_input()) return session_.exit_code_at_end();
      if (session_.has_work()) session_.work(clock_now());
      else session_.idle(clock_now());
      for (const std::string& body : session_.take_output()) {
        if (base::write_all(output_, framed(body)) != 0) return session_.exit_code_at_end();
      }
      if (session_.exit_code()) return *session_.exit_code();
      if (editor_is_gone()) return session_.exit_code_at_end();
    }
    return 128 + *interrupted_;
  }

 private:
  Services with_wake(Services services) {
    services.wake = [this] { pipe_.wake(); };
    return services;
  }

  // Waits until there is something to do; takes what the editor has sent. False: it is gone.
  bool read_input() {
    std::array<pollfd, 2> fds{pollfd{input_, POLLIN, 0}, pollfd{pipe_.reading_end(), POLLIN, 0}};
    if (poll(fds.data(), fds.size(), timeout()) < 0) return errno == EINTR;
    if (fds[1].revents != 0) pipe_.drain();
    if (fds[0].revents == 0) return true;
    std::array<char, 1 << 16> bytes;
    const ssize_t got = read(input_, bytes.data(), bytes.size());
    if (got < 0) return errno == EINTR || errno == EAGAIN;
    if (got == 0) return drain_session();
    for (const Frame& frame : frames_.feed({bytes.data(), static_cast<std::size_t>(got)}))
      session_.receive(frame, clock_now());
    return true;
  }

  // The last messages before the end of input are still answered, so `exit` counts.
  bool drain_session() {
    while (session_.has_work() && !session_.exit_code()) session_.work(clock_now());
    for (const std::string& body : session_.take_output()) base::write_all(output_, framed(body));
    return session_.exit_code().has_value();
  }

  int timeout() const {
    if (session_.has_work()) return 0;
    constexpr Seconds kLook = 2;  // whether the editor is still there
    const auto deadline = session_.next_deadline();
    const Seconds wait = deadline ? std::clamp(*deadline - clock_now(), 0.0, kLook) : kLook;
    return static_cast<int>(wait * 1000 + (wait > 0 ? 1 : 0));
  }

  // Its process is not our child: only asking for it tells.
  bool editor_is_gone() const {
    const std::int64_t process = session_.editor_process();
    return process > 0 && kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
  }

  int input_, output_;
  const volatile std::sig_atomic_t* interrupted_;
  WakePipe pipe_;
  FrameReader frames_;
  Session session_;
};

}  // namespace

int serve(int input, int output, Services services, const volatile std::sig_atomic_t* interrupted) {
  return Loop(input, output, std::move(services), interrupted).run();
}

}  // namespace singspin::lsp
