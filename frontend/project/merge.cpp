#include "frontend/project/merge.h"

#include <algorithm>

namespace singspin::project {

namespace {

// The same machine; entry states may differ, since other contracts and code name them.
bool same_machine(const ir::Contract& a, const ir::Contract& b) {
  return a.name == b.name && a.qualified_name == b.qualified_name && a.base == b.base && a.start == b.start &&
         a.messages == b.messages && a.states == b.states && a.transitions == b.transitions &&
         a.inlined == b.inlined;
}

bool has_entry(const ir::Contract& contract, ir::StateId state) {
  return std::any_of(contract.entries.begin(), contract.entries.end(),
                     [&](const ir::Entry& e) { return e.state == state; });
}

bool covers_entries(const ir::Contract& by, const ir::Contract& of) {
  return std::all_of(of.entries.begin(), of.entries.end(),
                     [&](const ir::Entry& e) { return has_entry(by, e.state); });
}

void unite_entries(ir::Contract& into, const ir::Contract& from) {
  for (const ir::Entry& entry : from.entries) {
    if (!has_entry(into, entry.state)) into.entries.push_back(entry);
  }
}

auto identity(const diagnostics::Diagnostic& d) {
  return std::tie(d.code, d.span, d.message, d.label, d.subject, d.notes);
}

// Whether two rows of one declaration say the same. Where only the project differs, the states in which
// others begin are put together; where symbols differ, they are what the symbols decide.
bool same_result(const Loaded& loaded, std::size_t a, std::size_t b) {
  const sema::Analyzed &x = loaded.analysis.contracts[a], &y = loaded.analysis.contracts[b];
  if (x.contract.has_value() != y.contract.has_value() || x.missing_input != y.missing_input) return false;
  if (!x.contract) return true;
  const ir::Contract &m = loaded.analysis.program.contracts[*x.contract],
                     &n = loaded.analysis.program.contracts[*y.contract];
  if (!same_machine(m, n)) return false;
  return loaded.variants[a].symbols == loaded.variants[b].symbols ||
         (covers_entries(m, n) && covers_entries(n, m));
}

}  // namespace

std::string symbols_text(const std::vector<std::string>& symbols) {
  std::string text;
  for (const std::string& symbol : symbols) text += (text.empty() ? "-D " : " -D ") + symbol;
  return text.empty() ? "no symbols" : text;
}

void Merge::add(sema::Analysis analysis, const std::vector<syntax::File>& files,
                const std::vector<Variant>& variants, diagnostics::Diagnostics diagnostics) {
  ++runs_;
  std::map<source::FileId, const Variant*> by_file;
  auto row = analysis.contracts.begin();
  for (std::size_t i = 0; i < files.size(); ++i) {
    read_[files[i].id].push_back(variants[i]);
    if (by_file.emplace(files[i].id, &variants[i]).second) ++runs_of_[files[i].id];
    for (std::size_t k = 0; k < files[i].contracts.size(); ++k, ++row) {
      if (row->contract)
        row->contract =
            loaded_.analysis.program.contracts.add(std::move(analysis.program.contracts[*row->contract]));
      loaded_.analysis.contracts.push_back(std::move(*row));
      loaded_.variants.push_back(variants[i]);
    }
  }
  const Variant none;
  for (diagnostics::Diagnostic& d : diagnostics.list()) {
    const auto variant = d.span ? by_file.find(d.span->file) : by_file.end();
    add_diagnostic(std::move(d), variant == by_file.end() ? none : *variant->second);
  }
}

void Merge::add_diagnostic(diagnostics::Diagnostic diagnostic, const Variant& variant) {
  std::vector<std::size_t>& here = by_place_[{diagnostic.code, diagnostic.span}];
  for (const std::size_t row : here) {
    Found& found = found_[row];
    if (identity(found.diagnostic) != identity(diagnostic)) continue;
    if (found.last_run != runs_) ++found.runs;
    found.last_run = runs_;
    return;
  }
  here.push_back(found_.size());
  found_.push_back({std::move(diagnostic), runs_, 1, variant});
}

std::set<std::size_t> Merge::finish() {
  sema::Analysis& analysis = loaded_.analysis;
  std::set<std::size_t> repeated;
  std::map<source::Span, std::vector<std::size_t>> kept, all;  // rows by declaration
  for (std::size_t row = 0; row < analysis.contracts.size(); ++row) {
    const sema::Analyzed& contract = analysis.contracts[row];
    std::vector<std::size_t>& others = kept[contract.span];
    all[contract.span].push_back(row);
    const auto same = std::find_if(others.begin(), others.end(),
                                   [&](std::size_t other) { return same_result(loaded_, other, row); });
    if (same == others.end()) {
      others.push_back(row);
      continue;
    }
    repeated.insert(row);
    if (contract.contract)
      unite_entries(analysis.program.contracts[*analysis.contracts[*same].contract],
                    analysis.program.contracts[*contract.contract]);
  }
  for (const auto& [span, rows] : kept) name_rows(rows, all[span]);
  name_diagnostics();
  return repeated;
}

// A variant is named where it makes a difference, be it that the contract is not declared otherwise.
void Merge::name_rows(const std::vector<std::size_t>& kept, const std::vector<std::size_t>& all) {
  std::set<std::string> projects, kept_projects;
  std::set<std::optional<std::vector<std::string>>> symbols, kept_symbols;
  for (const std::size_t row : all) {
    projects.insert(loaded_.variants[row].project);
    symbols.insert(loaded_.variants[row].symbols);
  }
  for (const std::size_t row : kept) {
    kept_projects.insert(loaded_.variants[row].project);
    kept_symbols.insert(loaded_.variants[row].symbols);
  }
  bool everywhere = true, every_project = true, every_symbols = true;
  for (const Variant& v : read_.at(loaded_.analysis.contracts[all.front()].span.file)) {
    everywhere = everywhere && std::any_of(all.begin(), all.end(),
                                           [&](std::size_t row) { return loaded_.variants[row] == v; });
    every_project = every_project && projects.contains(v.project);
    every_symbols = every_symbols && symbols.contains(v.symbols);
  }
  if (!everywhere && every_project && every_symbols) return;  // only the two together tell
  for (const std::size_t row : kept) {
    if (every_project && kept_projects.size() == 1) loaded_.variants[row].project.clear();
    if (every_symbols && kept_symbols.size() == 1) loaded_.variants[row].symbols.reset();
  }
}

void Merge::name_diagnostics() {
  for (Found& found : found_) {
    diagnostics::Diagnostic& d = found.diagnostic;
    const bool everywhere = !d.span || found.runs == runs_of_[d.span->file];
    if (!everywhere && found.variant.symbols)
      d.notes.push_back("found with " + symbols_text(*found.variant.symbols));
    loaded_.diagnostics.append(std::move(d));
  }
}

}  // namespace singspin::project
