#include "frontend/project/read.h"

#include <set>

#include "frontend/project/compilations.h"

namespace singspin::project {

ParsedTexts read_texts(const Input& input) {
  ParsedTexts result;
  Disk disk(input.overlays, nullptr);
  Reader reader(disk, result.sources, root_folder(input));
  Compilations compilations(input, disk, reader, nullptr, result.problems);
  compilations.add_named();
  std::set<source::FileId> seen;
  for (const Unit& unit : compilations.units()) {
    if (!seen.insert(unit.file).second) continue;
    const Reading& reading = reader[unit.readings.front()];
    const std::string& path = reader.path(unit.file);
    const auto raw = disk.read(path);
    CHECK(raw.has_value(), "a text that was parsed was read before");
    result.texts.push_back(
        {unit.file, path, *raw, unit.symbols, reading.tokens, reading.tree, reading.diagnostics});
  }
  return result;
}

}  // namespace singspin::project
