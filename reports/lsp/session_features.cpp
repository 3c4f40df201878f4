// The requests of a session: from parameters to a place, from a value to JSON.
#include <fmt/format.h>

#include <algorithm>

#include "reports/lsp/actions.h"
#include "reports/lsp/completion.h"
#include "reports/lsp/formatting.h"
#include "reports/lsp/hover.h"
#include "reports/lsp/navigation.h"
#include "reports/lsp/rename.h"
#include "reports/lsp/session.h"
#include "reports/lsp/symbols.h"

namespace singspin::lsp {

namespace {

Reply bad_position() {
  return refuse(ErrorCode::InvalidParams, "a text that is open and a position in it are needed");
}
Reply bad_document() { return refuse(ErrorCode::InvalidParams, "a text that is open is needed"); }

}  // namespace

// nullopt: the text is not open or cannot be read, or there is no position.
std::optional<Place> Session::place(const Json& params, bool everywhere) {
  OpenDocument* open = find(params);
  const auto position = read_position(member(params, "position"));
  if (open == nullptr || !position) return std::nullopt;
  const Snapshot& snapshot = everywhere ? whole_workspace() : fresh_snapshot(*open);
  const auto file = snapshot.file(open->document.path);
  if (!file) return std::nullopt;
  return Place{snapshot, *file, snapshot.offset(*file, *position)};
}

Reply Session::definition(const Json& params) {
  const auto at = place(params, false);
  return at ? Reply(Json(lsp::definition(*at))) : bad_position();
}

Reply Session::references(const Json& params) {
  const auto at = place(params, true);
  const bool declarations = read_flag(member(params, {"context", "includeDeclaration"}));
  return at ? Reply(Json(lsp::references(*at, declarations))) : bad_position();
}

Reply Session::document_highlight(const Json& params) {
  const auto at = place(params, false);
  if (!at) return bad_position();
  constexpr int kRead = 2, kWrite = 3;
  Json list = Json::array();
  for (const Highlight& h : highlights(*at))
    list.push_back({{"range", h.range}, {"kind", h.declares ? kWrite : kRead}});
  return list;
}

Reply Session::hover(const Json& params) {
  const auto at = place(params, false);
  if (!at) return bad_position();
  const HoverSources sources{[&](ir::ContractId id) { return verdicts_.find(at->snapshot, id); },
                             services_.explain, settings_.verify};
  const auto shown = lsp::hover(*at, sources);
  if (!shown) return Json();
  return Json{{"contents", {{"kind", "markdown"}, {"value", shown->markdown}}}, {"range", shown->range}};
}

Reply Session::document_symbols(const Json& params) {
  OpenDocument* open = find(params);
  if (open == nullptr) return bad_document();
  const Snapshot& snapshot = fresh_snapshot(*open);
  const auto file = snapshot.file(open->document.path);
  if (!file) return Json::array();
  const std::vector<OutlineEntry> entries = outline(snapshot, *file);
  return settings_.hierarchical_symbols ? outline_json(entries)
                                        : flat_outline_json(entries, open->document.uri);
}

Reply Session::workspace_symbols(const Json& params) {
  return lsp::workspace_symbols(whole_workspace(), read_string(member(params, "query")).value_or(""));
}

Reply Session::prepare_rename(const Json& params) {
  const auto at = place(params, false);
  if (!at) return bad_position();
  const auto range = renameable(*at);
  return range ? Json(*range) : Json();
}

Reply Session::rename(const Json& params) {
  const auto new_name = read_string(member(params, "newName"));
  const auto at = place(params, true);
  if (!at || !new_name) return bad_position();
  const auto edit = lsp::rename(*at, *new_name);
  if (!edit) return tl::unexpected(edit.error());
  if (!rename_keeps_meaning(at->snapshot, *edit))
    return refuse(ErrorCode::RequestFailed,
                  fmt::format("with the name {} the contracts would mean something else", *new_name));
  return edit_json(*edit, settings_.document_changes);
}

Reply Session::code_actions(const Json& params) {
  OpenDocument* open = find(params);
  const auto range = read_range(member(params, "range"));
  if (open == nullptr || !range) return bad_document();
  const Json& only = member(params, {"context", "only"});
  if (only.is_array()) {
    const std::vector<std::string> kinds = read_strings(only);
    if (std::none_of(kinds.begin(), kinds.end(),
                     [](const std::string& k) { return k.empty() || k == "quickfix"; }))
      return Json::array();
  }
  const Snapshot& snapshot = fresh_snapshot(*open);
  const auto file = snapshot.file(open->document.path);
  Json list = Json::array();
  if (!file) return list;
  for (const Action& action : quick_fixes(snapshot, *file, snapshot.offset(*file, range->start),
                                          snapshot.offset(*file, range->end))) {
    list.push_back({{"title", action.title},
                    {"kind", "quickfix"},
                    {"diagnostics", Json::array({action.diagnostic})},
                    {"isPreferred", action.preferred},
                    {"edit", edit_json(action.edit, settings_.document_changes)}});
  }
  return list;
}

Reply Session::folding_ranges(const Json& params) {
  OpenDocument* open = find(params);
  if (open == nullptr) return bad_document();
  const Snapshot& snapshot = fresh_snapshot(*open);
  const auto file = snapshot.file(open->document.path);
  Json list = Json::array();
  if (!file) return list;
  for (const Fold& fold : folds(snapshot, *file)) {
    Json item = {{"startLine", fold.first_line}, {"endLine", fold.last_line}};
    if (!fold.kind.empty()) item["kind"] = fold.kind;
    list.push_back(std::move(item));
  }
  return list;
}

Reply Session::formatting(const Json& params) {
  OpenDocument* open = find(params);
  return open != nullptr ? formatting_of(*open, std::nullopt) : bad_document();
}

Reply Session::range_formatting(const Json& params) {
  OpenDocument* open = find(params);
  const auto range = read_range(member(params, "range"));
  return open != nullptr && range ? formatting_of(*open, range) : bad_document();
}

Reply Session::formatting_of(OpenDocument& open, std::optional<Range> range) {
  const Snapshot& snapshot = fresh_snapshot(open);
  const auto file = snapshot.file(open.document.path);
  if (!file) return Json::array();
  std::optional<source::Span> span;
  if (range) {
    const std::uint32_t begin = snapshot.offset(*file, range->start);
    span = source::Span{*file, begin, std::max(begin, snapshot.offset(*file, range->end))};
  }
  return Json(lsp::formatting(snapshot, *file, span));
}

Reply Session::completion(const Json& params) {
  const auto at = place(params, false);
  if (!at) return bad_position();
  Json list = Json::array();
  for (const Proposal& p : completions(*at))
    list.push_back({{"label", p.label}, {"insertText", p.insert}, {"detail", p.detail}, {"kind", p.icon}});
  return list;
}

}  // namespace singspin::lsp
