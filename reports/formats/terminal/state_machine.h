// The state machine of a contract as text: a block for each state, breadth first from the start, with
// the ways that leave it.
// Promises: pure; works at any width, what does not fit goes to the next line and is never cut; the
// ASCII form says the same. Does not fold: it draws the graph it is given.
#pragma once

#include <string>

#include "reports/formats/terminal/terminal.h"
#include "reports/graph/graph.h"

namespace singspin::terminal {

// Ends in a line end.
std::string state_machine(const ir::Contract& contract, const graph::Graph& graph,
                          const source::SourceMap& sources, const Options& options);

}  // namespace singspin::terminal
