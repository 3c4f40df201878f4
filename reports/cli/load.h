// Paths to analysed contracts: reads files, looks for missing bases beside them, and runs the front
// end. The only command-independent code that touches files for reading.
#pragma once

#include <string>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/sema/analyze.h"
#include "frontend/source/source_map.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"
#include "reports/cli/options.h"

namespace singspin::cli {

struct Loaded {
  source::SourceMap sources;
  std::vector<std::vector<syntax::Token>> tokens;  // by FileId
  std::vector<syntax::File> files;                 // by FileId; the named ones first
  std::size_t named_files = 0;                     // the others were found beside them
  sema::Analysis analysis;
  std::vector<std::size_t> selected;  // rows of analysis.contracts the run is about
  diagnostics::Diagnostics diagnostics;
};

// Never fails: what cannot be read or understood is a diagnostic. Nothing to work on is SS0002.
Loaded load(const InputOptions& options);

}  // namespace singspin::cli
