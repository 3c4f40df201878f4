// The state machine of a contract as a graph to draw: nodes, edges, and what happens on an edge.
// Promises: pure and deterministic; every transition of the contract is on exactly one edge, once;
// nodes come breadth first from the start. Knows no format and no layout.
#pragma once

#include <string>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::graph {

using NodeId = base::Id<struct NodeTag>;

struct Label;

// One action, or a group of which one alternative happens.
struct Part {
  ir::TransitionId action;          // of a group: its first action in textual order
  std::vector<Label> alternatives;  // empty: the action
};

// What happens on the way along an edge, one part after the other: `Print? (Accepted! or Refused!)`.
struct Label {
  std::vector<Part> parts;  // never empty
};

struct Node {
  ir::StateId state;
  bool start = false;
  bool entry = false;      // both ends may start here; the start is one
  bool reachable = false;  // from some entry
};

// All that leads from one node to another.
struct Edge {
  NodeId from;
  NodeId to;
  std::vector<Label> labels;  // in textual order, never empty
};

enum class Folding : std::uint8_t { Folded, Full };

struct Graph {
  Folding folding = Folding::Folded;
  base::Table<NodeId, Node> nodes;  // breadth first from the entries, then the unreachable ones
  std::vector<Edge> edges;          // by `from`, then in textual order of their first labels
};

// `Folded`: an implicit state with one way in and one way out vanishes, so that a request and its reply
// are one edge, and replies that lead to the same place are a group. A mixed state, an entry and groups
// nested more than three deep stay. `Full`: a node for every state, a label for every transition.
// Takes time linear in the contract but for sorting.
Graph make_graph(const ir::Contract& contract, Folding folding);

// The first action of a label.
ir::TransitionId first_action(const Label& label);
// `Print?`: the action of a transition as the exporter sees it.
std::string action_text(const ir::Contract& contract, ir::TransitionId id);
// `Print? (Accepted! or Refused!)`.
std::string label_text(const ir::Contract& contract, const Label& label);

// Who takes the next step in a state.
enum class Turn : std::uint8_t { Nobody, Importer, Exporter, Either };
Turn turn(const ir::Contract& contract, ir::StateId state);

}  // namespace singspin::graph
