// Proof that a queue grows without end although no cycle of sends is to blame (section 8.5 of the
// language reference: a mixed contract can obey the cycle rule and still grow).
#pragma once

#include <optional>
#include <string>

#include "frontend/exec/explore.h"

namespace singspin::exec {

struct Growth {
  Trace run;                 // to the end of the second round, executed
  std::uint32_t start = 0;   // 0-based step at which the first round begins
  std::uint32_t length = 0;  // steps of a round
};

// A run of the free reading whose last steps can be repeated for ever and leave more messages each time.
// Theorem: let steps lead from (e, i, p, q) to (e, i, p', q') with p' and q' at least as long as p and q
// and one of them longer. Per queue, let s be what the steps send into it, r what they receive from it,
// and x what it held. If r is empty, or the infinite words x s s s ... and r r r ... are the same, the
// steps can be repeated for ever.
// Proof: states and sends do not look at queues (the free reading). The k-th round receives from the
// letters of x s^k from k|r| on, so it needs r there, which the equation says; and it never waits for a
// letter, since at the same step of the first round the queue was not empty and it is no shorter now.
// nullopt: none was found within the budget, and nothing is said.
std::optional<Growth> find_growth(const ir::Contract&, ir::StateId entry, const Budget&);

// `E!Poll I!Put E?Put, after 3 steps`, in the notation of section 8.2.
std::string round_words(const ir::Contract&, const Growth&);

}  // namespace singspin::exec
