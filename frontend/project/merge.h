// One contract read several times, for several projects or with several symbols: what is the same is
// told once, and what is not says which reading it is of.
#pragma once

#include <set>

#include "frontend/project/load.h"

namespace singspin::project {

class Merge {
 public:
  explicit Merge(Loaded& loaded) : loaded_(loaded) {}

  // What one analysis gave. Its rows follow `files`; `variants` are by row of the files.
  void add(sema::Analysis analysis, const std::vector<syntax::File>& files,
           const std::vector<Variant>& variants, diagnostics::Diagnostics diagnostics);

  // Finds rows of the analysis that say the same as an earlier row of the same declaration and gives that
  // row their entry states. Rows that tell something of their own keep their variant, the others lose it.
  // Returns those that are told by an earlier row.
  std::set<std::size_t> finish();

 private:
  struct Found {
    diagnostics::Diagnostic diagnostic;
    std::size_t last_run;
    std::size_t runs;  // in which it was found
    Variant variant;   // of the first of them
  };
  void add_diagnostic(diagnostics::Diagnostic diagnostic, const Variant& variant);
  void name_diagnostics();
  void name_rows(const std::vector<std::size_t>& kept, const std::vector<std::size_t>& all);

  Loaded& loaded_;
  std::size_t runs_ = 0;
  std::map<source::FileId, std::vector<Variant>> read_;  // how each file was read
  std::map<source::FileId, std::size_t> runs_of_;
  std::vector<Found> found_;
  std::map<std::pair<diagnostics::Code, std::optional<source::Span>>, std::vector<std::size_t>> by_place_;
};

// `-D A -D B` or `no symbols`.
std::string symbols_text(const std::vector<std::string>& symbols);

}  // namespace singspin::project
