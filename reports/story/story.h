// What happens in a run, in English sentences, the same in every output.
// Promises: pure; says only what the step and the contract say; names come out as they are, so whoever prints
// them cleans them. Knows runs and no formats.
#pragma once

#include <string>

#include "frontend/ir/ir.h"
#include "reports/report/system_run.h"

namespace singspin::story {

// A step: who does what, and why it was allowed. Both stand alone.
struct Sentence {
  std::string what;  // `The importer sends Print.`
  std::string why;   // `In IDLE it may send GetStatus or Print.`
};

Sentence tell(const ir::Contract& contract, ir::TransitionId transition, ir::Role actor);
Sentence tell(const explore::Interpreter& interpreter, const report::ToldStep& step);

// `a, b or c`.
std::string alternatives(const std::vector<std::string>& names);

}  // namespace singspin::story
