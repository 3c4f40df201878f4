// What happens in a run, in English sentences, the same in every output.
// Promises: pure; says only what the step and the contract say; names come out as they are, so whoever prints
// them cleans them. Knows runs and no formats.
#pragma once

#include <string>
#include <vector>

#include "frontend/exec/exec.h"
#include "reports/report/system_run.h"

namespace singspin::story {

// A step: who does what, and why it was allowed. Both stand alone; the second may be empty.
struct Sentence {
  std::string what;  // `The importer sends Print.`
  std::string why;   // `In IDLE it may send Print as well as GetStatus.`
};

Sentence tell(const ir::Contract& contract, ir::TransitionId transition, ir::Role actor);
Sentence tell(const explore::Interpreter& interpreter, const report::ToldStep& step);

// A whole run, numbered from 1; of a long one the beginning and the end.
std::vector<std::string> tell(const ir::Contract& contract, const exec::Trace& trace);
std::vector<std::string> tell(const explore::Interpreter& interpreter, const explore::Run& run);

}  // namespace singspin::story
