#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/sema/rules/rules.h"
#include "frontend/sema/walk.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

struct Edge {
  std::size_t to;
  bool call;
  source::Span span;
};
using Graph = std::vector<std::vector<Edge>>;  // by state

// Which states a state jumps to and calls.
Graph state_graph(const Resolved& contract) {
  Graph graph(contract.states().size());
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const syntax::Sequence* sequence : contract.states()[i].sequences()) {
      walk_steps(*sequence, [&](const syntax::Step& step, bool last) {
        const syntax::Name* name = contract.as_state(step);
        if (name == nullptr) return;
        if (const auto to = contract.find_state(name->text)) graph[i].push_back({*to, !last, name->span});
      });
    }
  }
  return graph;
}

std::vector<bool> reachable(const Graph& graph, std::vector<std::size_t> todo) {
  std::vector<bool> seen(graph.size());
  for (const std::size_t s : todo) seen[s] = true;
  while (!todo.empty()) {
    const std::size_t from = todo.back();
    todo.pop_back();
    for (const Edge& edge : graph[from]) {
      if (!seen[edge.to]) todo.push_back(edge.to);
      seen[edge.to] = true;
    }
  }
  return seen;
}

// An edge that closes a cycle of the part marked in `within` (a call, if `calls_only`), found by a
// depth-first search with its own stack.
std::optional<Edge> edge_on_cycle(const Graph& graph, const std::vector<bool>& within, bool calls_only) {
  std::vector<int> colour(graph.size());  // 0 new, 1 on the path, 2 done
  for (std::size_t root = 0; root < graph.size(); ++root) {
    if (!within[root] || colour[root] != 0) continue;
    std::vector<std::pair<std::size_t, std::size_t>> path{{root, 0}};
    colour[root] = 1;
    while (!path.empty()) {
      auto& [state, next] = path.back();
      if (next == graph[state].size()) {
        colour[state] = 2;
        path.pop_back();
        continue;
      }
      const Edge& edge = graph[state][next++];
      if (!within[edge.to]) continue;
      if (colour[edge.to] == 1 && (!calls_only || edge.call)) return edge;
      if (colour[edge.to] != 0) continue;
      colour[edge.to] = 1;
      path.push_back({edge.to, 0});
    }
  }
  return std::nullopt;
}

// Longest chain of nested calls from each state, memoised. Cycles of jumps count once.
class CallDepth {
 public:
  explicit CallDepth(const Graph& graph) : graph_(graph), depth_(graph.size(), -1) {}
  // The depth of calls made while `state` runs; jumps stay on the same level.
  int of(std::size_t state, int guard = 0) {
    if (depth_[state] >= 0 || guard > kGuard) return std::max(depth_[state], 0);
    depth_[state] = 0;
    int deepest = 0;
    for (const Edge& edge : graph_[state]) {
      deepest = std::max(deepest, of(edge.to, guard + 1) + (edge.call ? 1 : 0));
    }
    return depth_[state] = deepest;
  }

 private:
  static constexpr int kGuard = 5000;  // far above the 255 states a contract may have
  const Graph& graph_;
  std::vector<int> depth_;
};

}  // namespace

bool check_subroutines(const Context& context, const Resolved& contract) {
  const Graph graph = state_graph(contract);
  std::vector<std::size_t> called;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<source::Span, std::size_t>> calls;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const Edge& edge : graph[i]) {
      if (!edge.call) continue;
      called.push_back(edge.to);
      calls.emplace(std::pair(edge.span.file.value, edge.span.begin), std::pair(edge.span, edge.to));
    }
  }
  if (called.empty()) return true;
  const source::Span own = context.tree(contract).span;
  const auto is_own = [&](source::Span s) {
    return s.file == own.file && s.begin >= own.begin && s.end <= own.end;
  };
  for (const auto& [place, call] : calls) {
    if (is_own(call.first))
      context.report(contract, Code::subroutine_call, call.first,
                     fmt::format("state {} is called like a subroutine", contract.states()[call.second].name),
                     "a call: steps follow");
  }
  // S11: a cycle or recursion that a called state can reach.
  if (const auto edge = edge_on_cycle(graph, reachable(graph, called), false)) {
    if (is_own(edge->span)) {
      auto& d = context.report(contract, Code::subroutine_infinite, edge->span,
                               fmt::format("a called state leads back to {} and may never return",
                                           contract.states()[edge->to].name),
                               "goes round from here");
      d.notes.push_back("only exchanges that come to an end may be called");
    }
    return !edge_on_cycle(graph, std::vector<bool>(graph.size(), true), true);
  }
  // S12: the runtime nests calls at most three deep.
  constexpr int kMaxDepth = 3;
  CallDepth depth(graph);
  for (const auto& [place, call] : calls) {
    if (!is_own(call.first) || depth.of(call.second) < kMaxDepth) continue;
    context.report(
        contract, Code::subroutine_depth, call.first,
        fmt::format("calls are nested {} deep; the runtime allows {}", depth.of(call.second) + 1, kMaxDepth),
        "the outermost call");
    break;
  }
  return true;
}

}  // namespace singspin::sema::rules
