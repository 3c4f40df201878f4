#include "reports/graph/graph.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "reports/graph/fold.h"

namespace singspin::graph {

namespace {

using Ways = base::Table<ir::StateId, std::vector<std::size_t>>;  // by state: rows of the arcs that leave it

// The states that are drawn, breadth first from the entries; those no entry leads to come last, each
// with what follows it.
class Order {
 public:
  Order(const ir::Contract& contract, const std::vector<Arc>& arcs, const Ways& ways)
      : contract_(contract), arcs_(arcs), ways_(ways), rows_(contract.states.size()) {}

  base::Table<NodeId, Node> nodes() {
    for (const ir::Entry& entry : contract_.entries) enter(entry.state, true);
    visit(true);
    for (const ir::StateId id : contract_.states.ids()) {
      // An implicit state without arcs has vanished; one with arcs follows a state that is drawn.
      if (contract_.states[id].kind != ir::State::Kind::Named && ways_[id].empty()) continue;
      enter(id, false);
      visit(false);
    }
    mark_entries();
    return std::move(nodes_);
  }

  NodeId node(ir::StateId state) const { return *rows_[state.value]; }

 private:
  void enter(ir::StateId state, bool reachable) {
    if (rows_[state.value]) return;
    rows_[state.value] = nodes_.add({state, false, false, reachable});
    waiting_.push_back(state);
  }

  void visit(bool reachable) {
    for (; !waiting_.empty(); waiting_.pop_front()) {
      for (const std::size_t arc : ways_[waiting_.front()]) enter(arcs_[arc].to, reachable);
    }
  }

  void mark_entries() {
    for (const ir::Entry& entry : contract_.entries) nodes_[node(entry.state)].entry = true;
    nodes_[node(contract_.start)].start = true;
  }

  const ir::Contract& contract_;
  const std::vector<Arc>& arcs_;
  const Ways& ways_;
  base::Table<NodeId, Node> nodes_;
  std::vector<std::optional<NodeId>> rows_;  // by state
  std::deque<ir::StateId> waiting_;
};

// Arcs between the same two nodes share an edge.
void add_edges(Graph& graph, const Order& order, std::vector<Arc>& arcs,
               const std::vector<std::size_t>& rows) {
  std::map<ir::StateId, std::size_t> by_target;
  for (const std::size_t row : rows) {
    Arc& arc = arcs[row];
    const auto [place, is_new] = by_target.try_emplace(arc.to, graph.edges.size());
    if (is_new) graph.edges.push_back({order.node(arc.from), order.node(arc.to), {}});
    graph.edges[place->second].labels.push_back(std::move(arc.label));
  }
}

}  // namespace

Graph make_graph(const ir::Contract& contract, Folding folding) {
  std::vector<Arc> arcs = folding == Folding::Folded ? folded_arcs(contract) : full_arcs(contract);
  Ways ways;
  for (std::size_t i = 0; i < contract.states.size(); ++i) ways.add({});
  for (std::size_t i = 0; i < arcs.size(); ++i) ways[arcs[i].from].push_back(i);
  Order order(contract, arcs, ways);
  Graph graph{folding, order.nodes(), {}};
  for (const Node& node : graph.nodes) add_edges(graph, order, arcs, ways[node.state]);
  return graph;
}

ir::TransitionId first_action(const Label& label) { return label.parts.front().action; }

std::string action_text(const ir::Contract& contract, ir::TransitionId id) {
  const ir::Transition& t = contract.transitions[id];
  return contract.messages[t.message].name + (t.sign == ir::Sign::Send ? '!' : '?');
}

std::string label_text(const ir::Contract& contract, const Label& label) {
  std::string text;
  for (const Part& part : label.parts) {
    if (!text.empty()) text += ' ';
    if (part.alternatives.empty()) {
      text += action_text(contract, part.action);
      continue;
    }
    text += '(';
    for (const Label& alternative : part.alternatives)
      text += (&alternative == &part.alternatives.front() ? "" : " or ") + label_text(contract, alternative);
    text += ')';
  }
  return text;
}

Turn turn(const ir::Contract& contract, ir::StateId state) {
  bool sends = false, receives = false;
  for (const ir::TransitionId id : contract.states[state].out)
    (contract.transitions[id].sign == ir::Sign::Send ? sends : receives) = true;
  if (sends) return receives ? Turn::Either : Turn::Exporter;
  return receives ? Turn::Importer : Turn::Nobody;
}

}  // namespace singspin::graph
