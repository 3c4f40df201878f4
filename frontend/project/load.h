// Paths to analysed contracts: reads files and projects, looks for missing bases, and runs the front
// end. Commands and the language server begin here. Knows no engine and no output.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "frontend/claims/find.h"
#include "frontend/diagnostics/severities.h"
#include "frontend/diagnostics/suppressions.h"
#include "frontend/ir/system.h"
#include "frontend/project/disk.h"
#include "frontend/sema/analyze.h"
#include "frontend/source/source_map.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace singspin::project {

// What a run is about, as the user named it.
struct Input {
  std::vector<std::string> paths;    // files, folders and project files; none: the working directory
  std::vector<std::string> defines;  // NAME or NAME=VALUE; contracts see the name alone
  std::vector<std::string> include_folders;
  std::vector<std::string> contracts;  // globs; empty: all
  std::string root;                    // empty: the git top level, else the working directory
  diagnostics::Severities severities;  // what the rules count as
  std::optional<std::uint32_t> queue;  // systems: capacity of queues that have no exact one
  std::uint32_t tokens = 2;            // systems: blocks of each pool
  bool all_branches = false;           // read files with every combination of symbols that matters
  // Canonical path to text: what an editor holds and has not saved yet. A path named in `paths` need not
  // exist on the disk then.
  std::map<std::string, std::string> overlays;
};

// What tells the readings of one contract apart, if there are several.
struct Variant {
  std::string project;  // shown path of the project it was read for; empty: that does not matter
  // What `-D` has to define to read it so, of what matters; absent: symbols do not matter.
  std::optional<std::vector<std::string>> symbols;
  bool operator==(const Variant&) const = default;
};

struct Loaded {
  source::SourceMap sources;
  // The trees that were analysed and their tokens; `id` names the file. Without project files and
  // all_branches row i is the file with id i. A file that several projects compile, or that was read with
  // several sets of symbols, has several rows.
  std::vector<std::vector<syntax::Token>> tokens;
  std::vector<syntax::File> files;
  std::vector<std::string> paths;  // by FileId, as the system knows them; texts of project files included
  std::size_t named_files = 0;     // files with a smaller id were named, the others were found
  sema::Analysis analysis;
  std::vector<std::size_t> selected;  // rows of analysis.contracts the run is about
  std::vector<ir::System> systems;    // of the annotations, those without errors
  std::vector<Variant> variants;      // by row of analysis.contracts; empty members: nothing to tell apart
  // Files of which not every reading was looked at, though all_branches asked for it.
  std::size_t partly_read = 0;
  diagnostics::Diagnostics diagnostics;    // as `severities` wants them, silenced ones marked
  diagnostics::Suppressions suppressions;  // what comments silence
  std::vector<claims::Claim> claims;       // `//@ check` comments of contracts that have a machine
};

// Never fails: what cannot be read or understood is a diagnostic. Nothing to work on is SS0002.
// `cache`, if there is one, keeps file texts for the next call.
Loaded load(const Input& input, Cache* cache = nullptr);

// The symbols that `NAME` and `NAME=VALUE` define.
syntax::Symbols symbols_of(const std::vector<std::string>& defines);

// The folder that paths in every output are relative to.
std::string root_folder(const Input& input);

// Neither a chosen severity nor a comment hides that a contract is not verified: an error of one.
bool is_always_shown(const Loaded& loaded, const diagnostics::Diagnostic& diagnostic);

// Notes for comments that silence nothing, as `severities` wants them, to be asked for when all
// diagnostics have been through `loaded.suppressions`. `with_runs`: all properties were decided, so their
// rules count too.
std::vector<diagnostics::Diagnostic> unused_suppressions(const Loaded& loaded,
                                                         const diagnostics::Severities& severities,
                                                         bool with_runs);

}  // namespace singspin::project
