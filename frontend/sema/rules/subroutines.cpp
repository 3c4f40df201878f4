#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "frontend/sema/rules/calls.h"
#include "frontend/sema/rules/rules.h"

namespace singspin::sema::rules {

using diagnostics::Code;

namespace {

class Subroutines {
 public:
  Subroutines(const Context& context, const Resolved& contract)
      : context_(context), contract_(contract), graph_(state_graph(contract)) {
    for (const std::vector<StateEdge>& edges : graph_) {
      for (const StateEdge& edge : edges) {
        if (edge.call) calls_.emplace(edge.span, edge);
      }
    }
  }

  bool check() {
    if (calls_.empty()) return true;
    for (const auto& [span, call] : calls_) report_call(call);
    parts_ = components(graph_);
    for (const auto& [span, call] : calls_) first_call_.emplace(parts_[call.to], call);
    const bool finite = check_finite();
    const bool foldable =
        std::none_of(calls_.begin(), calls_.end(), [&](const auto& row) { return closes(row.second); });
    if (finite) check_depth();
    return foldable;
  }

 private:
  std::string_view name(std::size_t state) const { return contract_.states()[state].name; }
  bool own(source::Span span) const { return is_own(context_, contract_, span); }
  bool closes(const StateEdge& edge) const { return parts_[edge.from] == parts_[edge.to]; }

  void report_call(const StateEdge& call) {
    if (!own(call.span)) return;
    auto& d = context_.report(contract_, Code::subroutine_call, call.span,
                              fmt::format("state {} is called like a subroutine", name(call.to)),
                              "a call: steps follow");
    const ResolvedState& called = contract_.states()[call.to];
    if (!called.undeclared && graph_[call.to].empty() && called.sequences().empty())
      d.notes.push_back(
          fmt::format("{} is terminal, so the call does nothing and returns at once", name(call.to)));
  }

  // S11: a cycle or recursion that a called state can reach. One message for each part that goes round.
  bool check_finite() {
    std::vector<std::size_t> called;
    for (const auto& [span, call] : calls_) called.push_back(call.to);
    const std::vector<bool> within = reachable(graph_, called);
    std::set<std::size_t> reported;
    bool finite = true;
    for (std::size_t s = 0; s < graph_.size(); ++s) {
      if (!within[s]) continue;
      for (const StateEdge& edge : graph_[s]) {
        if (!closes(edge)) continue;
        finite = false;
        if (own(edge.span) && reported.insert(parts_[s]).second) report_round(edge);
      }
    }
    return finite;
  }

  void report_round(const StateEdge& edge) {
    const std::vector<StateEdge> cycle = cycle_of(graph_, parts_, edge);
    constexpr std::size_t kShown = 6;
    std::string words(name(edge.from));
    for (std::size_t i = 0; i < cycle.size() && i < kShown; ++i)
      words += fmt::format(" -> {}", name(cycle[i].to));
    if (cycle.size() > kShown) words += " -> ...";
    auto& d = context_.report(contract_, Code::subroutine_infinite, edge.span,
                              fmt::format("a called state leads round {} and may never return", words),
                              edge.call ? "calls itself from here" : "goes round from here");
    const auto call = first_call_.find(parts_[edge.from]);
    if (call != first_call_.end() && call->second.span != edge.span)
      d.labels.push_back({call->second.span, fmt::format("{} is called here", name(call->second.to))});
    d.notes.push_back("only exchanges that come to an end may be called");
  }

  // S12: the runtime nests calls at most three deep. Parts are numbered from the innermost call outwards,
  // and what is called has no cycles.
  void check_depth() {
    constexpr std::size_t kMaxDepth = 3;
    std::vector<std::size_t> order(graph_.size()), depth(graph_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return parts_[a] < parts_[b]; });
    std::vector<const StateEdge*> deepest(graph_.size());
    for (const std::size_t s : order) {
      for (const StateEdge& edge : graph_[s]) {
        const std::size_t through = depth[edge.to] + (edge.call ? 1 : 0);
        if (closes(edge) || (deepest[s] != nullptr && through <= depth[s])) continue;
        depth[s] = through;
        deepest[s] = &edge;
      }
    }
    for (const auto& [span, call] : calls_) {
      if (!own(span) || depth[call.to] < kMaxDepth) continue;
      return report_depth(call, depth[call.to] + 1, kMaxDepth, deepest);
    }
  }

  void report_depth(const StateEdge& call, std::size_t depth, std::size_t most,
                    const std::vector<const StateEdge*>& deepest) {
    auto& d = context_.report(contract_, Code::subroutine_depth, call.span,
                              fmt::format("calls are nested {} deep; the runtime allows {}", depth, most),
                              "the outermost call");
    constexpr std::size_t kLabels = 6;
    for (const StateEdge* edge = deepest[call.to]; edge != nullptr && d.labels.size() < kLabels;
         edge = deepest[edge->to]) {
      if (edge->call) d.labels.push_back({edge->span, fmt::format("which calls {}", name(edge->to))});
    }
  }

  const Context& context_;
  const Resolved& contract_;
  StateGraph graph_;
  std::map<source::Span, StateEdge> calls_;  // by place
  std::vector<std::size_t> parts_;
  std::map<std::size_t, StateEdge> first_call_;  // by the part that is called
};

}  // namespace

bool check_subroutines(const Context& context, const Resolved& contract) {
  return Subroutines(context, contract).check();
}

}  // namespace singspin::sema::rules
