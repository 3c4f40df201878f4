#include "reports/cli/files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "frontend/base/write_all.h"
#include "frontend/source/rewrite.h"

namespace singspin::cli {

namespace fs = std::filesystem;

base::Expected<void> write_stdout(std::string_view text) {
  const int error = base::write_all(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return {};
  return base::tool_error(fmt::format("cannot write standard output: {}", std::strerror(error)));
}

void write_stderr(std::string_view text) { base::write_all(STDERR_FILENO, text); }

base::Expected<void> write_output(const std::string& path, std::string_view text) {
  return path == "-" ? write_stdout(text) : source::write_file(path, text);
}

std::string trace_file_name(std::string id, std::size_t row) {
  for (char& c : id) c = c == '/' || c == '>' || c == '<' || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
  constexpr std::size_t kLongest = 200;
  if (id.starts_with('.')) id.front() = '_';
  return id.size() > kLongest ? fmt::format("{}-{}", id.substr(0, kLongest), row) : id;
}

base::Expected<void> make_state_folder(const std::string& folder) {
  std::error_code error;
  const fs::path parent = fs::path(folder).parent_path();
  const bool fresh = !fs::exists(parent, error);
  fs::create_directories(folder, error);
  if (error) return base::tool_error(fmt::format("cannot make {}: {}", folder, error.message()));
  if (fresh) return write_output((parent / ".gitignore").string(), "*\n");
  return {};
}

}  // namespace singspin::cli
