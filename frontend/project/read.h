// Named paths to parsed texts, for what looks at texts and not at what their contracts mean. The paths and
// symbols count as for `load`; nothing is looked for beside them.
#pragma once

#include <memory>

#include "frontend/project/load.h"

namespace singspin::project {

struct ParsedText {
  source::FileId file;
  std::string path;                        // as the system knows it
  std::shared_ptr<const std::string> raw;  // the bytes on disk
  syntax::Symbols symbols;                 // it was read with
  std::vector<syntax::Token> tokens;
  syntax::File tree;
  std::vector<diagnostics::Diagnostic> diagnostics;  // of lexing and parsing
};

struct ParsedTexts {
  source::SourceMap sources;
  std::vector<ParsedText> texts;      // each file once: of several projects the first one counts
  diagnostics::Diagnostics problems;  // of paths and project files
};

ParsedTexts read_texts(const Input& input);

}  // namespace singspin::project
