// From where on nothing can be saved: backwards through the graph.
#include <algorithm>

#include "frontend/explore/explain.h"

namespace singspin::explore {
namespace {

// Who leads to a node, once per step.
class Backward {
 public:
  explicit Backward(const Graph& graph) : first_(graph.size() + 2), sources_(graph.arcs()) {
    for (std::uint64_t arc = 0; arc < graph.arcs(); ++arc) ++first_[graph.arc(arc).target + 2];
    for (std::size_t i = 2; i < first_.size(); ++i) first_[i] += first_[i - 1];
    for (Node node = 0; node < graph.expanded(); ++node) {
      for (std::uint64_t arc = graph.arcs_begin(node); arc < graph.arcs_end(node); ++arc) {
        sources_[first_[graph.arc(arc).target + 1]++] = node;
      }
    }
  }
  template <class Visit>
  void each_source(Node node, Visit visit) const {
    for (std::uint64_t i = first_[node]; i < first_[node + 1]; ++i) visit(sources_[i]);
  }

 private:
  std::vector<std::uint64_t> first_;
  std::vector<Node> sources_;
};

// Nodes from which no node of `saved` can be reached.
Mask cannot_reach(const Graph& graph, const Mask& saved) {
  const Backward backward(graph);
  Mask lost(graph.size(), true);
  std::vector<Node> work;
  const auto save = [&](Node node) {
    if (!lost[node]) return;
    lost[node] = false;
    work.push_back(node);
  };
  for (Node node = 0; node < graph.size(); ++node) {
    if (saved[node]) save(node);
  }
  while (!work.empty()) {
    const Node node = work.back();
    work.pop_back();
    backward.each_source(node, save);
  }
  return lost;
}

// Nodes from which every run is stuck or violates something after finitely many steps.
Mask doomed(const Graph& graph) {
  const Backward backward(graph);
  Mask lost(graph.size(), false);
  std::vector<std::uint32_t> ways(graph.size());  // steps to nodes that are not lost
  std::vector<Node> work;
  const auto lose = [&](Node node) {
    if (lost[node]) return;
    lost[node] = true;
    work.push_back(node);
  };
  const auto is_saved = [&](Node node) {
    return node >= graph.expanded() || graph.is_abandoned(node) ||
           (graph.may_stay(node) && !graph.is_stuck(node));
  };
  for (Node node = 0; node < graph.expanded(); ++node) {
    ways[node] = static_cast<std::uint32_t>(graph.arcs_end(node) - graph.arcs_begin(node));
    if (graph.is_stuck(node) || (ways[node] == 0 && !is_saved(node))) lose(node);
  }
  while (!work.empty()) {
    const Node node = work.back();
    work.pop_back();
    backward.each_source(node, [&](Node source) {
      if (--ways[source] == 0 && !is_saved(source)) lose(source);
    });
  }
  return lost;
}

// A run that is cut, or that nobody has followed, satisfies everything.
bool ends_otherwise(const Graph& graph, Node node) {
  return node >= graph.expanded() || graph.is_abandoned(node) || graph.is_violating(node);
}

bool has_progress(const Graph& graph, Node node) {
  for (std::uint64_t arc = graph.arcs_begin(node); arc < graph.arcs_end(node); ++arc) {
    if (graph.interpreter().edge(graph.step(graph.arc(arc).move)).progress) return true;
  }
  return false;
}

}  // namespace

Mask lost_nodes(const Graph& graph, const Verdict& verdict, std::size_t owed) {
  const Interpreter& in = graph.interpreter();
  const ir::System& system = in.system();
  Mask saved(graph.size());
  const auto save = [&](auto test) {
    for (Node node = 0; node < graph.size(); ++node) saved[node] = ends_otherwise(graph, node) || test(node);
    return cannot_reach(graph, saved);
  };
  if (verdict.property == ir::SystemProperty::OwedReply) {
    const ir::Obligation& obligation = system.obligations[verdict.owed.at(owed).obligation];
    return save([&](Node node) { return !in.is_due(graph.fixed(node), obligation); });
  }
  if (!verdict.check) return doomed(graph);
  const ir::Check& check = system.checks[*verdict.check];
  if (check.kind == ir::Check::Kind::LeadsTo) {
    return save([&](Node node) { return in.evaluate(graph.fixed(node), check.second, {}) != 0; });
  }
  if (check.kind == ir::Check::Kind::Progress) {
    return save([&](Node node) { return graph.may_stay(node) || has_progress(graph, node); });
  }
  return Mask(graph.size(), false);
}

}  // namespace singspin::explore
