// The conditional sections of one file: which of them can change a contract, and which branches a set
// of symbols selects. Knows directives, brackets and a few words, no grammar.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/syntax/ast.h"
#include "frontend/syntax/preprocessor.h"

namespace singspin::project {

class Sections {
 public:
  // `directives` of any reading of the file; a section that hides some of them from other readings is
  // noticed by who compares.
  Sections(std::string_view text, const std::vector<syntax::Directive>& directives);

  // Sections that touch a contract or an entry of this reading matter, and so does whatever decides them.
  void mark_places(const syntax::File& tree);
  // Sections whose conditions ask for the symbol matter.
  void mark_symbol(std::string_view name);

  // The first section that matters; absent: no symbol changes a contract.
  std::optional<source::Span> first() const;
  // What only conditions of sections ask for that do not matter.
  std::set<std::string> idle_symbols() const;

  // `matters`: a section that matters depends on the answer.
  using IsDefined = std::function<bool(std::string_view name, bool matters)>;
  // The directives that open the live branches of sections that matter: what tells two readings apart.
  std::vector<std::size_t> select(const IsDefined& is_defined) const;
  std::size_t size() const { return directives_.size(); }
  // How many sections matter.
  std::size_t mattering() const;

 private:
  struct Chain {        // from `#if` to `#endif`
    std::size_t first;  // its #if
    source::Span span;
    std::optional<std::size_t> parent;
    bool matters = false;
    bool settled = false;  // what decides it matters too
    syntax::Symbols asked;
  };
  void find_chains(std::string_view text);
  void judge_text(std::string_view text);
  void settle();

  std::vector<syntax::Directive> directives_;
  std::vector<std::optional<std::size_t>> chain_of_;  // by directive: its own or the innermost around it
  std::vector<Chain> chains_;
  std::map<std::string_view, std::vector<std::size_t>>
      definers_;  // chains by what they define, until settled
};

}  // namespace singspin::project
