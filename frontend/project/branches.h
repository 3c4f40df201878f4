// `--all-branches`: with which symbols which files are read again. A combination is worth a reading if it
// selects other sections that matter, in a file or in those that it depends on; files that do not depend
// on each other do not multiply theirs.
#pragma once

#include "frontend/project/combinations.h"
#include "frontend/project/compilations.h"

namespace singspin::project {

// Files to be analysed together under more symbols than the run sets.
struct Branch {
  std::vector<std::string> symbols;                         // to be named
  std::vector<std::pair<std::size_t, ReadingId>> readings;  // rows of the units
};

class Branches {
 public:
  Branches(Reader& reader, const source::SourceMap& sources, syntax::Symbols defines)
      : reader_(reader), sources_(sources), defines_(std::move(defines)) {}

  // All readings of a file by itself, that with just `fixed` first.
  std::vector<ReadingId> readings(source::FileId file, const syntax::Symbols& fixed);

  // What is to be analysed besides the first readings of all units.
  std::vector<Branch> combine(const std::vector<Unit>& units, const std::vector<Compilation>& compilations);
  // The symbols to be named for the first reading of a unit; absent: combine() found no other.
  std::optional<std::vector<std::string>> first_symbols(std::size_t unit) const;

  // Files of which some readings are left out, with the words for it.
  struct LeftOut {
    source::Span at;
    std::string message;
    std::vector<std::string> notes;
  };
  const std::vector<LeftOut>& left_out() const { return left_out_; }

 private:
  bool read(source::FileId file, const syntax::Symbols& symbols, ReadingId& id);
  Sections& sections(source::FileId file, ReadingId first);
  bool mark_idle(source::FileId file, const syntax::Symbols& fixed, ReadingId first);
  std::string shape(ReadingId id) const;

  bool varies(source::FileId file) const;
  bool find_dependencies();
  void add_component(const std::vector<std::size_t>& members, std::vector<Branch>& result);
  std::vector<std::size_t> varying(std::size_t unit);  // it and all it depends on
  const Combinations& combinations(const std::vector<std::size_t>& varying);
  std::vector<std::string> named(const std::vector<std::size_t>& members,
                                 const syntax::Symbols& chosen) const;
  void leave_out(std::size_t unit, const Combinations* combinations);
  void leave_out(source::FileId file, std::string message, std::vector<std::string> notes);

  Reader& reader_;
  const source::SourceMap& sources_;
  syntax::Symbols defines_;
  Budget budget_;
  std::map<source::FileId, Sections> sections_;
  std::map<source::FileId, ReadingId> first_;
  std::set<ReadingId> paid_;
  std::set<source::FileId> told_;
  std::vector<LeftOut> left_out_;

  const std::vector<Unit>* units_ = nullptr;
  const std::vector<Compilation>* compilations_ = nullptr;
  std::vector<std::vector<std::size_t>> uses_;  // by unit: those that declare what it names
  std::map<std::vector<std::size_t>, Combinations> combinations_;
  std::map<std::size_t, std::vector<std::string>> first_symbols_;
};

}  // namespace singspin::project
