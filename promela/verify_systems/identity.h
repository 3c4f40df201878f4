// Which line of a system's model a statement of the generated verifier is, by the order in which SPIN
// numbered the statements, checked against text and line; and trails as steps of the interpreter.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "frontend/base/expected.h"
#include "frontend/explore/configuration.h"
#include "promela/spin/statements.h"
#include "promela/spin/trail.h"
#include "promela/systems/emit.h"

namespace singspin::verify {

struct LineOf {
  std::size_t process = 0;  // of PrintedSystem::processes
  std::size_t line = 0;     // of its lines
};

struct SystemIdentity {
  std::map<std::int64_t, LineOf> by_trail_id;
  std::map<unsigned, LineOf> by_move;  // the numbers of peg counts
};

base::Expected<SystemIdentity> identify(const systems::PrintedSystem& printed,
                                        const std::map<std::int64_t, spin::Statement>& statements);

// The steps that a trail names; those of the process `watch` end it. Breadth-first trails may end in one
// record that was never executed: if it is no statement of the model it is dropped.
base::Expected<std::vector<explore::Step>> candidate_steps(const systems::PrintedSystem& printed,
                                                           const SystemIdentity& identity,
                                                           const spin::Trail& trail);

}  // namespace singspin::verify
