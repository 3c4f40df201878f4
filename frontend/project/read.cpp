#include "frontend/project/read.h"

#include <set>

#include "frontend/project/compilations.h"

namespace singspin::project {

ParsedTexts read_texts(const Input& input) {
  ParsedTexts result;
  Disk disk(input.overlays, nullptr);
  Reader reader(disk, result.sources, root_folder(input), values_of(input.defines));
  Compilations compilations(input, disk, reader, nullptr, result.problems);
  compilations.add_named();
  std::set<source::FileId> seen;
  for (const Unit& unit : compilations.units()) {
    if (!seen.insert(unit.file).second) continue;
    const Reading& reading = reader[unit.readings.front()];
    const std::string& path = reader.path(unit.file);
    if (reading.annotations && !is_contract_file(path)) continue;
    const auto raw = disk.read(path);
    CHECK(raw.has_value(), "a text that was parsed was read before");
    ParsedText text{unit.file, path, *raw, unit.symbols, reading.tokens, reading.tree, reading.diagnostics};
    if (reading.annotations) {
      // The tree has contracts of comments besides, which are no part of this text.
      diagnostics::Diagnostics diagnostics;
      text.tokens = syntax::lex(result.sources, unit.file, unit.symbols, diagnostics).tokens;
      text.tree = syntax::parse(result.sources, unit.file, text.tokens, diagnostics);
      text.diagnostics = std::move(diagnostics.list());
    }
    result.texts.push_back(std::move(text));
  }
  return result;
}

}  // namespace singspin::project
