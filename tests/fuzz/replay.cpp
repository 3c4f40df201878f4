// replay TARGET PATH...: runs a fuzz target on every file, and on every file of every folder. A failure
// aborts; the last line of the output names the input. The tests replay all seeds and kept cases this way
// with the ordinary compiler.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> inputs_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "replay: cannot read %s\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int count, char** words) {
  const std::string name = count > 1 ? words[1] : "";
  const auto* target = std::find_if(std::begin(singspin::fuzz::kTargets), std::end(singspin::fuzz::kTargets),
                                    [&](const auto& t) { return t.name == name; });
  if (target == std::end(singspin::fuzz::kTargets) || count < 3) {
    std::fprintf(stderr, "usage: replay TARGET PATH...\n");
    return 2;
  }
  std::size_t replayed = 0;
  for (int i = 2; i < count; ++i) {
    for (const fs::path& path : inputs_of(words[i])) {
      std::printf("%s\n", path.c_str());
      std::fflush(stdout);
      target->run(read(path));
      ++replayed;
    }
  }
  std::printf("%zu inputs\n", replayed);
  return replayed > 0 ? 0 : 1;
}
