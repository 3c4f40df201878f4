#include "reports/cli/trace_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "frontend/source/loader.h"
#include "reports/cli/files.h"
#include "reports/formats/json/read_trace.h"

namespace singspin::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kEnding = ".trace.json";

fs::path folder_of(const Options& options) {
  return fs::path(options.verify.state_dir.empty() ? ".singspin" : options.verify.state_dir) / "last";
}

// The names of the traces of the last run, in its order, as far as they are there.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  const auto text = source::read_file((folder / kTraceIndex).string());
  std::istringstream lines(text ? *text : "");
  std::error_code error;
  for (std::string line; std::getline(lines, line);) {
    const bool plain = line.ends_with(kEnding) && line.find('/') == line.npos;
    if (plain && fs::is_regular_file(folder / line, error))
      names.push_back(line.substr(0, line.size() - std::string_view(kEnding).size()));
  }
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kMost ? fmt::format("{} and {} more", text, names.size() - kMost) : text;
}

}  // namespace

base::Expected<std::string> find_trace(const std::string& words, const Options& options) {
  std::error_code error;
  if (words.ends_with(".json") || words.find('/') != words.npos) return words;
  const fs::path folder = folder_of(options);
  const std::vector<std::string> names = names_in(folder);
  if (words.empty()) {
    if (!names.empty()) return (folder / (names.front() + kEnding)).string();
    return base::tool_error(
        fmt::format("there is no {}: `singspin verify` writes it with the traces of what it finds",
                    (folder / kTraceIndex).string()));
  }
  const fs::path exact = folder / (trace_file_name(words, 0) + kEnding);
  if (fs::is_regular_file(exact, error)) return exact.string();
  const auto of_subject = std::ranges::find_if(
      names, [&](const std::string& name) { return name.starts_with(trace_file_name(words, 0) + "."); });
  if (of_subject != names.end()) return (folder / (*of_subject + kEnding)).string();
  return base::tool_error(
      fmt::format("there is no trace {}{}", exact.string(),
                  names.empty() ? "; `singspin verify` makes traces" : "; there are " + listed(names)));
}

base::Expected<SavedRun> read_saved_run(const std::string& path) {
  std::error_code error;
  const auto failed = [&](const std::string& reason) {
    return base::tool_error(fmt::format("error[SS0001]: cannot read {}: {}", path, reason));
  };
  const bool regular = fs::is_regular_file(path, error);
  if (error) return failed(error.message());
  if (!regular) return failed("it is not a file");
  if (fs::file_size(path, error) > json::kLargestTrace)
    return base::tool_error(fmt::format("error[SS0031]: {}: is larger than 256 MiB", path));
  auto bytes = source::read_file(path);
  if (!bytes) return failed(bytes.error().message);
  auto trace = json::read_trace(*bytes);
  if (trace) return SavedRun{path, std::move(*bytes), std::move(*trace)};
  const report::Damage& damage = trace.error();
  return base::tool_error(fmt::format("error[SS0031]: {}: {}{}{}", path, damage.place,
                                      damage.place.empty() ? "" : " ", damage.what));
}

std::vector<std::string> changed_sources(const report::SavedTrace& trace, const std::string& root) {
  std::vector<std::string> sentences;
  std::error_code error;
  for (const report::SavedSource& saved : trace.sources) {
    if (report::is_built_in(saved)) continue;
    const fs::path path = fs::path(root) / saved.path;
    const auto text =
        fs::is_regular_file(path, error) ? source::read_file(path.string()) : base::tool_error("gone");
    if (!text) sentences.push_back(fmt::format("{} is gone; the text in the trace is shown", saved.path));
    else if (source::sha256_hex(*text) != saved.sha256)
      sentences.push_back(
          fmt::format("{} has changed since the trace was made; the text in the trace is shown", saved.path));
  }
  return sentences;
}

}  // namespace singspin::cli
