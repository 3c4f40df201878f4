// Repairs of mixed states as edits of the contract's text: what would keep messages that cross from
// doing harm (output specification, 5.5 and the text of SS0101). A repair made here is a candidate and
// nothing more: whoever offers it reads the edited text again and verifies it first.
// Knows trees and machines; no engine, no file, no output.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"
#include "frontend/ir/ir.h"
#include "frontend/syntax/ast.h"

namespace singspin::repair {

struct Candidate {
  diagnostics::Fix fix;     // all edits lie in the file of the contract
  bool takes_away = false;  // some alternative is gone afterwards
  std::size_t size = 0;     // bytes taken away and added
  // What keeps everything goes first, then the smallest.
  bool operator<(const Candidate& other) const {
    return std::pair(takes_away, size) < std::pair(other.takes_away, other.size);
  }
};

// A contract as written, with its machine.
struct Subject {
  const ir::Contract& machine;
  const syntax::Contract& tree;  // the declaration itself, without its bases
  const source::SourceMap& sources;
};

// Mixed states in which a message may cross another one, which an end behind its own send does not list;
// only named ones, in source order.
std::vector<ir::StateId> unresolved_states(const ir::Contract& machine);

// Whether the sequences of a state can be edited: it is declared here, as a plain list of sequences that
// begin with an action and go on. What a base declares is the base's to change.
enum class Editable : std::uint8_t { Yes, Inherited, Unusual };
Editable editable(const Subject& subject, ir::StateId state);

// Ways to repair the given states, all of them editable and at once, in the order of `<`:
// - both ends accept what crosses, and the message of one side counts;
// - the same, where an end that would be done first waits for an acknowledgement;
// - only one side starts something, and the other asks it to.
std::vector<Candidate> candidates(const Subject& subject, const std::vector<ir::StateId>& states);

}  // namespace singspin::repair
