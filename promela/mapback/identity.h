// Which IR row a statement of the generated verifier is: by the order in which SPIN numbered the
// statements of each process, checked against their text and line. Never a search in text.
#pragma once

#include <cstdint>
#include <map>

#include "frontend/base/expected.h"
#include "promela/print/print.h"
#include "promela/print/tables.h"
#include "promela/spin/statements.h"

namespace singspin::mapback {

struct Identity {
  std::map<std::int64_t, pml::Origin> by_trail_id;
  std::map<unsigned, pml::Origin> by_move;  // the numbers of peg counts
  pml::BlockOfState blocks;
};

// An error names the first statement that is not where it was printed.
base::Expected<Identity> identify(const pml::Printed& printed,
                                  const std::map<std::int64_t, spin::Statement>& statements);

}  // namespace singspin::mapback
