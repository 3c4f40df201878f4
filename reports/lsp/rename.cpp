#include "reports/lsp/rename.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "frontend/syntax/lexer.h"

namespace singspin::lsp {

using sema::SymbolKind;

namespace {

// Words of the contract language, and of C# those that are reserved: with `@` they are names.
constexpr std::array kWords = {
    "abstract", "all",      "as",        "base",   "bool",      "break",     "byte",     "case",
    "catch",    "char",     "checked",   "class",  "const",     "continue",  "contract", "decimal",
    "default",  "delegate", "do",        "double", "else",      "enum",      "event",    "explicit",
    "extern",   "false",    "finally",   "fixed",  "float",     "for",       "foreach",  "goto",
    "if",       "implicit", "in",        "int",    "interface", "internal",  "is",       "lock",
    "long",     "message",  "namespace", "new",    "null",      "object",    "one",      "operator",
    "or",       "out",      "override",  "params", "private",   "protected", "public",   "readonly",
    "ref",      "requires", "return",    "sbyte",  "sealed",    "short",     "sizeof",   "stackalloc",
    "state",    "static",   "string",    "struct", "switch",    "this",      "throw",    "true",
    "try",      "typeof",   "uint",      "ulong",  "unchecked", "unsafe",    "ushort",   "using",
    "virtual",  "void",     "volatile",  "while"};

std::string_view bare(std::string_view name) {
  if (name.starts_with('@')) name.remove_prefix(1);
  return name;
}

// What the lexer reads as exactly one name.
bool is_name(const std::string& text) {
  source::SourceMap sources;
  diagnostics::Diagnostics unwanted;
  const source::FileId file = sources.add("name", text);
  if (sources.file(file).text != text) return false;
  const syntax::Tokens read = syntax::lex(sources, file, {}, unwanted);
  return read.tokens.size() == 2 && read.tokens[0].kind == syntax::TokenKind::Identifier &&
         read.tokens[0].begin == 0 && read.tokens[0].end == text.size();
}

std::string_view kind_words(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::Contract: return "contract";
    case SymbolKind::Message: return "message";
    case SymbolKind::State: return "state";
  }
  UNREACHABLE("every kind has words");
}

// Who has the new name already, in a contract that sees the symbol; empty: nobody.
std::string clash(const sema::Index& index, sema::SymbolId id, std::string_view new_name) {
  if (index.symbols[id].kind == SymbolKind::Contract) return {};  // other contracts may share a simple name
  for (const sema::IndexedContract& contract : index.contracts) {
    if (std::find(contract.members.begin(), contract.members.end(), id) == contract.members.end()) continue;
    for (const sema::SymbolId other : contract.members) {
      const sema::Symbol& symbol = index.symbols[other];
      if (other != id && symbol.name == new_name)
        return fmt::format("contract {} has a {} {} already", contract.qualified_name,
                           kind_words(symbol.kind), symbol.name);
    }
  }
  return {};
}

}  // namespace

std::optional<Range> renameable(const Place& place) {
  const sema::Occurrence* here = place.occurrence();
  if (here == nullptr || !place.snapshot.index.symbols[here->symbol].declared) return std::nullopt;
  const bool by_alias =
      bare(place.snapshot.text(here->span)) != place.snapshot.index.symbols[here->symbol].name;
  return by_alias ? std::nullopt : std::optional(place.snapshot.range(here->span));
}

base::Expected<WorkspaceEdit, ResponseError> rename(const Place& place, const std::string& new_name) {
  const Snapshot& snapshot = place.snapshot;
  if (!renameable(place))
    return refuse(ErrorCode::RequestFailed, "there is no declared contract, message or state here");
  if (!is_name(new_name)) return refuse(ErrorCode::RequestFailed, "the new name is not a name");
  if (std::find(kWords.begin(), kWords.end(), new_name) != kWords.end())
    return refuse(ErrorCode::RequestFailed,
                  fmt::format("{0} is a word of the language; @{0} is a name", new_name));
  const sema::SymbolId id = place.occurrence()->symbol;
  const sema::Symbol& symbol = snapshot.index.symbols[id];
  if (const std::string taken = clash(snapshot.index, id, bare(new_name)); !taken.empty())
    return refuse(ErrorCode::RequestFailed, taken);
  WorkspaceEdit edit;
  for (const sema::Occurrence& o : sema::occurrences_of(snapshot.index, id)) {
    if (bare(snapshot.text(o.span)) != symbol.name) continue;  // through an alias, which stays
    FileEdits& file = edit[snapshot.uris[o.span.file.value]];
    file.version = snapshot.versions[o.span.file.value];
    file.edits.push_back({snapshot.range(o.span), new_name});
  }
  return edit;
}

bool same_meaning(const sema::Index& before, const sema::Index& after) {
  if (before.occurrences.size() != after.occurrences.size()) return false;
  std::map<sema::SymbolId, sema::SymbolId> forth, back;
  for (std::size_t i = 0; i < before.occurrences.size(); ++i) {
    const sema::Occurrence &a = before.occurrences[i], &b = after.occurrences[i];
    if (a.span.file != b.span.file || a.role != b.role) return false;
    if (forth.emplace(a.symbol, b.symbol).first->second != b.symbol) return false;
    if (back.emplace(b.symbol, a.symbol).first->second != a.symbol) return false;
  }
  return true;
}

}  // namespace singspin::lsp
