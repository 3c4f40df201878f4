#include "reports/lsp/symbols.h"

#include <algorithm>

namespace singspin::lsp {

namespace {

SymbolIcon icon_of(syntax::NestedType::Kind kind) {
  switch (kind) {
    case syntax::NestedType::Kind::Struct:
    case syntax::NestedType::Kind::RepStruct: return SymbolIcon::Struct;
    case syntax::NestedType::Kind::Enum: return SymbolIcon::Enum;
    case syntax::NestedType::Kind::Class: return SymbolIcon::Class;
  }
  UNREACHABLE("every kind has an icon");
}

std::string_view direction_words(syntax::Message::Direction direction) {
  switch (direction) {
    case syntax::Message::Direction::Both: return "message";
    case syntax::Message::Direction::In: return "in message";
    case syntax::Message::Direction::Out: return "out message";
  }
  UNREACHABLE("every direction has words");
}

std::string state_words(const syntax::State& state) {
  std::string words = state.is_override ? "override state" : "state";
  if (state.form == syntax::State::Form::All) words += " all";
  return state.sequences.empty() ? words + ", final" : words;
}

OutlineEntry contract_entry(const Snapshot& snapshot, const syntax::Contract& contract) {
  OutlineEntry entry{
      std::string(contract.name.text),    "contract", SymbolIcon::Interface, snapshot.range(contract.span),
      snapshot.range(contract.name.span), {}};
  if (contract.base) entry.detail += " : " + sema::join(contract.base->parts);
  const auto add = [&](const syntax::Name& name, std::string detail, SymbolIcon icon, source::Span span) {
    entry.children.push_back({std::string(name.text),
                              std::move(detail),
                              icon,
                              snapshot.range(span),
                              snapshot.range(name.span),
                              {}});
  };
  for (const syntax::Message& m : contract.messages)
    add(m.name, std::string(direction_words(m.direction)), SymbolIcon::Event, m.span);
  for (const syntax::State& s : contract.states) add(s.name, state_words(s), SymbolIcon::EnumMember, s.span);
  for (const syntax::NestedType& t : contract.types) add(t.name, "type", icon_of(t.kind), t.name.span);
  std::stable_sort(
      entry.children.begin(), entry.children.end(),
      [](const OutlineEntry& a, const OutlineEntry& b) { return a.range.start < b.range.start; });
  return entry;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool holds_letters(std::string_view name, std::string_view query) {
  for (const char c : name) {
    if (!query.empty() && lower(c) == lower(query.front())) query.remove_prefix(1);
  }
  return query.empty();
}

SymbolIcon icon_of(sema::SymbolKind kind) {
  switch (kind) {
    case sema::SymbolKind::Contract: return SymbolIcon::Interface;
    case sema::SymbolKind::Message: return SymbolIcon::Event;
    case sema::SymbolKind::State: return SymbolIcon::EnumMember;
  }
  UNREACHABLE("every kind has an icon");
}

// ---- folding -----------------------------------------------------------------------------------------

class Folder {
 public:
  Folder(const Snapshot& snapshot, source::FileId file)
      : snapshot_(snapshot), id_(file), file_(snapshot.loaded.sources.file(file)) {}

  std::vector<Fold> run() {
    for (const syntax::Contract& c : snapshot_.loaded.files[id_.value].contracts) {
      add(c.span.begin, c.span.end, {});
      for (const syntax::State& s : c.states) add(s.span.begin, s.span.end, {});
      for (const syntax::Message& m : c.messages) add(m.span.begin, m.span.end, {});
    }
    std::uint32_t at = 0;
    for (const syntax::Token& token : snapshot_.loaded.tokens[id_.value]) {
      gap(at, token.begin);
      at = std::max(at, token.end);
    }
    while (!open_sections_.empty()) open_sections_.pop_back();
    return std::move(folds_);
  }

 private:
  std::uint32_t line(std::uint32_t offset) const {
    const auto& starts = file_.line_starts;
    return static_cast<std::uint32_t>(std::upper_bound(starts.begin(), starts.end(), offset) -
                                      starts.begin() - 1);
  }

  void add(std::uint32_t begin, std::uint32_t end, std::string_view kind) {
    const std::uint32_t first = line(begin), last = line(end > begin ? end - 1 : end);
    if (first < last) folds_.push_back({first, last, kind});
  }

  // The text between two tokens: comments, preprocessor lines and what those skip.
  void gap(std::uint32_t begin, std::uint32_t end) {
    const std::string_view text = file_.text;
    std::optional<std::uint32_t> lines_from;  // of `//` comments on lines that follow each other
    std::uint32_t lines_to = 0;
    const auto end_lines = [&] {
      if (lines_from) add(*lines_from, lines_to, "comment");
      lines_from.reset();
    };
    for (std::uint32_t i = begin; i < end;) {
      if (text[i] == '/' && i + 1 < end && text[i + 1] == '/') {
        if (!lines_from) lines_from = i;
        i = line_end(i, end);
        lines_to = i;
      } else if (text[i] == '/' && i + 1 < end && text[i + 1] == '*') {
        end_lines();
        const std::size_t close = text.find("*/", i + 2);
        const std::uint32_t after =
            close == std::string_view::npos ? end : std::min(end, static_cast<std::uint32_t>(close) + 2);
        add(i, after, "comment");
        i = after;
      } else if (text[i] == '#') {
        end_lines();
        const std::uint32_t after = line_end(i, end);
        directive(text.substr(i + 1, after - i - 1), i);
        i = after;
      } else {
        if (static_cast<unsigned char>(text[i]) > ' ') end_lines();
        ++i;
      }
    }
    end_lines();
  }

  std::uint32_t line_end(std::uint32_t at, std::uint32_t end) const {
    while (at < end && file_.text[at] != '\n' && file_.text[at] != '\r') ++at;
    return at;
  }

  void directive(std::string_view words, std::uint32_t at) {
    words.remove_prefix(std::min(words.find_first_not_of(" \t"), words.size()));
    if (words.starts_with("if") || words.starts_with("region")) open_sections_.push_back(at);
    if (!words.starts_with("endif") && !words.starts_with("endregion")) return;
    if (open_sections_.empty()) return;
    add(open_sections_.back(), at + 1, "region");
    open_sections_.pop_back();
  }

  const Snapshot& snapshot_;
  source::FileId id_;
  const source::SourceFile& file_;
  std::vector<Fold> folds_;
  std::vector<std::uint32_t> open_sections_;
};

}  // namespace

std::vector<OutlineEntry> outline(const Snapshot& snapshot, source::FileId file) {
  std::vector<OutlineEntry> entries;
  for (const syntax::Contract& c : snapshot.loaded.files[file.value].contracts)
    entries.push_back(contract_entry(snapshot, c));
  return entries;
}

Json outline_json(const std::vector<OutlineEntry>& entries) {
  Json list = Json::array();
  for (const OutlineEntry& e : entries) {
    list.push_back({{"name", e.name},
                    {"detail", e.detail},
                    {"kind", static_cast<int>(e.icon)},
                    {"range", e.range},
                    {"selectionRange", e.selection},
                    {"children", outline_json(e.children)}});
  }
  return list;
}

Json flat_outline_json(const std::vector<OutlineEntry>& entries, const std::string& uri) {
  Json list = Json::array();
  const auto add = [&](const OutlineEntry& e, const std::string& container) {
    Json item = {{"name", e.name}, {"kind", static_cast<int>(e.icon)}, {"location", Location{uri, e.range}}};
    if (!container.empty()) item["containerName"] = container;
    list.push_back(std::move(item));
  };
  for (const OutlineEntry& e : entries) {
    add(e, {});
    for (const OutlineEntry& child : e.children) add(child, e.name);
  }
  return list;
}

Json workspace_symbols(const Snapshot& snapshot, std::string_view query) {
  Json list = Json::array();
  for (const sema::Occurrence& o : snapshot.index.occurrences) {
    const sema::Symbol& symbol = snapshot.index.symbols[o.symbol];
    if (o.role != sema::Occurrence::Role::Declaration || !holds_letters(symbol.name, query)) continue;
    if (list.size() == kMostSymbols) break;
    Json item = {{"name", symbol.name},
                 {"kind", static_cast<int>(icon_of(symbol.kind))},
                 {"location", snapshot.location(o.span)}};
    if (symbol.kind != sema::SymbolKind::Contract)
      item["containerName"] = snapshot.index.contracts[symbol.owner].qualified_name;
    list.push_back(std::move(item));
  }
  return list;
}

std::vector<Fold> folds(const Snapshot& snapshot, source::FileId file) {
  return Folder(snapshot, file).run();
}

}  // namespace singspin::lsp
