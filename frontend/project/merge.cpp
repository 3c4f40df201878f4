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

bool same_result(const sema::Analysis& analysis, const sema::Analyzed& a, const sema::Analyzed& b) {
  if (a.contract.has_value() != b.contract.has_value() || a.missing_input != b.missing_input) return false;
  return !a.contract ||
         same_machine(analysis.program.contracts[*a.contract], analysis.program.contracts[*b.contract]);
}

void unite_entries(ir::Contract& into, const ir::Contract& from) {
  for (const ir::Entry& entry : from.entries) {
    const bool known = std::any_of(into.entries.begin(), into.entries.end(),
                                   [&](const ir::Entry& e) { return e.state == entry.state; });
    if (!known) into.entries.push_back(entry);
  }
}

auto identity(const diagnostics::Diagnostic& d) {
  return std::tie(d.code, d.span, d.message, d.label, d.subject, d.notes);
}

}  // namespace

void merge_repeated(Loaded& loaded, std::set<std::size_t>& repeated) {
  sema::Analysis& analysis = loaded.analysis;
  std::map<source::Span, std::vector<std::size_t>> kept;  // rows by declaration
  for (std::size_t row = 0; row < analysis.contracts.size(); ++row) {
    const sema::Analyzed& contract = analysis.contracts[row];
    std::vector<std::size_t>& others = kept[contract.span];
    const auto same = std::find_if(others.begin(), others.end(), [&](std::size_t other) {
      return same_result(analysis, analysis.contracts[other], contract);
    });
    if (same == others.end()) {
      others.push_back(row);
      continue;
    }
    repeated.insert(row);
    if (contract.contract)
      unite_entries(analysis.program.contracts[*analysis.contracts[*same].contract],
                    analysis.program.contracts[*contract.contract]);
  }
  for (const auto& [span, rows] : kept) {
    if (rows.size() == 1) loaded.variants[rows.front()] = {};
  }
  auto& list = loaded.diagnostics.list();
  const auto less = [](const diagnostics::Diagnostic* a, const diagnostics::Diagnostic* b) {
    return identity(*a) < identity(*b);
  };
  std::set<const diagnostics::Diagnostic*, decltype(less)> seen(less);
  std::vector<diagnostics::Diagnostic> unique;
  for (const diagnostics::Diagnostic& d : list) {
    if (seen.insert(&d).second) unique.push_back(d);
  }
  list = std::move(unique);
}

}  // namespace singspin::project
