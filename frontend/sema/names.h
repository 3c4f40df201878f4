// Which contract a name means (section 6 of the language reference): the enclosing scopes from the
// inside out, their using directives and aliases, then a unique simple name among all files.
// Knows declarations and scopes, nothing of messages and states.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "frontend/syntax/ast.h"

namespace singspin::sema {

// A contract declaration of the run: file and row in its `contracts`.
struct Declaration {
  const syntax::File* file = nullptr;
  const syntax::Contract* contract = nullptr;
  std::string qualified_name;
};
using DeclarationId = base::Id<struct DeclarationTag>;

// Names are scoped by compilation. Empty: all files belong to one.
struct Compilations {
  std::vector<std::size_t> of_file;     // by row of the files
  std::vector<std::vector<bool>> sees;  // sees[a][b]: contracts of b have names in a
};

struct Resolution {
  std::vector<DeclarationId> found;  // one: resolved; none: missing; several: ambiguous
};

class Names {
 public:
  // The files must outlive this object.
  explicit Names(std::span<const syntax::File> files, Compilations compilations = {});

  const base::Table<DeclarationId, Declaration>& declarations() const { return declarations_; }
  // `parts` as seen from `scope` of `file`. Candidates of the same folder are preferred to others.
  Resolution resolve(const syntax::File& file, syntax::ScopeId scope, std::span<const syntax::Name> parts,
                     const source::SourceMap& sources) const;

 private:
  std::vector<DeclarationId> by_qualified_name(const syntax::File& from, const std::string& name) const;
  // Directly inside one scope, through its using directives.
  std::vector<DeclarationId> in_used(const syntax::File& file, syntax::ScopeId scope,
                                     const std::string& name) const;
  // What an alias of this scope stands for, as written; several if it is declared several times.
  const std::set<std::string>& targets_of(const syntax::File& file, syntax::ScopeId scope,
                                          std::string_view alias) const;
  std::vector<DeclarationId> in_scope(const syntax::File& file, syntax::ScopeId scope,
                                      std::span<const syntax::Name> parts) const;

  std::size_t compilation(const syntax::File& file) const;
  bool sees(const syntax::File& from, DeclarationId id) const;
  std::vector<DeclarationId> visible(const syntax::File& from, const std::vector<DeclarationId>& all) const;

  std::span<const syntax::File> files_;
  Compilations compilations_;
  base::Table<DeclarationId, Declaration> declarations_;
  std::map<std::string, std::vector<DeclarationId>, std::less<>> by_name_;  // qualified
  std::map<std::string, std::vector<DeclarationId>, std::less<>> by_simple_name_;
  // What `using` brings in, as written and below the scope's own name.
  using ScopeKey = std::pair<const syntax::File*, syntax::ScopeId>;
  std::map<ScopeKey, std::unordered_set<std::string>> used_;
  std::map<ScopeKey, std::unordered_map<std::string_view, std::set<std::string>>> aliases_;
};

// `Sample.Gate.GateTest` for a scope inside namespaces and classes; empty for the file itself.
std::string scope_name(const syntax::File& file, syntax::ScopeId scope);
std::string join(std::span<const syntax::Name> parts);

}  // namespace singspin::sema
