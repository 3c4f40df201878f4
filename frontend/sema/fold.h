// A resolved contract to its machine: section 8.1 of the language reference.
#pragma once

#include <cstddef>
#include <map>
#include <set>

#include "frontend/sema/resolved.h"

namespace singspin::sema {

// Folding stops beyond these; far above anything written by hand.
inline constexpr std::size_t kMaxStates = 100'000;
inline constexpr std::size_t kMaxPendingCalls = 64;
inline constexpr std::size_t kMaxPassed = 1000;           // states and groups on the way to one action
inline constexpr std::size_t kMaxInterleavings = 16;      // `all` inside `all`, reached by jumps
inline constexpr std::size_t kMaxExpansions = 3'000'000;  // states that only jump can double their ways
inline constexpr std::size_t kMaxWeight = 500'000;        // frames of all residuals together

struct Folded {
  bool complete = false;         // false: a limit was hit, the tables are useless
  bool passed_too_many = false;  // and that limit was kMaxPassed
  ir::StateId start;
  base::Table<ir::StateId, ir::State> states;
  base::Table<ir::TransitionId, ir::Transition> transitions;
  std::vector<ir::InlinedState> inlined;
  std::map<std::size_t, ir::StateId> entries;  // of the states asked for, those that are entries, by row
};

// States in which code may start both ends, as rows of Resolved::states (S5, 8.8).
struct Starts {
  std::set<std::size_t> created;     // named in `NewChannel`
  std::set<std::size_t> travelling;  // named in endpoint types: entries unless the initial state leads there
};

// `messages` gives each message name its row. The names of `contract` must all be declared.
Folded fold(const Resolved& contract, const std::unordered_map<std::string_view, ir::MessageId>& messages,
            const Starts& starts = {});

}  // namespace singspin::sema
