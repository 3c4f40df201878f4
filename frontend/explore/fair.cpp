#include "frontend/explore/fair.h"

#include <algorithm>

#include "frontend/explore/lasso.h"

namespace singspin::explore {
namespace {

constexpr std::uint32_t kNone = 0xffffffffu;
constexpr std::uint32_t kPollEvery = 1 << 14;  // configurations between two questions

}  // namespace

// Takes the graph apart. `group_[node]` names the part a node is in; parts that are done have no nodes.
class FairSearch {
 public:
  FairSearch(const Graph& graph, const Fairness& fairness, const Mask& mask, const Stop& stop, Cycles cycles);
  FairAnswer run();

 private:
  bool may_go_on();
  std::optional<Node> find_stay() const;
  std::optional<FairEnd> judge(const std::vector<Node>& part);
  void split(const std::vector<Node>& part);
  void visit(Node root);
  void close(Node root);
  bool is_allowed(std::uint64_t arc, std::uint32_t group) const;
  bool has_inner_arc(const std::vector<Node>& part) const;
  Demands demands_of(const std::vector<Node>& part);
  void cut(const std::vector<Node>& part, const std::vector<bool>& requirements);

  const Graph& graph_;
  const Fairness& fairness_;
  const Mask& mask_;
  const Stop& stop_;
  std::optional<exec::Reason> stopped_;
  std::uint32_t until_poll_ = kPollEvery;
  Cycles cycles_;
  std::vector<std::uint32_t> group_;
  std::vector<bool> removed_;  // by arc
  std::uint32_t groups_ = 0;
  std::vector<std::vector<Node>> work_;
  // Of the search for components (Tarjan, with a stack of its own).
  struct Frame {
    Node node;
    std::uint64_t arc;
  };
  std::vector<std::uint32_t> order_, low_;
  std::vector<Node> open_;
  std::uint32_t clock_ = 0;
  std::uint32_t splitting_ = 0;
};

FairSearch::FairSearch(const Graph& graph, const Fairness& fairness, const Mask& mask, const Stop& stop,
                       Cycles cycles)
    : graph_(graph),
      fairness_(fairness),
      mask_(mask),
      stop_(stop),
      cycles_(cycles),
      group_(graph.size(), kNone),
      order_(graph.size(), kNone),
      low_(graph.size(), kNone) {}

bool FairSearch::may_go_on() {
  if (stopped_) return false;
  if (--until_poll_ > 0) return true;
  until_poll_ = kPollEvery;
  if (stop_) stopped_ = stop_();
  return !stopped_;
}

std::optional<Node> FairSearch::find_stay() const {
  for (Node node = 0; node < graph_.expanded(); ++node) {
    if (mask_[node] && graph_.may_stay(node)) return node;
  }
  return std::nullopt;
}

bool FairSearch::is_allowed(std::uint64_t arc, std::uint32_t group) const {
  return group_[graph_.arc(arc).target] == group && (removed_.empty() || !removed_[arc]);
}

void FairSearch::close(Node root) {
  if (low_[root] != order_[root]) return;
  std::vector<Node> part;
  const std::uint32_t group = groups_++;
  for (Node node = kNone; node != root;) {
    node = open_.back();
    open_.pop_back();
    group_[node] = group;
    part.push_back(node);
  }
  work_.push_back(std::move(part));
}

void FairSearch::visit(Node root) {
  std::vector<Frame> frames;
  const auto enter = [&](Node node) {
    order_[node] = low_[node] = clock_++;
    open_.push_back(node);
    frames.push_back({node, graph_.arcs_begin(node)});
  };
  enter(root);
  while (!frames.empty() && may_go_on()) {
    Frame& frame = frames.back();
    const Node node = frame.node;
    if (frame.arc == graph_.arcs_end(node)) {
      frames.pop_back();
      close(node);
      if (!frames.empty()) low_[frames.back().node] = std::min(low_[frames.back().node], low_[node]);
      continue;
    }
    const std::uint64_t arc = frame.arc++;
    // Nodes whose component is closed have left the group that is being split.
    if (!is_allowed(arc, splitting_)) continue;
    const Node target = graph_.arc(arc).target;
    if (order_[target] == kNone) enter(target);
    else low_[node] = std::min(low_[node], order_[target]);
  }
}

void FairSearch::split(const std::vector<Node>& part) {
  splitting_ = groups_++;
  for (const Node node : part) {
    group_[node] = splitting_;
    order_[node] = kNone;
  }
  clock_ = 0;
  for (const Node node : part) {
    if (order_[node] == kNone && !stopped_) visit(node);
  }
}

bool FairSearch::has_inner_arc(const std::vector<Node>& part) const {
  if (part.size() > 1) return true;
  for (std::uint64_t arc = graph_.arcs_begin(part[0]); arc < graph_.arcs_end(part[0]); ++arc) {
    if (is_allowed(arc, group_[part[0]])) return true;
  }
  return false;
}

Demands FairSearch::demands_of(const std::vector<Node>& part) {
  Demands demands(graph_, fairness_);
  for (const Node node : part) {
    if (!may_go_on()) break;
    demands.visit(node);
    for (std::uint64_t arc = graph_.arcs_begin(node); arc < graph_.arcs_end(node); ++arc) {
      if (is_allowed(arc, group_[node])) demands.take(graph_.step(graph_.arc(arc).move));
    }
  }
  return demands;
}

// Removes the steps that pass over what nobody in this part ever takes.
void FairSearch::cut(const std::vector<Node>& part, const std::vector<bool>& requirements) {
  if (removed_.empty()) removed_.resize(graph_.arcs());
  std::vector<std::uint8_t> bytes(graph_.interpreter().layout().size);
  std::vector<std::uint32_t> passed;
  for (const Node node : part) {
    graph_.read(node, bytes.data());
    for (std::uint64_t arc = graph_.arcs_begin(node); arc < graph_.arcs_end(node); ++arc) {
      if (!is_allowed(arc, group_[node])) continue;
      const Step step = graph_.step(graph_.arc(arc).move);
      passed.clear();
      fairness_.passed(bytes.data(), step.process, step.edge, passed);
      removed_[arc] =
          std::any_of(passed.begin(), passed.end(), [&](std::uint32_t r) { return requirements[r]; });
    }
  }
}

// Finds a loop in a part or makes smaller parts of it.
std::optional<FairEnd> FairSearch::judge(const std::vector<Node>& part) {
  if (!has_inner_arc(part)) return std::nullopt;
  const Demands demands = demands_of(part);
  if (stopped_ || !demands.is_weakly_fair()) return std::nullopt;
  const std::vector<bool> unfulfilled = demands.unfulfilled();
  if (std::find(unfulfilled.begin(), unfulfilled.end(), true) == unfulfilled.end()) {
    const auto allowed = [&](std::uint64_t arc) { return is_allowed(arc, group_[part[0]]); };
    return find_loop(graph_, fairness_, *std::min_element(part.begin(), part.end()), allowed);
  }
  cut(part, unfulfilled);
  split(part);
  return std::nullopt;
}

FairAnswer FairSearch::run() {
  if (cycles_ == Cycles::All) {
    if (const auto node = find_stay()) return {FairEnd{*node, {}}, std::nullopt};
  }
  std::vector<Node> all;
  for (Node node = 0; node < graph_.expanded(); ++node) {
    if (mask_[node]) all.push_back(node);
  }
  if (cycles_ == Cycles::NonProgress) {
    removed_.resize(graph_.arcs());
    for (std::uint64_t arc = 0; arc < graph_.arcs(); ++arc) {
      removed_[arc] = graph_.interpreter().edge(graph_.step(graph_.arc(arc).move)).progress;
    }
  }
  split(all);
  while (!work_.empty() && !stopped_) {
    const std::vector<Node> part = std::move(work_.back());
    work_.pop_back();
    if (auto end = judge(part)) return {std::move(end), std::nullopt};
  }
  return {std::nullopt, stopped_};
}

FairAnswer find_fair_end(const Graph& graph, const Fairness& fairness, const Mask& mask, const Stop& stop,
                         Cycles cycles) {
  return FairSearch(graph, fairness, mask, stop, cycles).run();
}

Reached reach(const Graph& graph, const Mask& from, const Mask& within) {
  Reached reached{Mask(graph.size(), false), std::vector<std::pair<Node, std::uint32_t>>(graph.size())};
  std::vector<Node> queue;
  for (Node node = 0; node < graph.size(); ++node) {
    if (!from[node] || !within[node]) continue;
    reached.nodes[node] = true;
    reached.parents[node] = {node, 0};
    queue.push_back(node);
  }
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const Node node = queue[at];
    if (node >= graph.expanded()) continue;
    for (std::uint64_t arc = graph.arcs_begin(node); arc < graph.arcs_end(node); ++arc) {
      const Arc& taken = graph.arc(arc);
      if (!within[taken.target] || reached.nodes[taken.target]) continue;
      reached.nodes[taken.target] = true;
      reached.parents[taken.target] = {node, taken.move};
      queue.push_back(taken.target);
    }
  }
  return reached;
}

Run run_of(const Graph& graph, const FairEnd& end, const Reached* reached) {
  std::vector<Step> tail;
  Node node = end.entry;
  while (reached && reached->parents[node].first != node) {
    tail.push_back(graph.step(reached->parents[node].second));
    node = reached->parents[node].first;
  }
  std::vector<Step> steps = graph.path_to(node);
  steps.insert(steps.end(), tail.rbegin(), tail.rend());
  const auto loop_start = static_cast<std::uint32_t>(steps.size());
  for (const std::uint32_t move : end.loop) steps.push_back(graph.step(move));
  auto run = execute(graph.interpreter(), steps, loop_start);
  CHECK(run, "a run through the graph is a run of the interpreter");
  CHECK(is_fair_lasso(graph.interpreter(), *run), "a run that violates liveness is fair");
  return std::move(*run);
}

}  // namespace singspin::explore
