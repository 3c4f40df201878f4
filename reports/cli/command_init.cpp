// init: an example contract, a CI job and an entry in `.gitignore`. What exists is never replaced.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "frontend/base/write_all.h"
#include "frontend/source/loader.h"
#include "frontend/source/rewrite.h"
#include "init_github_yml.h"
#include "init_gitlab_yml.h"
#include "init_kettle_sg.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/repository.h"
#include "reports/formats/terminal/terminal.h"

namespace singspin::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIgnored = "/.singspin/";

class Initializer {
 public:
  explicit Initializer(const Options& options) : folder_(options.init.folder), ci_(options.init.ci) {}

  base::Expected<void> run() {
    const Repository repository = find_repository(folder_.string());
    auto done = make(folder_ / "contracts" / "Kettle.sg", embedded::init_kettle_sg);
    if (done) done = add_jobs(repository);
    if (done && !repository.root.empty()) done = ignore(folder_ / ".gitignore");
    if (done) say("next", fmt::format("singspin verify {}", shown(folder_ / "contracts")));
    return done;
  }

  const std::string& text() const { return text_; }

 private:
  std::string shown(const fs::path& path) const {
    return terminal::sanitize(path.lexically_normal().string());
  }
  void say(std::string_view what, const std::string& about) {
    text_ += fmt::format("{:<8} {}\n", what, about);
  }

  // Fails if the file came into being meanwhile, and does not follow a link that leads nowhere.
  base::Expected<void> make(const fs::path& path, std::string_view content) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error)
      return base::tool_error(
          fmt::format("cannot make {}: {}", path.parent_path().string(), error.message()));
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0 && errno == EEXIST) {
      say("kept", shown(path) + ", which is there already");
      return {};
    }
    const int failed = file < 0 ? errno : base::write_all(file, content);
    if (file >= 0) ::close(file);
    if (failed != 0)
      return base::tool_error(fmt::format("cannot write {}: {}", path.string(), std::strerror(failed)));
    say("wrote", shown(path));
    return {};
  }

  base::Expected<void> add_jobs(const Repository& repository) {
    const bool github = ci_ == "github" || (ci_ == "auto" && repository.github);
    const bool gitlab = ci_ == "gitlab" || (ci_ == "auto" && repository.gitlab);
    const fs::path root = repository.root.empty() ? folder_ : fs::proximate(repository.root);
    if (github) {
      if (auto done = make(root / ".github" / "workflows" / "singspin.yml", embedded::init_github_yml); !done)
        return done;
    }
    if (gitlab) return add_gitlab(root);
    if (!github && ci_ == "auto") say("no CI", "neither GitHub nor GitLab is in sight; --ci chooses one");
    return {};
  }

  // A pipeline that exists is somebody's own; a job beside it is included by one line.
  base::Expected<void> add_gitlab(const fs::path& root) {
    std::error_code error;
    if (!fs::exists(root / ".gitlab-ci.yml", error))
      return make(root / ".gitlab-ci.yml", embedded::init_gitlab_yml);
    const auto done = make(root / ".gitlab" / "singspin.yml", embedded::init_gitlab_yml);
    if (done)
      say("to do", fmt::format("add to {}:  include: .gitlab/singspin.yml", shown(root / ".gitlab-ci.yml")));
    return done;
  }

  base::Expected<void> ignore(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(path, error))) return make(path, fmt::format("{}\n", kIgnored));
    const auto before = source::read_file(path.string());
    if (!before)
      return base::tool_error(fmt::format("cannot read {}: {}", path.string(), before.error().message));
    if (is_listed(*before)) {
      say("kept", shown(path) + ", which has the entry already");
      return {};
    }
    const std::string gap = before->empty() || before->ends_with('\n') ? "" : "\n";
    const auto done =
        source::rewrite_file(path.string(), *before, fmt::format("{}{}{}\n", *before, gap, kIgnored));
    if (done) say("wrote", fmt::format("{}: added {}", shown(path), kIgnored));
    return done;
  }

  static bool is_listed(std::string_view text) {
    while (!text.empty()) {
      std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.starts_with('/')) line.remove_prefix(1);
      if (line == ".singspin/" || line == ".singspin") return true;
    }
    return false;
  }

  fs::path folder_;
  std::string ci_;
  std::string text_;
};

}  // namespace

int run_init(const Options& options) {
  Initializer initializer(options);
  const auto done = initializer.run();
  const auto written = write_stdout(initializer.text());  // what was written before something failed, too
  if (!done) return complain(fmt::format("error[SS0904]: {}", done.error().message), 4);
  return written ? 0 : complain(fmt::format("error[SS0904]: {}", written.error().message), 4);
}

}  // namespace singspin::cli
