// A plan to edits: indentation, line breaks within 100 columns, comments and directives in between.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/format/plan.h"

namespace singspin::format {

struct Style {
  std::string indent;         // in front of the line the contract begins on
  std::string unit = "    ";  // per level
  std::string_view line_end = "\n";
  std::size_t column = 0;  // where the contract begins
};

struct Written {
  std::vector<diagnostics::Edit> edits;
  std::size_t column = 0;  // behind the contract
};

// Edits of the gaps between tokens, in order and disjoint; none if the contract has its form.
Written write(const source::SourceFile& source, source::FileId file, const Plan& plan, const Style& style);

// The spaces and tabs that the line of `offset` begins with, at most 80 of them: a longer indentation
// would be copied to every line.
std::string_view line_indent(const source::SourceFile& source, std::uint32_t offset);

// Columns that `text` takes: characters, a tab four.
std::size_t width(std::string_view text);

// Offset of the first byte of the line of `offset`.
std::uint32_t line_begin(const source::SourceFile& source, std::uint32_t offset);

// `text` with every line end replaced by `line_end`.
std::string with_line_ends(std::string_view text, std::string_view line_end);

}  // namespace singspin::format
