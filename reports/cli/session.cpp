#include "reports/cli/session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/terminal_info.h"

namespace singspin::cli {

namespace {

constexpr int kBadInput = 2, kToolFailure = 4;
constexpr std::size_t kLongestLine = 1 << 20;

// Lines of standard input, whatever the chunks they come in.
class Lines {
 public:
  std::optional<std::string> next() {
    for (;;) {
      const std::size_t end = buffer_.find('\n', begin_);
      if (end != buffer_.npos) {
        std::string line = buffer_.substr(begin_, end - begin_);
        begin_ = end + 1;
        return line;
      }
      if (!fill()) break;
    }
    if (begin_ >= buffer_.size()) return std::nullopt;
    std::string line = buffer_.substr(begin_);
    buffer_.clear();
    begin_ = 0;
    return line;
  }

 private:
  bool fill() {
    if (at_end_ || buffer_.size() - begin_ > kLongestLine) return false;
    buffer_.erase(0, begin_);
    begin_ = 0;
    char chunk[4096];
    ssize_t got = 0;
    do got = read(STDIN_FILENO, chunk, sizeof chunk);
    while (got < 0 && errno == EINTR);
    if (got <= 0) at_end_ = true;
    else buffer_.append(chunk, static_cast<std::size_t>(got));
    return !at_end_;
  }

  std::string buffer_;
  std::size_t begin_ = 0;
  bool at_end_ = false;
};

std::string text_of(const replay::Answer& answer) {
  std::string text;
  for (const std::string& line : answer.text) text += terminal::sanitize(line) + "\n";
  return text;
}

// Fulfils what an answer wishes; a failure becomes part of the answer.
void fulfil(replay::Answer& answer) {
  if (!answer.write) return;
  const auto written = write_output(answer.write->path, answer.write->text);
  if (written) return;
  answer.ok = false;
  answer.text = {written.error().message};
}

class LineFace {
 public:
  LineFace(replay::Session& session, const Options& options)
      : session_(session),
        options_(options.replay),
        lines_{use_unicode(options.display.unicode, read_environment(STDOUT_FILENO))} {}

  int run() {
    if (options_.porcelain && !print(replay::porcelain_head(session_) + "\n")) return exit_code_;
    Lines lines;
    while (const auto line = lines.next()) {
      replay::Answer answer = replay::command(session_, *line, lines_);
      if (answer.command.empty()) continue;
      fulfil(answer);
      if (!show(answer) || answer.quit) break;
    }
    return exit_code_;
  }

 private:
  // Whether to go on.
  bool show(const replay::Answer& answer) {
    if (options_.porcelain) {
      if (!print(replay::porcelain(session_, answer) + "\n")) return false;
    } else if (answer.ok && !print(text_of(answer))) {
      return false;
    }
    if (answer.ok) return true;
    exit_code_ = kBadInput;
    if (!options_.porcelain) write_stderr("error: " + text_of(answer));
    return options_.keep_going;
  }

  bool print(const std::string& text) {
    const auto written = write_stdout(text);
    if (!written) exit_code_ = complain(written.error().message, kToolFailure);
    return written.has_value();
  }

  replay::Session& session_;
  const ReplayOptions& options_;
  replay::LineOptions lines_;
  int exit_code_ = 0;
};

}  // namespace

int run_session(replay::Session& session, const Options& options) { return LineFace(session, options).run(); }

}  // namespace singspin::cli
