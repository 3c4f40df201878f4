#include "reports/lsp/documents.h"

#include <algorithm>

#include "frontend/source/lines.h"

namespace singspin::lsp {

void apply(std::string& text, const std::vector<Change>& changes, Encoding encoding) {
  for (const Change& change : changes) {
    if (!change.range) {
      text = change.text;
      continue;
    }
    const std::vector<std::uint32_t> lines = source::line_starts(text);
    std::uint32_t begin = offset_at(text, lines, change.range->start, encoding);
    std::uint32_t end = offset_at(text, lines, change.range->end, encoding);
    if (begin > end) std::swap(begin, end);
    text.replace(begin, end - begin, change.text);
  }
}

std::string edited(const std::string& text, const std::vector<std::uint32_t>& lines,
                   const std::vector<TextEdit>& edits, Encoding encoding) {
  std::string out;
  std::uint32_t done = 0;
  for (const TextEdit& edit : edits) {
    const std::uint32_t begin = offset_at(text, lines, edit.range.start, encoding);
    out.append(text, done, begin - done);
    out += edit.new_text;
    done = offset_at(text, lines, edit.range.end, encoding);
  }
  return out.append(text, done);
}

}  // namespace singspin::lsp
