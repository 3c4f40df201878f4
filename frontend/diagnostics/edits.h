// Fixes as changes of a text: which of them can be applied together, and the text they give.
// Pure: knows no file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::diagnostics {

enum class FixChoice : std::uint8_t {
  Safe,  // only those that keep the meaning
  All,   // also others, where a diagnostic has exactly one
};

// A fix to apply, and the diagnostic it mends.
struct ChosenFix {
  const Diagnostic* diagnostic = nullptr;
  const Fix* fix = nullptr;
};

// The fixes of `list` that `choice` allows, all edits of which lie in one of `files`. Fixes that touch each
// other's places are not applied together: the first one in the order of the list stays, the others
// have to wait for the next round. What is suppressed is not mended.
std::vector<ChosenFix> choose_fixes(const std::vector<Diagnostic>& list, FixChoice choice,
                                    const std::vector<source::FileId>& files);

// `new_text` with line feeds as `text` ends its lines.
std::string with_line_ends_of(std::string_view text, std::string_view new_text);

// What line feeds in new text become. A fix knows nothing of the text it is for; the formatter has chosen
// line ends itself, of those of a file that mixes them.
enum class LineEnds : std::uint8_t { OfText, AsWritten };

// `text` with the edits, given in any order; they must not overlap and must lie inside.
std::string apply_edits(std::string_view text, std::vector<Edit> edits,
                        LineEnds line_ends = LineEnds::OfText);

// The difference in the unified form, with three lines of context; empty if there is none.
// `patch -p0` takes it.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace singspin::diagnostics
