// Paths to analysed contracts: reads files, looks for missing bases beside them, and runs the front
// end. Commands and the language server begin here. Knows no engine and no output.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "frontend/diagnostics/severities.h"
#include "frontend/diagnostics/suppressions.h"
#include "frontend/sema/analyze.h"
#include "frontend/source/source_map.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace singspin::project {

// What a run is about, as the user named it.
struct Input {
  std::vector<std::string> paths;  // files and folders; none: the working directory
  std::vector<std::string> defines;
  std::vector<std::string> include_folders;
  std::vector<std::string> contracts;  // globs; empty: all
  std::string root;                    // empty: the git top level, else the working directory
  diagnostics::Severities severities;  // what the rules count as
  // Canonical path to text: what an editor holds and has not saved yet. A path named in `paths` need not
  // exist on the disk then.
  std::map<std::string, std::string> overlays;
};

struct Loaded {
  source::SourceMap sources;
  std::vector<std::vector<syntax::Token>> tokens;  // by FileId
  std::vector<syntax::File> files;                 // by FileId; the named ones first
  std::vector<std::string> paths;                  // by FileId, as the system knows them
  std::size_t named_files = 0;                     // the others were found beside them
  sema::Analysis analysis;
  std::vector<std::size_t> selected;       // rows of analysis.contracts the run is about
  diagnostics::Diagnostics diagnostics;    // as `severities` wants them, silenced ones marked
  diagnostics::Suppressions suppressions;  // what comments silence
};

// Never fails: what cannot be read or understood is a diagnostic. Nothing to work on is SS0002.
Loaded load(const Input& input);

// The folder that paths in every output are relative to.
std::string root_folder(const Input& input);

// Notes for comments that silence nothing, to be asked for when all diagnostics have been through
// `loaded.suppressions`. `with_runs`: all properties were decided, so their rules count too.
std::vector<diagnostics::Diagnostic> unused_suppressions(const Loaded& loaded, bool with_runs);

}  // namespace singspin::project
