#include "frontend/sema/names.h"

#include <algorithm>

namespace singspin::sema {

std::string join(std::span<const syntax::Name> parts) {
  std::string out;
  for (const syntax::Name& part : parts) {
    if (!out.empty()) out += '.';
    out += part.text;
  }
  return out;
}

namespace {

std::string prefixed(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "." + name;
}

// Scopes from `scope` outwards, the file last.
std::vector<syntax::ScopeId> scope_chain(const syntax::File& file, syntax::ScopeId scope) {
  std::vector<syntax::ScopeId> chain{scope};
  while (file.scopes[chain.back()].parent) chain.push_back(*file.scopes[chain.back()].parent);
  return chain;
}

std::vector<std::string_view> folders(const syntax::File& file, const source::SourceMap& sources) {
  std::vector<std::string_view> result;
  std::string_view path = sources.file(file.id).path;
  for (std::size_t slash; (slash = path.find('/')) != std::string_view::npos; path.remove_prefix(slash + 1)) {
    result.push_back(path.substr(0, slash));
  }
  return result;
}

// Steps from the folder of one file to that of the other.
std::size_t distance(const syntax::File& a, const syntax::File& b, const source::SourceMap& sources) {
  const std::vector<std::string_view> x = folders(a, sources), y = folders(b, sources);
  const auto [in_x, in_y] = std::mismatch(x.begin(), x.end(), y.begin(), y.end());
  return static_cast<std::size_t>((x.end() - in_x) + (y.end() - in_y));
}

}  // namespace

std::string scope_name(const syntax::File& file, syntax::ScopeId scope) {
  const std::vector<syntax::ScopeId> chain = scope_chain(file, scope);
  std::string name;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) name = prefixed(name, join(file.scopes[*it].name));
  return !name.empty() && name.back() == '.' ? name.substr(0, name.size() - 1) : name;
}

Names::Names(std::span<const syntax::File> files, Compilations compilations)
    : files_(files), compilations_(std::move(compilations)) {
  for (const syntax::File& file : files) {
    for (const syntax::Contract& contract : file.contracts) {
      std::string name = prefixed(scope_name(file, contract.scope), std::string(contract.name.text));
      const DeclarationId id = declarations_.add({&file, &contract, name});
      by_name_[std::move(name)].push_back(id);
      by_simple_name_[std::string(contract.name.text)].push_back(id);
    }
    for (const syntax::ScopeId scope : file.scopes.ids()) {
      for (const syntax::Alias& alias : file.scopes[scope].aliases)
        aliases_[{&file, scope}][alias.name.text].insert(join(alias.target.parts));
      for (const syntax::QualifiedName& use : file.scopes[scope].usings) {
        auto& used = used_[{&file, scope}];
        used.insert(join(use.parts));
        used.insert(prefixed(scope_name(file, scope), join(use.parts)));
      }
    }
  }
}

std::size_t Names::compilation(const syntax::File& file) const {
  return compilations_.of_file.empty()
             ? 0
             : compilations_.of_file[static_cast<std::size_t>(&file - files_.data())];
}

bool Names::sees(const syntax::File& from, DeclarationId id) const {
  const std::size_t a = compilation(from), b = compilation(*declarations_[id].file);
  return a == b || compilations_.sees[a][b];
}

// What a compilation declares itself hides what it refers to.
std::vector<DeclarationId> Names::visible(const syntax::File& from,
                                          const std::vector<DeclarationId>& all) const {
  if (compilations_.of_file.empty()) return all;
  std::vector<DeclarationId> own, seen;
  for (const DeclarationId id : all) {
    if (compilation(*declarations_[id].file) == compilation(from)) own.push_back(id);
    else if (sees(from, id)) seen.push_back(id);
  }
  return own.empty() ? seen : own;
}

std::vector<DeclarationId> Names::by_qualified_name(const syntax::File& from, const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::vector<DeclarationId>{} : visible(from, found->second);
}

const std::set<std::string>& Names::targets_of(const syntax::File& file, syntax::ScopeId scope,
                                               std::string_view alias) const {
  static const std::set<std::string> kNone;
  const auto known = aliases_.find({&file, scope});
  if (known == aliases_.end()) return kNone;
  const auto found = known->second.find(alias);
  return found == known->second.end() ? kNone : found->second;
}

// What `parts` means directly inside one scope: members of the scope and its enclosing name, then
// its using directives and aliases.
std::vector<DeclarationId> Names::in_scope(const syntax::File& file, syntax::ScopeId scope,
                                           std::span<const syntax::Name> parts) const {
  const std::string prefix = scope_name(file, scope);
  const std::string name = join(parts);
  // A namespace `A.B` is two scopes: names of A are visible inside too.
  for (std::string around = prefix;;) {
    if (auto found = by_qualified_name(file, prefixed(around, name)); !found.empty()) return found;
    const std::size_t dot = around.rfind('.');
    if (dot == std::string::npos) break;
    around.resize(dot);
  }
  std::vector<DeclarationId> all;
  const auto add = [&](const std::string& candidate) {
    for (const DeclarationId id : by_qualified_name(file, candidate)) {
      if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
    }
  };
  for (const std::string& target : targets_of(file, scope, parts.front().text))
    add(parts.size() == 1 ? target : prefixed(target, join(parts.subspan(1))));
  for (const DeclarationId id : in_used(file, scope, name)) {
    if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
  }
  return all;
}

// Goes through the contracts of the simple name, not through the directives: there may be many of both, but
// the directives are in a set.
std::vector<DeclarationId> Names::in_used(const syntax::File& file, syntax::ScopeId scope,
                                          const std::string& name) const {
  std::set<std::string_view> whole_names;
  std::vector<DeclarationId> found;
  const auto used = used_.find({&file, scope});
  const auto same = by_simple_name_.find(std::string_view(name).substr(name.rfind('.') + 1));
  if (used == used_.end() || same == by_simple_name_.end()) return found;
  for (const DeclarationId id : same->second) {
    const std::string& whole = declarations_[id].qualified_name;
    if (whole.size() <= name.size() || !whole.ends_with(name)) continue;
    const std::size_t dot = whole.size() - name.size() - 1;
    if (whole[dot] != '.' || !used->second.contains(whole.substr(0, dot))) continue;
    if (!whole_names.insert(whole).second) continue;
    for (const DeclarationId seen : by_qualified_name(file, whole)) found.push_back(seen);
  }
  return found;
}

Resolution Names::resolve(const syntax::File& file, syntax::ScopeId scope,
                          std::span<const syntax::Name> parts, const source::SourceMap& sources) const {
  std::vector<DeclarationId> found;
  for (const syntax::ScopeId s : scope_chain(file, scope)) {
    found = in_scope(file, s, parts);
    if (!found.empty()) break;
  }
  if (found.empty()) found = by_qualified_name(file, join(parts));
  if (found.empty() && parts.size() == 1) {
    const auto simple = by_simple_name_.find(parts.front().text);
    if (simple != by_simple_name_.end()) found = visible(file, simple->second);
  }
  if (found.size() <= 1) return {found};
  // One file that declares a contract twice is wrong there; whoever names it means the first one.
  std::erase_if(found, [&, first = found.front()](DeclarationId id) {
    return id != first && declarations_[id].file == declarations_[first].file &&
           declarations_[id].qualified_name == declarations_[first].qualified_name;
  });
  if (found.size() == 1) return {found};
  // The same name in several programs: this file comes first, then the nearest folder.
  std::vector<DeclarationId> near;
  std::size_t nearest = std::string::npos;
  for (const DeclarationId id : found) {
    const syntax::File& other = *declarations_[id].file;
    const std::size_t away = &other == &file ? 0 : 1 + distance(other, file, sources);
    if (away < nearest) near.clear();
    nearest = std::min(nearest, away);
    if (away == nearest) near.push_back(id);
  }
  return {near.size() == 1 ? near : found};
}

}  // namespace singspin::sema
