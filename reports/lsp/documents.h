// The texts that the editor holds open. Values; edits are applied here and nowhere else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reports/lsp/positions.h"

namespace singspin::lsp {

struct Document {
  std::string uri;   // as the editor spells it
  std::string path;  // canonical; a made-up one if the text is no file
  std::int64_t version = 0;
  std::string text;
};

// One entry of `didChange`: without a range, the whole text.
struct Change {
  std::optional<Range> range;
  std::string text;
};

struct TextEdit {
  Range range;
  std::string new_text;
};

// `text` with all edits applied at once; they are in order and do not overlap.
std::string edited(const std::string& text, const std::vector<std::uint32_t>& lines,
                   const std::vector<TextEdit>& edits, Encoding encoding);

// Applies the changes in order; places outside of the text are moved inside.
void apply(std::string& text, const std::vector<Change>& changes, Encoding encoding);

}  // namespace singspin::lsp
