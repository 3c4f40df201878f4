#include "frontend/project/load.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>

#include "frontend/base/nearest.h"
#include "frontend/project/branches.h"
#include "frontend/project/compilations.h"
#include "frontend/project/merge.h"
#include "frontend/project/selection.h"
#include "frontend/syntax/allow.h"
#include "frontend/wiring/wiring.h"

namespace singspin::project {

namespace fs = std::filesystem;
using diagnostics::Code;

namespace {

// The nearest folder above with `.git`, else the working directory.
std::string default_root() {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  for (fs::path folder = here; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", error)) return folder.string();
    if (folder == folder.parent_path()) break;
  }
  return here.string();
}

std::set<std::string_view> not_verified(const Loaded& loaded) {
  std::set<std::string_view> names;
  for (const sema::Analyzed& c : loaded.analysis.contracts) {
    if (!c.contract) names.insert(c.qualified_name);
  }
  return names;
}

class Loader {
 public:
  Loader(const Input& input, Cache* cache)
      : input_(input),
        disk_(input.overlays, cache),
        reader_(disk_, loaded_.sources, root_folder(input), values_of(input.defines)),
        branches_(reader_, loaded_.sources, symbols_of(input.defines)),
        compilations_(input, disk_, reader_, input.all_branches ? &branches_ : nullptr, loaded_.diagnostics) {
  }

  Loaded run() {
    compilations_.add_named();
    compilations_.add_missing();
    loaded_.named_files = compilations_.named_files();
    loaded_.paths = reader_.paths();
    analyze();
    report_unmet_checks();
    wire();
    name_places();
    drop_foreign();
    select();
    if (!input_.contracts.empty()) drop_deselected(loaded_);
    explain_broken_bases();
    apply_severities();
    loaded_.diagnostics.sort();
    return std::move(loaded_);
  }

 private:
  void analyze() {
    const std::vector<Unit>& units = compilations_.units();
    const std::vector<Branch> branches = branches_.combine(units, compilations_.all());
    Merge merge(loaded_);
    Branch first;
    for (std::size_t u = 0; u < units.size(); ++u) first.readings.emplace_back(u, units[u].readings.front());
    analyze(first, merge);
    for (const Branch& branch : branches) analyze(branch, merge, branch.symbols);
    repeated_ = merge.finish();
    for (const Branches::LeftOut& left_out : branches_.left_out()) {
      // A base that was only looked for counts as well, but its places are not shown.
      auto& d = left_out.at.file.value < loaded_.named_files
                    ? loaded_.diagnostics.add(Code::branches_left_out, left_out.at, left_out.message)
                    : loaded_.diagnostics.add_without_place(Code::branches_left_out, left_out.message);
      d.notes = left_out.notes;
      d.help = "fix symbols with `-D`, or verify fewer files at once";
      ++loaded_.partly_read;
    }
  }

  // `symbols`: to be named for this reading of the units; absent: those of their first readings.
  void analyze(const Branch& branch, Merge& merge,
               const std::optional<std::vector<std::string>>& symbols = std::nullopt) {
    std::vector<syntax::File> files;
    std::vector<Variant> variants;
    std::vector<std::size_t> compilation_of_file;
    diagnostics::Diagnostics diagnostics;
    for (const auto& [row, reading] : branch.readings) {
      const Unit& unit = compilations_.units()[row];
      files.push_back(reader_[reading].tree);
      compilation_of_file.push_back(unit.compilation);
      const std::string& project = compilations_.all()[unit.compilation].project;
      variants.push_back(
          {project.empty() ? "" : reader_.shown(project), symbols ? symbols : branches_.first_symbols(row)});
      for (const diagnostics::Diagnostic& d : reader_[reading].diagnostics) diagnostics.append(d);
      for (const diagnostics::Diagnostic& d : comments_of(reading).list()) diagnostics.append(d);
      if (!symbols || told_.insert(reading).second) keep(reading);
    }
    sema::Analysis analysis =
        sema::analyze(files, loaded_.sources, diagnostics, compilations_.scoping(compilation_of_file));
    const std::size_t first_row = loaded_.analysis.contracts.size();
    std::vector<RowClaim> claims = claims_of(branch, analysis, diagnostics);
    merge.add(std::move(analysis), files, variants, std::move(diagnostics));
    for (RowClaim& claim : claims) {
      claim.claim.contract = *loaded_.analysis.contracts[first_row + claim.row].contract;
      loaded_.claims.push_back(std::move(claim.claim));
    }
  }

  struct RowClaim {
    std::size_t row;  // of the analysis
    claims::Claim claim;
  };
  std::vector<RowClaim> claims_of(const Branch& branch, const sema::Analysis& analysis,
                                  diagnostics::Diagnostics& diagnostics) {
    std::vector<RowClaim> result;
    const Blocks blocks = blocks_of(branch);
    std::size_t row = 0;
    for (const auto& [unit, id] : branch.readings) {
      const Reading& reading = reader_[id];
      const std::vector<syntax::Comment> comments =
          syntax::annotation_comments(loaded_.sources, reading.tree.id, reading.tokens, reading.defined);
      for (const syntax::Contract& tree : reading.tree.contracts) {
        const sema::Analyzed& analyzed = analysis.contracts[row++];
        std::vector<std::vector<source::Span>> places = property_files(blocks, analyzed);
        if (!comments.empty())
          places.insert(places.begin(),
                        claims::texts_between(loaded_.sources, reading.tree.id, comments, tree.body));
        if (!analyzed.contract) continue;
        for (claims::Claim& claim :
             claims::find_claims(loaded_.sources, places, analysis.program.contracts[*analyzed.contract],
                                 *analyzed.contract, diagnostics))
          result.push_back({row - 1, std::move(claim)});
      }
    }
    return result;
  }

  using Blocks = std::multimap<std::string_view, const claims::Block*>;
  Blocks blocks_of(const Branch& branch) const {
    Blocks blocks;
    for (const auto& [unit, id] : branch.readings) {
      for (const claims::Block& block : reader_[id].checks) blocks.emplace(block.contract, &block);
    }
    return blocks;
  }

  // What the property files of the run say about a contract, by its simple or its whole name.
  std::vector<std::vector<source::Span>> property_files(const Blocks& blocks,
                                                        const sema::Analyzed& contract) {
    std::vector<std::vector<source::Span>> places;
    std::set<std::string_view> names{contract.name, contract.qualified_name};
    for (const std::string_view name : names) {
      const auto [first, last] = blocks.equal_range(name);
      for (auto block = first; block != last; ++block) {
        met_.insert(block->second->name);
        places.push_back({block->second->checks});
      }
    }
    return places;
  }

  // Nobody should take a contract for checked that is not there.
  void report_unmet_checks() {
    for (const Unit& unit : compilations_.units()) {
      for (const claims::Block& block : reader_[unit.readings.front()].checks) {
        if (!met_.insert(block.name).second) continue;
        auto& d = loaded_.diagnostics.add(Code::check_unknown_name, block.name,
                                          fmt::format("no contract is called {}", block.contract),
                                          "the checks for it are left out");
        std::vector<std::string_view> names;
        for (const sema::Analyzed& c : loaded_.analysis.contracts) names.push_back(c.name);
        const std::string_view near = base::nearest(block.contract, names);
        if (!near.empty()) d.help = fmt::format("did you mean {}?", near);
      }
    }
  }

  void keep(ReadingId reading) {
    loaded_.files.push_back(reader_[reading].tree);
    loaded_.tokens.push_back(reader_[reading].tokens);
    told_.insert(reading);
  }

  // What is wrong with the comments of a reading that silence rules; the others count from now on.
  const diagnostics::Diagnostics& comments_of(ReadingId id) {
    const auto [at, added] = comments_.try_emplace(id);
    const Reading& reading = reader_[id];
    if (added)
      syntax::find_suppressions(loaded_.sources, reading.tree, reading.tokens, reading.defined,
                                loaded_.suppressions, at->second);
    return at->second;
  }

  // A file that several projects compile is wired once, as it reads with just the symbols of the run.
  void wire() {
    std::vector<wiring::Source> sources;
    std::set<source::FileId> seen;
    for (const Unit& unit : compilations_.units()) {
      const Reading& reading = reader_[unit.readings.front()];
      if (!reading.annotations || unit.file.value >= loaded_.named_files || !seen.insert(unit.file).second)
        continue;
      sources.push_back({&*reading.annotations, compilations_.imports(unit.file)});
    }
    const wiring::Options options{input_.queue, input_.tokens, compilations_.built_in()};
    loaded_.systems = wiring::wire(sources, loaded_.analysis, loaded_.sources, options, loaded_.diagnostics);
  }

  // `missing-input` says where its contract was looked for.
  void name_places() {
    for (diagnostics::Diagnostic& d : loaded_.diagnostics.list()) {
      if (d.code != Code::missing_input || !d.span) continue;
      for (std::string& note : compilations_.looked_in(d.span->file, "")) d.notes.push_back(std::move(note));
    }
  }

  bool is_foreign(const diagnostics::Diagnostic& d) const {
    return d.span && d.span->file.value >= loaded_.named_files;
  }

  // Files that were only looked into for a base are not what the run is about.
  void drop_foreign() {
    std::erase_if(loaded_.diagnostics.list(), [&](const auto& d) { return is_foreign(d); });
  }

  bool matches(const sema::Analyzed& contract) const {
    if (input_.contracts.empty()) return true;
    return std::any_of(input_.contracts.begin(), input_.contracts.end(), [&](const std::string& glob) {
      return fnmatch(glob.c_str(), contract.name.c_str(), 0) == 0 ||
             fnmatch(glob.c_str(), contract.qualified_name.c_str(), 0) == 0;
    });
  }

  // The errors of a base that the run is not about are not shown: then this is all that is said.
  void explain_broken_bases() {
    if (loaded_.diagnostics.has_errors()) return;
    for (diagnostics::Diagnostic& d : loaded_.diagnostics.list()) {
      if (d.code != Code::broken_base) continue;
      d.severity = diagnostics::Severity::Error;
      d.help = fmt::format("`singspin check {}` shows them",
                           loaded_.sources.file(d.labels.front().span.file).path);
    }
  }

  void apply_severities() {
    const std::set<std::string_view> unverified = not_verified(loaded_);
    const auto is_fixed = [&](const diagnostics::Diagnostic& d) {
      return d.severity == diagnostics::Severity::Error && unverified.contains(d.subject);
    };
    auto& list = loaded_.diagnostics.list();
    for (diagnostics::Diagnostic& d : list) {
      if (!is_fixed(d)) loaded_.suppressions.apply(d);
    }
    std::erase_if(list, [&](const auto& d) { return input_.severities.is_off(d.code) && !is_fixed(d); });
    for (diagnostics::Diagnostic& d : list) {
      if (!is_fixed(d)) d.severity = input_.severities.effective(d.code, d.severity);
    }
  }

  // The readings of one contract side by side, where its first one stands.
  void sort_readings() {
    std::map<source::Span, std::size_t> first;
    for (const std::size_t row : loaded_.selected) first.emplace(loaded_.analysis.contracts[row].span, row);
    const auto place = [&](std::size_t row) { return first.at(loaded_.analysis.contracts[row].span); };
    if (input_.all_branches)
      std::stable_sort(loaded_.selected.begin(), loaded_.selected.end(),
                       [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  }

  void select() {
    for (std::size_t i = 0; i < loaded_.analysis.contracts.size(); ++i) {
      const sema::Analyzed& contract = loaded_.analysis.contracts[i];
      const bool named = contract.span.file.value < loaded_.named_files;
      if (named && !repeated_.contains(i) && matches(contract)) loaded_.selected.push_back(i);
    }
    sort_readings();
    if (!loaded_.selected.empty() || !loaded_.systems.empty()) return;
    const bool unknown_name = !input_.contracts.empty() && !loaded_.analysis.contracts.empty();
    if (loaded_.diagnostics.has_errors() && !unknown_name) return;
    const std::string where = fmt::format(
        "{}", fmt::join(input_.paths.empty() ? std::vector<std::string>{"."} : input_.paths, ", "));
    auto& d = loaded_.diagnostics.add_without_place(
        Code::nothing_found, unknown_name ? fmt::format("no contract in {} is called {}", where,
                                                        fmt::join(input_.contracts, " or "))
                                          : fmt::format("no contract found in {}", where));
    if (!unknown_name)
      d.notes.push_back(
          "folders are searched for *.sg, *.cs and *.drv files and for `//@` in other source code");
  }

  const Input& input_;
  Loaded loaded_;
  Disk disk_;
  Reader reader_;
  Branches branches_;
  Compilations compilations_;
  std::set<source::Span> met_;  // names in property files that contracts have
  std::set<ReadingId> told_;    // readings whose trees are in loaded_
  std::map<ReadingId, diagnostics::Diagnostics> comments_;
  std::set<std::size_t> repeated_;  // rows of the analysis that are told by an earlier row
};

}  // namespace

bool is_always_shown(const Loaded& loaded, const diagnostics::Diagnostic& d) {
  return d.severity == diagnostics::Severity::Error && not_verified(loaded).contains(d.subject);
}

void drop_deselected(Loaded& loaded) {
  std::vector<source::Span> left_out;
  std::set<source::Span> names;
  for (const std::size_t row : loaded.selected) names.insert(loaded.analysis.contracts[row].span);
  for (const syntax::File& file : loaded.files) {
    for (const syntax::Contract& c : file.contracts) {
      if (!names.contains(c.name.span)) left_out.push_back(c.span);
    }
  }
  std::erase_if(loaded.diagnostics.list(), [&](const diagnostics::Diagnostic& d) {
    return d.span && std::any_of(left_out.begin(), left_out.end(), [&](source::Span s) {
             return s.file == d.span->file && s.begin <= d.span->begin && d.span->begin < s.end;
           });
  });
}

std::string root_folder(const Input& input) { return input.root.empty() ? default_root() : input.root; }

Loaded load(const Input& input, Cache* cache) { return Loader(input, cache).run(); }

}  // namespace singspin::project
