#include "reports/ui/editor.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <vector>

extern char** environ;

namespace singspin::ui {

base::Expected<void> edit(const std::string& path, std::uint32_t line) {
  const char* visual = std::getenv("VISUAL");
  const char* editor = visual != nullptr && *visual != '\0' ? visual : std::getenv("EDITOR");
  if (editor == nullptr || *editor == '\0')
    return base::tool_error(fmt::format("{}:{}; set VISUAL or EDITOR to open it", path, line));
  std::vector<std::string> words;
  std::istringstream stream(editor);
  for (std::string word; stream >> word;) words.push_back(word);
  if (words.empty()) return base::tool_error("EDITOR is empty");
  words.push_back(fmt::format("+{}", line));
  words.push_back(path);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  if (const int error = posix_spawnp(&child, argv[0], nullptr, nullptr, argv.data(), environ); error != 0)
    return base::tool_error(fmt::format("cannot start {}: {}", words[0], std::strerror(error)));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return {};
}

}  // namespace singspin::ui
