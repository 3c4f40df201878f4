#include "frontend/sema/rules/calls.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "frontend/sema/walk.h"

namespace singspin::sema::rules {

StateGraph state_graph(const Resolved& contract) {
  StateGraph graph(contract.states().size());
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const syntax::Sequence* sequence : contract.states()[i].sequences()) {
      walk_steps(*sequence, [&](const syntax::Step& step, bool last) {
        const syntax::Name* name = contract.as_state(step);
        if (name == nullptr) return;
        if (const auto to = contract.find_state(name->text)) graph[i].push_back({i, *to, !last, name->span});
      });
    }
  }
  return graph;
}

std::vector<bool> reachable(const StateGraph& graph, std::vector<std::size_t> from) {
  std::vector<bool> seen(graph.size());
  for (const std::size_t s : from) seen[s] = true;
  while (!from.empty()) {
    const std::size_t here = from.back();
    from.pop_back();
    for (const StateEdge& edge : graph[here]) {
      if (!seen[edge.to]) from.push_back(edge.to);
      seen[edge.to] = true;
    }
  }
  return seen;
}

// Tarjan, with its own stack, since states may be many.
std::vector<std::size_t> components(const StateGraph& graph) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> index(graph.size(), kNone), low(graph.size()), part(graph.size(), kNone);
  std::vector<std::size_t> open;
  std::vector<std::pair<std::size_t, std::size_t>> path;
  std::size_t found = 0, parts = 0;
  const auto enter = [&](std::size_t s) {
    index[s] = low[s] = found++;
    open.push_back(s);
    path.emplace_back(s, 0);
  };
  const auto leave = [&](std::size_t s) {
    path.pop_back();
    if (!path.empty()) low[path.back().first] = std::min(low[path.back().first], low[s]);
    if (low[s] != index[s]) return;
    for (bool last = false; !last; open.pop_back()) {
      part[open.back()] = parts;
      last = open.back() == s;
    }
    ++parts;
  };
  for (std::size_t root = 0; root < graph.size(); ++root) {
    if (index[root] == kNone) enter(root);
    while (!path.empty()) {
      const std::size_t here = path.back().first;
      if (path.back().second == graph[here].size()) {
        leave(here);
        continue;
      }
      const std::size_t to = graph[here][path.back().second++].to;
      if (index[to] == kNone) enter(to);
      else if (part[to] == kNone) low[here] = std::min(low[here], index[to]);
    }
  }
  return part;
}

std::vector<StateEdge> cycle_of(const StateGraph& graph, const std::vector<std::size_t>& components,
                                const StateEdge& edge) {
  std::vector<std::optional<StateEdge>> into(graph.size());
  std::deque<std::size_t> todo{edge.to};
  while (!todo.empty() && edge.to != edge.from && !into[edge.from]) {
    const std::size_t here = todo.front();
    todo.pop_front();
    for (const StateEdge& next : graph[here]) {
      if (components[next.to] != components[edge.to] || next.to == edge.to || into[next.to]) continue;
      into[next.to] = next;
      todo.push_back(next.to);
    }
  }
  std::vector<StateEdge> cycle;
  for (std::size_t at = edge.from; at != edge.to; at = cycle.back().from) cycle.push_back(*into[at]);
  cycle.push_back(edge);
  std::reverse(cycle.begin(), cycle.end());
  return cycle;
}

}  // namespace singspin::sema::rules
