// The identity table: which statement a transition id of a trail names.
// Promises: read from the files spin wrote for exactly this model, without running pan; an unexpected
// form is an error, never a guess. Does not know what the statements mean.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "frontend/base/expected.h"

namespace singspin::spin {

struct Statement {
  unsigned proctype = 0;
  unsigned state = 0;
  unsigned line = 0;  // of the Promela text
  std::string text;   // as SPIN spells it
  unsigned move = 0;  // pan's number for the C code, which peg counts use
  bool operator==(const Statement&) const = default;
};

// `pan_t` holds the transition tables, `pan_c` the line of every state. A selection has the text "IF"
// or "DO"; trails name its options instead.
base::Expected<std::map<std::int64_t, Statement>> read_statements(std::string_view pan_t,
                                                                  std::string_view pan_c);

}  // namespace singspin::spin
