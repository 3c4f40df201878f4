// Which states jump to and call which, and where that goes round.
#pragma once

#include <vector>

#include "frontend/sema/resolved.h"

namespace singspin::sema::rules {

struct StateEdge {
  std::size_t from;
  std::size_t to;
  bool call;          // steps follow (S10)
  source::Span span;  // of the name
};
// By row of Resolved::states, in textual order.
using StateGraph = std::vector<std::vector<StateEdge>>;

StateGraph state_graph(const Resolved& contract);

// Rows that `from` leads to, these included.
std::vector<bool> reachable(const StateGraph& graph, std::vector<std::size_t> from);

// The strongly connected part of each row; rows that lead to others have higher numbers than these.
std::vector<std::size_t> components(const StateGraph& graph);

// A shortest way from `edge.to` back to `edge.from` inside their part, after the edge itself.
std::vector<StateEdge> cycle_of(const StateGraph& graph, const std::vector<std::size_t>& components,
                                const StateEdge& edge);

}  // namespace singspin::sema::rules
