// Visiting the steps of sequences, groups included.
#pragma once

#include "frontend/syntax/ast.h"

namespace singspin::sema {

// Calls `visit(step, is_last, depth)` for every step in textual order. `is_last` means nothing
// follows the step on its way through the sequence and the groups around it.
template <class Visit>
void walk_steps(const syntax::Sequence& sequence, const Visit& visit, bool nothing_follows = true) {
  for (std::size_t i = 0; i < sequence.steps.size(); ++i) {
    const bool last = nothing_follows && i + 1 == sequence.steps.size();
    visit(sequence.steps[i], last);
    if (const auto* group = std::get_if<syntax::Group>(&sequence.steps[i])) {
      for (const syntax::Sequence& alternative : group->alternatives) walk_steps(alternative, visit, last);
    }
  }
}

}  // namespace singspin::sema
