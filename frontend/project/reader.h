// Source files to trees: each file is added to the source map once, and lexed and parsed once for each
// set of symbols that can make a difference to it.
#pragma once

#include "frontend/annotation/ast.h"
#include "frontend/carrier/carrier.h"
#include "frontend/carrier/variants.h"
#include "frontend/claims/file.h"
#include "frontend/project/disk.h"
#include "frontend/source/source_map.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace singspin::project {

// A file as it reads with some symbols.
struct Reading {
  syntax::Symbols tested;   // names that its conditions asked for
  syntax::Symbols defined;  // those of them that were defined
  std::vector<syntax::Token> tokens;
  std::vector<syntax::Directive> directives;
  syntax::File tree;
  std::optional<annotation::File> annotations;
  std::vector<claims::Block> checks;  // of a property file
  carrier::Definitions annotation_values;  // of the names that conditions of annotations asked for
  carrier::TestedNames annotation_tested;
  std::vector<diagnostics::Diagnostic> diagnostics;
};
using ReadingId = base::Id<struct ReadingTag>;

// What `-D NAME=VALUE` says; a name alone means 1.
carrier::Definitions values_of(const std::vector<std::string>& defines);

// The text of such a file is contracts, annotations or not; of others it is contracts if it has no
// annotations.
bool is_contract_file(std::string_view path);

class Reader {
 public:
  // `values`: what `-D NAME=VALUE` says.
  Reader(Disk& disk, source::SourceMap& sources, std::string root, carrier::Definitions values)
      : disk_(disk), sources_(sources), root_(Disk::canonical(root)), values_(std::move(values)) {}

  struct Opened {
    std::optional<source::FileId> file;  // absent: unreadable, no text, or nothing to find in it
    std::string problem;                 // why a file that was asked for is absent
    bool binary = false;
  };
  // `wanted`: the file counts even if it can hold no contract.
  Opened open(const std::string& path, bool wanted);
  ReadingId read(source::FileId file, const syntax::Symbols& symbols);

  const Reading& operator[](ReadingId id) const { return readings_[id]; }
  // As the system knows it.
  const std::string& path(source::FileId file) const { return paths_[file.value]; }
  const std::vector<std::string>& paths() const { return paths_; }
  std::string shown(const std::string& path) const;
  const std::string& root() const { return root_; }
  // Adds the text of a project file, for the places in it.
  source::FileId add_text(const std::string& path);
  // Adds a text that is in no file.
  source::FileId add_built_in(const std::string& name, std::string_view text);

 private:
  ReadingId read_checks(source::FileId file, diagnostics::Diagnostics& diagnostics);
  carrier::Definitions definitions(const syntax::Symbols& symbols) const;
  bool fits(const Reading& reading, const syntax::Symbols& symbols) const;
  void read_contracts(source::FileId file, const syntax::Symbols& symbols, Reading& reading,
                      diagnostics::Diagnostics& diagnostics);
  void read_annotations(source::FileId file, const carrier::Carrier& carrier, const syntax::Symbols& symbols,
                        Reading& reading, diagnostics::Diagnostics& diagnostics);

  Disk& disk_;
  source::SourceMap& sources_;
  std::string root_;
  carrier::Definitions values_;
  std::map<std::string, source::FileId> files_;  // by canonical path
  std::vector<std::string> paths_;               // by FileId
  std::map<source::FileId, std::vector<ReadingId>> by_file_;
  base::Table<ReadingId, Reading> readings_;
};

}  // namespace singspin::project
