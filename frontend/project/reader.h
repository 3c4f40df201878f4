// Source files to trees: each file is added to the source map once, and lexed and parsed once for each
// set of symbols that can make a difference to it.
#pragma once

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
  std::vector<diagnostics::Diagnostic> diagnostics;
};
using ReadingId = base::Id<struct ReadingTag>;

class Reader {
 public:
  Reader(Disk& disk, source::SourceMap& sources, std::string root)
      : disk_(disk), sources_(sources), root_(Disk::canonical(root)) {}

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

 private:
  Disk& disk_;
  source::SourceMap& sources_;
  std::string root_;
  std::map<std::string, source::FileId> files_;  // by canonical path
  std::vector<std::string> paths_;               // by FileId
  std::map<source::FileId, std::vector<ReadingId>> by_file_;
  base::Table<ReadingId, Reading> readings_;
};

}  // namespace singspin::project
