#include "reports/lsp/workspace.h"

#include <algorithm>
#include <chrono>

#include "frontend/source/loader.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace singspin::lsp {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostEntries = 200'000;       // of folders; far above any tree with contracts
constexpr std::uintmax_t kLargestFile = 16u << 20;  // larger ones are read when they are opened
constexpr std::size_t kDeepest = 64;

bool is_source(const fs::path& path) { return path.extension() == ".sg" || path.extension() == ".cs"; }

void add_wanted(const syntax::QualifiedName& type, std::set<std::string>& wanted) {
  if (type.parts.size() < 2) return;
  const std::string_view end = type.parts.back().text;
  if (end == "Exp" || end == "Imp") wanted.emplace(type.parts[type.parts.size() - 2].text);
}

}  // namespace

std::string canonical(const std::string& path) {
  std::error_code error;
  const fs::path result = fs::weakly_canonical(path, error);
  return error ? path : result.string();
}

std::string folder_around(const std::string& path) { return fs::path(path).parent_path().string(); }

void Workspace::set_folders(std::vector<std::string> folders) {
  *this = Workspace();
  for (std::string& folder : folders) folders_.push_back(canonical(folder));
  std::error_code error;
  for (const std::string& folder : folders_) {
    fs::directory_iterator it(folder, error);
    if (!error) walk_.push_back(std::move(it));
  }
}

bool Workspace::scan(double seconds) {
  const auto start = std::chrono::steady_clock::now();
  const fs::directory_iterator end;
  grown_ = false;
  std::error_code error;
  while (!walk_.empty()) {
    if (std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() > seconds) break;
    if (walk_.back() == end || entries_ > kMostEntries) {
      walk_.pop_back();
      continue;
    }
    const fs::path path = walk_.back()->path();
    walk_.back().increment(error);
    if (error) walk_.pop_back();
    ++entries_;
    if (path.filename().string().starts_with('.')) continue;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_directory(status) && walk_.size() < kDeepest) {
      fs::directory_iterator inside(path, error);
      if (!error) walk_.push_back(std::move(inside));
    } else if (is_source(path) && fs::is_regular_file(fs::status(path, error))) {
      read(path.string());
    }
  }
  return grown_;
}

// Names are read without preprocessor symbols: a file named in vain costs time, not truth.
void Workspace::read(const std::string& path) {
  std::set<std::string> names;
  std::error_code error;
  if (fs::file_size(path, error) <= kLargestFile && !error) {
    const auto raw = source::read_file(path);
    if (raw && raw->find("contract") != std::string::npos) {
      source::SourceMap sources;
      diagnostics::Diagnostics unwanted;
      const source::FileId id = sources.add(path, *raw);
      const syntax::Tokens tokens = syntax::lex(sources, id, {}, unwanted);
      names = declared_names(syntax::parse(sources, id, tokens.tokens, unwanted));
    }
  }
  set_names(path, std::move(names));
}

void Workspace::refresh(const std::string& path) {
  if (is_source(path)) read(path);
}

bool Workspace::set_names(const std::string& path, std::set<std::string> names) {
  const auto known = names_.find(path);
  if (known == names_.end() ? names.empty() : known->second == names) return false;
  if (known != names_.end()) {
    for (const std::string& name : known->second) paths_[name].erase(path);
    names_.erase(known);
  }
  if (names.empty()) return true;
  grown_ = true;
  for (const std::string& name : names) paths_[name].insert(path);
  names_.emplace(path, std::move(names));
  return true;
}

std::vector<std::string> Workspace::declaring(const std::string& name) const {
  const auto found = paths_.find(name);
  if (found == paths_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::vector<std::string> Workspace::files() const {
  std::vector<std::string> result;
  for (const auto& [path, names] : names_) result.push_back(path);
  return result;
}

std::string Workspace::folder_of(const std::string& path) const {
  std::string best;
  for (const std::string& folder : folders_) {
    const bool around = path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
    if (around && folder.size() > best.size()) best = folder;
  }
  return best;
}

std::set<std::string> declared_names(const syntax::File& file) {
  std::set<std::string> names;
  for (const syntax::Contract& c : file.contracts) names.emplace(c.name.text);
  return names;
}

std::set<std::string> missing_names(const std::vector<syntax::File>& files) {
  std::set<std::string> declared, wanted;
  for (const syntax::File& file : files) {
    declared.merge(declared_names(file));
    for (const syntax::Contract& c : file.contracts) {
      if (c.base) wanted.emplace(c.base->parts.back().text);
      for (const syntax::Message& m : c.messages) {
        for (const syntax::Parameter& p : m.parameters) add_wanted(p.type.name, wanted);
      }
    }
  }
  for (const std::string& name : declared) wanted.erase(name);
  return wanted;
}

}  // namespace singspin::lsp
