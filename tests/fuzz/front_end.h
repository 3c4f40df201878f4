// The front end on texts in memory, as `project::load` runs it on files.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/diagnostics/edits.h"
#include "frontend/sema/analyze.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace singspin::fuzz {

struct FrontEnd {
  source::SourceMap sources;
  std::vector<syntax::Tokens> tokens;  // by FileId
  std::vector<syntax::File> files;     // by FileId
  sema::Analysis analysis;
  diagnostics::Diagnostics diagnostics;
};

// Lexes and parses one more text.
void add_text(FrontEnd& front_end, std::string_view raw, const syntax::Symbols& symbols = {});
void analyze(FrontEnd& front_end);
FrontEnd run_front_end(std::string_view raw);

// The texts of an input of several files: they are separated by lines that begin with `////`.
std::vector<std::string_view> split_files(std::string_view bytes);

}  // namespace singspin::fuzz
