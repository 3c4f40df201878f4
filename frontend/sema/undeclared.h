// Names that a contract uses and nobody declares, and what they may have been meant to be.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/sema/resolved.h"

namespace singspin::sema {

// Adds "a declared name is similar" with its edits. Only the first mistakes of a run get one: whoever
// has more of them has not mistyped a name, and the search would cost too much.
class Suggestions {
 public:
  // Similar states for `name`, written at each of `uses`.
  void state(diagnostics::Diagnostic& d, std::string_view name, const std::vector<source::Span>& uses,
             const Resolved& contract);
  // Similar messages, those of the direction of `sign` first. Gives the name proposed, empty if none.
  std::string_view message(diagnostics::Diagnostic& d, std::string_view name,
                           const std::vector<source::Span>& uses, ir::Sign sign, const Resolved& contract);

 private:
  bool any_left() { return left_ > 0 && left_-- > 0; }
  std::size_t left_ = 500;
};

// Reports each name once, at its first use. Undeclared states are added to `contract` (S9), actions of
// undeclared messages are kept in it. If its base is not loaded, nothing is reported: it may declare them.
void find_undeclared(const Names& names, Resolved& contract, Suggestions& suggestions,
                     diagnostics::Diagnostics& diagnostics);

}  // namespace singspin::sema
