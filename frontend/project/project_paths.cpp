#include "frontend/project/project_paths.h"

#include <algorithm>
#include <filesystem>

#include "frontend/project/wildcard.h"

namespace singspin::project {

namespace fs = std::filesystem;

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string with_slashes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (escape) {
      const int code = hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]);
      if (code != 0) out += static_cast<char>(code);
      i += 2;
    } else {
      out += text[i] == '\\' ? '/' : text[i];
    }
  }
  return out;
}

// Where to look whether a pattern can match anything: the folder in front of its first wildcard.
std::string fixed_part(const std::string& path) {
  const std::size_t wildcard = path.find_first_of("*?");
  if (wildcard == std::string::npos) return path;
  const std::size_t slash = path.rfind('/', wildcard);
  return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

std::string join(const std::string& folder, const std::string& path) {
  return (fs::path(folder) / path).lexically_normal().generic_string();
}

// A pattern keeps its text; a plain path becomes what the disk calls it.
bool look(std::string& path, Disk& disk) {
  const std::string fixed = fixed_part(path);
  const std::optional<std::string> found = disk.find(fixed);
  if (found) path.replace(0, fixed.size(), *found);
  return found.has_value();
}

void drop_macros(std::string& text) {
  for (std::size_t at; (at = text.find("$(")) != std::string::npos;) {
    const std::size_t end = text.find(')', at);
    text.erase(at, end == std::string::npos ? std::string::npos : end + 1 - at);
  }
}

}  // namespace

PathAnswer resolve_path(const Expansion& written, const std::string& folder, Disk& disk) {
  PathAnswer answer;
  answer.undefined = written.undefined;
  std::string text = written.text;
  const bool macro_first = text.starts_with("$(") && text.find(')') != std::string::npos;
  if (macro_first) text.erase(0, text.find(')') + 1);
  drop_macros(text);
  text = with_slashes(text);
  if (macro_first) text.erase(0, text.find_first_not_of('/'));
  for (fs::path base = folder;; base = base.parent_path()) {
    answer.path = join(base.string(), text);
    answer.found = look(answer.path, disk);
    if (answer.found || !macro_first || base == base.parent_path()) break;
  }
  if (!answer.found) answer.path = join(folder, text);
  return answer;
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view part = text.substr(0, end);
    const std::size_t first = part.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos)
      parts.push_back(part.substr(first, part.find_last_not_of(" \t\r\n") + 1 - first));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace singspin::project
