#include "frontend/project/reader.h"

#include <algorithm>
#include <filesystem>

#include "frontend/annotation/anchoring.h"
#include "frontend/annotation/parser.h"
#include "frontend/source/loader.h"

namespace singspin::project {

namespace {

bool is_utf16(std::string_view raw) { return raw.starts_with("\xff\xfe") || raw.starts_with("\xfe\xff"); }

enum class FileKind : std::uint8_t { Annotations, Contracts, Code, Checks };
FileKind kind_of(std::string_view path) {
  if (path.ends_with(".drv")) return FileKind::Annotations;
  if (path.ends_with(".check")) return FileKind::Checks;
  return path.ends_with(".sg") || path.ends_with(".cs") ? FileKind::Contracts : FileKind::Code;
}

// Folders give these for their annotations; a project may list contracts under any other ending.
bool is_c_like(std::string_view path) {
  constexpr std::string_view kEndings[] = {".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".rs"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view e) { return path.ends_with(e); });
}

// `NewChannel` may start a contract in another state, so code counts as well.
bool may_matter(std::string_view path, std::string_view text) {
  switch (kind_of(path)) {
    case FileKind::Annotations:
    case FileKind::Checks: return true;
    case FileKind::Code:
      if (carrier::has_annotations(text)) return true;
      if (is_c_like(path)) return false;
      break;
    case FileKind::Contracts:
      if (carrier::may_have_annotations(text)) return true;
      break;
  }
  return text.find("contract") != std::string_view::npos || text.find("NewChannel") != std::string_view::npos;
}

syntax::Symbols common(const syntax::Symbols& a, const syntax::Symbols& b) {
  syntax::Symbols result;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(result, result.end()));
  return result;
}

// Between the braces of a contract annotations are checks of that contract (frontend/claims).
void leave_checks(const syntax::File& tree, carrier::Carrier& carrier) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
  std::string& text = carrier.annotations;
  for (const syntax::Contract& c : tree.contracts) {
    for (std::size_t i = c.body.begin; i < std::min<std::size_t>(c.body.end, text.size()); ++i) {
      if (!is_blank(text[i])) text[i] = ' ';
    }
  }
  carrier.any = !std::all_of(text.begin(), text.end(), is_blank);
}

}  // namespace

carrier::Definitions values_of(const std::vector<std::string>& defines) {
  carrier::Definitions values;
  for (const std::string& define : defines) {
    const std::size_t equals = define.find('=');
    values[define.substr(0, equals)] = equals == std::string::npos ? "1" : define.substr(equals + 1);
  }
  return values;
}

bool is_contract_file(std::string_view path) { return kind_of(path) == FileKind::Contracts; }

std::string Reader::shown(const std::string& path) const { return source::shown_path(path, root_); }

Reader::Opened Reader::open(const std::string& path, bool wanted) {
  const std::string key = Disk::canonical(path);
  if (const auto known = files_.find(key); known != files_.end()) return {known->second, {}, false};
  const auto raw = disk_.read(path);
  if (!raw) return {std::nullopt, raw.error().message, false};
  const std::string_view bytes = **raw;
  std::string decoded;
  if (is_utf16(bytes)) decoded = source::decode_text(bytes);
  const std::string_view text = is_utf16(bytes) ? std::string_view(decoded) : bytes;
  if (!wanted && !may_matter(path, text)) return {};
  if (text.find('\0') != std::string_view::npos) return {std::nullopt, "it is not a text file", true};
  const source::FileId id = sources_.add(shown(path), bytes);
  files_.emplace(key, id);
  paths_.push_back(path);
  return {id, {}, false};
}

source::FileId Reader::add_text(const std::string& path) {
  const std::string key = Disk::canonical(path);
  if (const auto known = files_.find(key); known != files_.end()) return known->second;
  const auto raw = disk_.read(path);
  const source::FileId id = sources_.add(shown(path), raw ? std::string_view(**raw) : std::string_view());
  files_.emplace(key, id);
  paths_.push_back(path);
  return id;
}

source::FileId Reader::add_built_in(const std::string& name, std::string_view text) {
  paths_.push_back(name);
  return sources_.add(name, text);
}

carrier::Definitions Reader::definitions(const syntax::Symbols& symbols) const {
  carrier::Definitions result;
  for (const std::string& symbol : symbols) {
    const auto value = values_.find(symbol);
    result[symbol] = value == values_.end() ? "1" : value->second;
  }
  return result;
}

// What a file means depends on the symbols that it asked for and on no others.
bool Reader::fits(const Reading& reading, const syntax::Symbols& symbols) const {
  if (common(reading.tested, symbols) != reading.defined) return false;
  return std::all_of(reading.annotation_tested.begin(), reading.annotation_tested.end(),
                     [&](const std::string& name) {
                       return reading.annotation_values.contains(name) == symbols.contains(name);
                     });
}

void Reader::read_contracts(source::FileId file, const syntax::Symbols& symbols, Reading& reading,
                            diagnostics::Diagnostics& diagnostics) {
  syntax::Tokens tokens = syntax::lex(sources_, file, symbols, diagnostics);
  reading.tree = syntax::parse(sources_, file, tokens.tokens, diagnostics);
  reading.tokens = std::move(tokens.tokens);
  reading.directives = std::move(tokens.directives);
  reading.defined = common(tokens.tested_symbols, symbols);
  reading.tested = std::move(tokens.tested_symbols);
}

// Contracts in annotations are contracts like any others.
void Reader::read_annotations(source::FileId file, const carrier::Carrier& carrier,
                              const syntax::Symbols& symbols, Reading& reading,
                              diagnostics::Diagnostics& diagnostics) {
  const carrier::Definitions known = definitions(symbols);
  const std::string text =
      carrier::select_variant(carrier.annotations, file, known, reading.annotation_tested, diagnostics);
  for (const std::string& name : reading.annotation_tested) {
    if (const auto value = known.find(name); value != known.end()) reading.annotation_values.insert(*value);
  }
  syntax::Tokens tokens = syntax::lex_masked(text, file, diagnostics);
  annotation::Parsed parsed = annotation::parse(sources_, file, tokens.tokens, diagnostics);
  reading.annotations = std::move(parsed.file);
  annotation::check_anchors(*reading.annotations, carrier, sources_, diagnostics);
  syntax::File contracts = syntax::parse(sources_, file, parsed.contracts, diagnostics);
  if (reading.tree.scopes.empty()) {
    reading.tree = std::move(contracts);
    reading.tokens = std::move(tokens.tokens);
    return;
  }
  // Annotations stand outside of all namespaces and classes of the code.
  for (syntax::Contract& c : contracts.contracts) reading.tree.contracts.push_back(std::move(c));
  std::stable_sort(
      reading.tree.contracts.begin(), reading.tree.contracts.end(),
      [](const syntax::Contract& a, const syntax::Contract& b) { return a.span.begin < b.span.begin; });
}

// To everything else it is an empty file.
ReadingId Reader::read_checks(source::FileId file, diagnostics::Diagnostics& diagnostics) {
  Reading reading;
  reading.checks = claims::read_file(sources_, file, diagnostics);
  reading.tokens =
      syntax::lex_masked(std::string(sources_.file(file).text.size(), ' '), file, diagnostics).tokens;
  reading.tree = syntax::parse(sources_, file, reading.tokens, diagnostics);
  reading.diagnostics = std::move(diagnostics.list());
  return readings_.add(std::move(reading));
}

ReadingId Reader::read(source::FileId file, const syntax::Symbols& symbols) {
  std::vector<ReadingId>& known = by_file_[file];
  for (const ReadingId id : known) {
    if (fits(readings_[id], symbols)) return id;
  }
  Reading reading;
  diagnostics::Diagnostics diagnostics;
  const FileKind kind = kind_of(sources_.file(file).path);
  if (kind == FileKind::Checks) return known.emplace_back(read_checks(file, diagnostics));
  const bool stands_alone = kind == FileKind::Annotations;
  carrier::Carrier carrier;
  if (stands_alone || carrier::may_have_annotations(sources_.file(file).text))
    carrier = carrier::split(sources_, file,
                             stands_alone ? carrier::Kind::StandAlone : carrier::Kind::Comments, diagnostics);
  if (kind == FileKind::Contracts || !carrier.any) read_contracts(file, symbols, reading, diagnostics);
  if (kind == FileKind::Contracts && carrier.any) leave_checks(reading.tree, carrier);
  if (carrier.any) read_annotations(file, carrier, symbols, reading, diagnostics);
  reading.diagnostics = std::move(diagnostics.list());
  const ReadingId id = readings_.add(std::move(reading));
  known.push_back(id);
  return id;
}

}  // namespace singspin::project
