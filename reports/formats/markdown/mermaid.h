// A run as a Mermaid sequence diagram.
#pragma once

#include <string>

#include "reports/document/document.h"

namespace singspin::markdown {

// Empty if the run has nothing to draw. Mermaid draws an error picture for what it does not understand and
// for what is too large, so names become aliases, labels hold no character that means something to it, and
// only the last arrows of a long run are drawn.
std::string sequence_diagram(const document::Document& document, const document::Counterexample& run);

}  // namespace singspin::markdown
