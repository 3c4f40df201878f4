#include "frontend/project/reader.h"

#include <algorithm>
#include <filesystem>

#include "frontend/source/loader.h"

namespace singspin::project {

namespace {

bool is_utf16(std::string_view raw) { return raw.starts_with("\xff\xfe") || raw.starts_with("\xfe\xff"); }

// `NewChannel` may start a contract in another state, so code counts as well.
bool may_matter(std::string_view text) {
  return text.find("contract") != std::string_view::npos || text.find("NewChannel") != std::string_view::npos;
}

syntax::Symbols common(const syntax::Symbols& a, const syntax::Symbols& b) {
  syntax::Symbols result;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(result, result.end()));
  return result;
}

}  // namespace

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
  if (!wanted && !may_matter(text)) return {};
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

ReadingId Reader::read(source::FileId file, const syntax::Symbols& symbols) {
  std::vector<ReadingId>& known = by_file_[file];
  // What a file means depends on the symbols that it asked for and on no others.
  for (const ReadingId id : known) {
    if (common(readings_[id].tested, symbols) == readings_[id].defined) return id;
  }
  Reading reading;
  diagnostics::Diagnostics diagnostics;
  syntax::Tokens tokens = syntax::lex(sources_, file, symbols, diagnostics);
  reading.tree = syntax::parse(sources_, file, tokens.tokens, diagnostics);
  reading.tokens = std::move(tokens.tokens);
  reading.directives = std::move(tokens.directives);
  reading.defined = common(tokens.tested_symbols, symbols);
  reading.tested = std::move(tokens.tested_symbols);
  reading.diagnostics = std::move(diagnostics.list());
  const ReadingId id = readings_.add(std::move(reading));
  known.push_back(id);
  return id;
}

}  // namespace singspin::project
