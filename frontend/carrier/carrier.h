// Which bytes of a file are annotation (section 2 of the annotation language). Everything else is masked
// with blanks, so that offsets, lines and columns stay those of the file.
// Knows comments and literals of C-like languages, not what an annotation means.
#pragma once

#include <string>
#include <string_view>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::carrier {

enum class Kind : std::uint8_t {
  StandAlone,  // the whole file is annotation (2.2)
  Comments,    // `//@ ...` and `/*@ ... @*/` in source code (2.1)
};

struct Carrier {
  std::string annotations;  // as long as the file
  std::string code;         // the same for the code around: no comments, literals blanked
  bool any = false;         // there is some annotation
};

// True if a scan may find annotations; a cheap test for the many files without.
bool may_have_annotations(std::string_view text);

// True if a scan finds annotations in the comments of a text.
bool has_annotations(std::string_view text);

// An annotation that is never closed is SS0402.
Carrier split(const source::SourceMap& sources, source::FileId file, Kind kind,
              diagnostics::Diagnostics& diagnostics);

// The code that shares the line of `offset` with an annotation, without blanks around it.
std::string_view code_beside(const Carrier& carrier, std::uint32_t offset);

}  // namespace singspin::carrier
