// What a counterexample says in words: which places are marked, why the run is stuck, which steps
// raced, how far the claim reaches.
// Promises: says only what the ending and the verdicts say; up to three names, more are counted.
// Knows the run and no layout.
#pragma once

#include <vector>

#include "reports/formats/terminal/excerpt.h"
#include "reports/formats/terminal/facts.h"
#include "reports/formats/terminal/run_view.h"

namespace singspin::terminal {

// The place the block points to comes first.
std::vector<Mark> ending_marks(const RunView& run);
// `stuck`, `never received`, `repeats`, `race`, `scope`.
std::vector<Fact> ending_facts(const RunView& run);

// `receives have priority in RUNNING`, for contracts with mixed states.
std::string priority_words(const ir::Contract& contract);

}  // namespace singspin::terminal
