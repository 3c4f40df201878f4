// Comments that silence nothing.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "frontend/project/load.h"

namespace singspin::project {

namespace {

using diagnostics::Code;

// Found by exploring a contract, not by reading it.
bool needs_runs(Code code) {
  switch (code) {
    case Code::states_reachable:
    case Code::head_not_receivable:
    case Code::not_half_duplex:
    case Code::not_synchronizable:
    case Code::bound_unknown:
    case Code::limit_reached: return true;
    default: return false;
  }
}

// Contracts that the run is not about, or to which not every rule could be applied.
std::map<source::Span, source::Span> unjudged_contracts(const Loaded& loaded) {
  std::set<source::Span> judged;
  for (const std::size_t row : loaded.selected) {
    const sema::Analyzed& c = loaded.analysis.contracts[row];
    if (c.contract && !c.missing_input) judged.insert(c.span);
  }
  std::map<source::Span, source::Span> unjudged;  // the empty span at the begin to the whole
  for (const syntax::File& file : loaded.files) {
    for (const syntax::Contract& c : file.contracts) {
      if (judged.contains(c.name.span)) continue;
      unjudged[{c.span.file, c.span.begin, c.span.begin}] = c.span;
    }
  }
  return unjudged;
}

}  // namespace

std::vector<diagnostics::Diagnostic> unused_suppressions(const Loaded& loaded,
                                                         const diagnostics::Severities& severities,
                                                         bool with_runs) {
  if (severities.is_off(Code::unused_allow)) return {};
  const std::map<source::Span, source::Span> unjudged = unjudged_contracts(loaded);
  const auto is_judged = [&](source::FileId file, std::uint32_t offset) {
    const auto after = unjudged.upper_bound({file, offset, offset});
    if (after == unjudged.begin()) return true;
    const source::Span contract = std::prev(after)->second;
    return contract.file != file || offset >= contract.end;
  };
  // A file that was read with several sets of symbols lists each of its comments once for each.
  std::set<source::Span> used;
  for (const diagnostics::Suppression& s : loaded.suppressions.list()) {
    if (s.used) used.insert(s.named_at);
  }
  std::set<source::Span> told;
  diagnostics::Diagnostics notes;
  for (const diagnostics::Suppression& s : loaded.suppressions.list()) {
    if (used.contains(s.named_at) || (needs_runs(s.code) && !with_runs)) continue;
    if (s.named_at.file.value >= loaded.named_files) continue;
    const bool nothing_below = s.range.begin == s.range.end;
    if (!is_judged(s.named_at.file, s.named_at.begin)) continue;
    if (!nothing_below && !is_judged(s.range.file, s.range.end - 1)) continue;
    if (!told.insert(s.named_at).second) continue;
    diagnostics::Diagnostic& note =
        notes.add(Code::unused_allow, s.named_at,
                  fmt::format("nothing is reported here by the rule {}", diagnostics::info(s.code).rule),
                  nothing_below ? "nothing stands directly below this comment" : "silences nothing");
    note.severity = severities.effective(note.code, note.severity);
  }
  return std::move(notes.list());
}

}  // namespace singspin::project
