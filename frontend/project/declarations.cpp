#include "frontend/project/declarations.h"

#include <algorithm>
#include <filesystem>

#include "frontend/source/loader.h"

namespace singspin::project {

namespace fs = std::filesystem;

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

// Beyond this much white space and comments nobody looks for a name.
constexpr std::size_t kWindow = 4096;

// White space and comments in front of a name.
std::string_view skip_blank(std::string_view text) {
  text = text.substr(0, kWindow);
  for (;;) {
    std::size_t skip = 0;
    while (skip < text.size() && is_space(text[skip])) ++skip;
    text.remove_prefix(skip);
    if (text.starts_with("//")) text.remove_prefix(std::min(text.find('\n'), text.size()));
    else if (text.starts_with("/*")) text.remove_prefix(std::min(text.find("*/", 2), text.size() - 2) + 2);
    else return text;
  }
}

constexpr std::string_view kWord = "contract";

}  // namespace

std::vector<std::string> declared_names(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; (at = text.find(kWord, at)) != std::string_view::npos;) {
    const bool starts = at == 0 || !is_letter(text[at - 1]);
    at += kWord.size();
    std::string_view name = skip_blank(text.substr(at));
    if (!starts || name.data() == text.data() + at) continue;
    if (name.starts_with('@')) name.remove_prefix(1);
    const auto end = std::find_if_not(name.begin(), name.end(), is_letter);
    if (end != name.begin()) names.emplace_back(name.begin(), end);
  }
  return names;
}

const std::set<std::string>& DeclarationIndex::names_of(const std::string& path) {
  const auto [at, added] = by_file_.try_emplace(Disk::canonical(path));
  if (!added) return at->second;
  const auto raw = disk_.read(path);
  if (!raw) return at->second;
  const bool utf16 = (*raw)->starts_with("\xff\xfe") || (*raw)->starts_with("\xfe\xff");
  const auto names = utf16 ? declared_names(source::decode_text(**raw)) : declared_names(**raw);
  at->second.insert(names.begin(), names.end());
  return at->second;
}

void DeclarationIndex::add(Names& names, const std::string& path) {
  for (const std::string& name : names_of(path)) names[name].push_back(path);
}

bool DeclarationIndex::declares(const std::string& path, const std::string& name) {
  return names_of(path).contains(name);
}

std::vector<std::string> DeclarationIndex::in_folder(const std::string& folder, const std::string& name) {
  const auto [at, added] = by_folder_.try_emplace(folder);
  if (added) {
    for (const FolderEntry& entry : disk_.list(folder)) {
      const bool source = entry.name.ends_with(".sg") || entry.name.ends_with(".cs");
      if (entry.is_file && source && !entry.name.starts_with('.'))
        add(at->second, (fs::path(folder) / entry.name).lexically_normal().string());
    }
  }
  const auto found = at->second.find(name);
  return found == at->second.end() ? std::vector<std::string>{} : found->second;
}

std::vector<std::string> DeclarationIndex::below_folder(const std::string& folder, const std::string& name) {
  const auto [at, added] = below_folder_.try_emplace(folder);
  if (added) {
    for (const std::string& path : source::list_sources({folder}).paths) add(at->second, path);
  }
  const auto found = at->second.find(name);
  return found == at->second.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace singspin::project
