#include "reports/cli/session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "frontend/project/load.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/interrupt.h"
#include "reports/cli/terminal_info.h"
#include "reports/ui/editor.h"
#include "reports/ui/full_screen.h"

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

// Fulfils what an answer wishes; a failure becomes part of the answer. An editor needs a terminal.
void fulfil(replay::Answer& answer, const Options& options, bool terminal) {
  base::Expected<void> done;
  if (answer.write) done = write_output(answer.write->path, answer.write->text);
  if (answer.edit && terminal)
    done = ui::edit(project::root_folder(options.input) + "/" + answer.edit->path, answer.edit->line);
  if (done) return;
  answer.ok = false;
  answer.text = {done.error().message};
}

// `auto`: where there is a terminal that can move its cursor.
bool wants_screen(const Options& options) {
  if (options.replay.porcelain || options.replay.ui == "line") return false;
  if (options.replay.ui == "screen") return true;
  const std::string term = read_environment(STDOUT_FILENO).term;
  return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !term.empty() && term != "dumb" &&
         ui::has_full_screen();
}

int run_full_screen(replay::Session& session, const Options& options) {
  constexpr int kSignalBase = 128;
  if (!ui::has_full_screen())
    return complain("this build has no full screen: ncurses was missing; use --ui line", kBadInput);
  install_interrupt_handlers();
  const bool unicode = use_unicode(options.display.unicode, read_environment(STDOUT_FILENO));
  const bool shown = ui::run(
      {session, {unicode}, interrupted(), [&](replay::Answer& answer) { fulfil(answer, options, true); }});
  if (!shown) return complain("this terminal has no full screen; use --ui line", kBadInput);
  return *interrupted() == 0 ? 0 : kSignalBase + *interrupted();
}

class LineFace {
 public:
  LineFace(replay::Session& session, const Options& options)
      : session_(session),
        all_(options),
        options_(options.replay),
        lines_{use_unicode(options.display.unicode, read_environment(STDOUT_FILENO))} {}

  int run() {
    if (options_.porcelain && !print(replay::porcelain_head(session_) + "\n")) return exit_code_;
    Lines lines;
    const bool prompts = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !options_.porcelain;
    for (;;) {
      if (prompts && !print(fmt::format("({}/{}) ", session_.cursor(), session_.size()))) break;
      const auto line = lines.next();
      if (!line) break;
      replay::Answer answer = replay::command(session_, *line, lines_);
      if (answer.command.empty()) continue;
      fulfil(answer, all_, isatty(STDIN_FILENO) == 1);
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
    return options_.keep_going || isatty(STDIN_FILENO) == 1;
  }

  bool print(const std::string& text) {
    const auto written = write_stdout(text);
    if (!written) exit_code_ = complain(written.error().message, kToolFailure);
    return written.has_value();
  }

  replay::Session& session_;
  const Options& all_;
  const ReplayOptions& options_;
  replay::LineOptions lines_;
  int exit_code_ = 0;
};

}  // namespace

int run_session(replay::Session& session, const Options& options) {
  return wants_screen(options) ? run_full_screen(session, options) : LineFace(session, options).run();
}

}  // namespace singspin::cli
