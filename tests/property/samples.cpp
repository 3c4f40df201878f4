#include "tests/property/samples.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "frontend/base/check.h"

namespace singspin::property {

namespace {

namespace fs = std::filesystem;

std::vector<Sample> read_all(const std::vector<fs::path>& folders) {
  std::vector<Sample> result;
  for (const fs::path& folder : folders) {
    if (!fs::exists(folder)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const fs::path extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".sg" && extension != ".cs")) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      result.push_back({entry.path().string(), {std::istreambuf_iterator<char>(file), {}}});
    }
  }
  std::sort(result.begin(), result.end(), [](const Sample& a, const Sample& b) { return a.path < b.path; });
  CHECK(!result.empty(), "there are samples");
  return result;
}

}  // namespace

std::vector<Sample> samples() {
  const fs::path root = SINGSPIN_SOURCE_DIR;
  return read_all({root / "driver_models", root / "tests/golden"});
}

std::vector<Sample> random_samples() { return read_all({SINGSPIN_RANDOM_DIR}); }

}  // namespace singspin::property
