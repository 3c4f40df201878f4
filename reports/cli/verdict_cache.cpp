#include "reports/cli/verdict_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include "frontend/base/write_all.h"
#include "frontend/source/source_map.h"
#include "promela/spin/descriptor.h"
#include "reports/cli/files.h"

namespace singspin::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "singspin-cache 2\n";
constexpr std::size_t kKeySize = 64;       // SHA-256 in hexadecimal
constexpr std::size_t kLargest = 1 << 20;  // of a file; no contract of a person comes near
// After a cleaning there is room for a while.
constexpr std::size_t kLeftAfterCleaning = VerdictCache::kMostFiles * 3 / 4;
constexpr auto kAbandoned = std::chrono::hours(1);  // whoever writes a file is done long before

// A whole regular file of reasonable size, else nothing. Whatever the name leads to, this does not hang.
std::optional<std::string> read_small_file(const std::string& path) {
  spin::Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status = {};
  if (!file.valid() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  if (static_cast<std::uint64_t>(status.st_size) > kLargest) return std::nullopt;
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t count = ::read(file.get(), text.data() + have, text.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    have += static_cast<std::size_t>(count);
  }
  return text;
}

// 0 or the error number. Whatever stands under `path`, a pipe too, is replaced and not written to.
int replace_file(const std::string& path, std::string_view text) {
  // A process that was killed may have left a file with the number that is ours now.
  constexpr int kMostTries = 100;
  std::string name;
  spin::Descriptor file;
  for (int i = 0; i < kMostTries && !file.valid(); ++i) {
    name = fmt::format("{}.{}.{}.tmp", path, ::getpid(), i);
    file.reset(::open(name.c_str(), O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, 0600));
    if (!file.valid() && errno != EEXIST) return errno;
  }
  if (!file.valid()) return EEXIST;
  int error = base::write_all(file.get(), text);
  if (!file.close() && error == 0) error = errno;
  if (error == 0 && std::rename(name.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(name.c_str());
  return error;
}

bool is_key(std::string_view name) {
  return name.size() == kKeySize && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// What a killed process left: KEY.PID.N.tmp.
bool is_temporary(std::string_view name) {
  return name.size() > kKeySize && is_key(name.substr(0, kKeySize)) && name.ends_with(".tmp");
}

}  // namespace

base::Expected<VerdictCache> VerdictCache::open(const std::string& state_folder, const spin::Tools& tools) {
  // A link may have come with a checkout, and nothing is written where nobody said.
  for (const std::string& folder : {state_folder, state_folder + "/cache"}) {
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(folder, error)))
      return base::tool_error(fmt::format("{} is a link", folder));
  }
  const std::vector<std::string> versions = spin::tool_versions(tools);
  if (versions.front().empty()) return base::tool_error("SPIN does not tell its version");
  return VerdictCache(state_folder + "/cache", versions.front(),
                      fmt::format("{}", fmt::join(versions, "\n")));
}

verify::Memory VerdictCache::memory() {
  return {tools_, spin_version_, [this](const std::string& key) { return load(key); },
          [this](const std::string& key, const std::string& record) { keep(key, record); }};
}

// A sum over key and record: a file that is damaged, or has another one's name, is none. It keeps nobody from
// writing what he likes; that is up to who uses the record.
std::optional<std::string> VerdictCache::load(const std::string& key) const {
  const auto text = read_small_file(path_of(key));
  if (!text || !text->starts_with(kFirstLine)) return std::nullopt;
  const std::string_view rest = std::string_view(*text).substr(kFirstLine.size());
  if (rest.size() <= kKeySize || rest[kKeySize] != '\n') return std::nullopt;
  std::string record(rest.substr(kKeySize + 1));
  if (rest.substr(0, kKeySize) != source::sha256_hex(key + record)) return std::nullopt;
  return record;
}

void VerdictCache::keep(const std::string& key, const std::string& record) {
  if (!problem_.empty() || record.size() > kLargest / 2) return;
  if (!wrote_) {
    if (const auto made = make_state_folder(folder_); !made) {
      problem_ = made.error().message;
      return;
    }
  }
  wrote_ = true;
  const std::string text = fmt::format("{}{}\n{}", kFirstLine, source::sha256_hex(key + record), record);
  if (const int error = replace_file(path_of(key), text); error != 0)
    problem_ = fmt::format("cannot write {}: {}", path_of(key), std::strerror(error));
}

std::string VerdictCache::close() {
  if (wrote_) remove_oldest();
  return problem_;
}

// Other processes may do the same at the same time: what is gone is gone.
void VerdictCache::remove_oldest() const {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    if (is_key(name)) {
      names.push_back(std::move(name));
    } else if (std::error_code unknown; is_temporary(name)) {
      const auto written = fs::last_write_time(it->path(), unknown);
      if (!unknown && fs::file_time_type::clock::now() - written > kAbandoned)
        fs::remove(it->path(), unknown);
    }
  }
  if (names.size() <= kMostFiles) return;
  std::vector<std::pair<fs::file_time_type, std::string>> by_age;
  for (std::string& name : names) {
    std::error_code unknown;
    by_age.emplace_back(fs::last_write_time(path_of(name), unknown), std::move(name));
  }
  std::sort(by_age.begin(), by_age.end());
  for (std::size_t i = 0; i + kLeftAfterCleaning < by_age.size(); ++i) {
    std::error_code gone;
    fs::remove(path_of(by_age[i].second), gone);
  }
}

}  // namespace singspin::cli
