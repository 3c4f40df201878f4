#include "frontend/explore/lasso.h"

#include <algorithm>
#include <unordered_map>

namespace singspin::explore {

Demands::Demands(const Graph& graph, const Fairness& fairness) : graph_(graph), fairness_(fairness) {
  here_.bytes.resize(graph.interpreter().layout().size);
  served_.resize(graph.interpreter().system().processes.size());
  passed_.resize(fairness.requirements());
  taken_.resize(fairness.requirements());
}

void Demands::visit(Node node) {
  graph_.read(node, here_.bytes.data());
  for (std::uint32_t id = 0; id < served_.size(); ++id) {
    if (!served_[id] && !graph_.interpreter().must_move(here_, {id})) served_[id] = true;
  }
}

void Demands::take(const Step& step) {
  served_[step.process.value] = true;
  scratch_.clear();
  fairness_.passed(here_.bytes.data(), step.process, step.edge, scratch_);
  for (const std::uint32_t requirement : scratch_) passed_[requirement] = true;
  for (const std::uint32_t requirement : fairness_.taken(step.process, step.edge)) taken_[requirement] = true;
}

bool Demands::is_weakly_fair() const {
  return std::find(served_.begin(), served_.end(), false) == served_.end();
}

std::vector<bool> Demands::unfulfilled() const {
  std::vector<bool> missing(passed_.size());
  for (std::size_t i = 0; i < missing.size(); ++i) missing[i] = passed_[i] && !taken_[i];
  return missing;
}

namespace {

class LoopSearch {
 public:
  LoopSearch(const Graph& graph, const Fairness& fairness, Node entry,
             const std::function<bool(std::uint64_t)>& allowed)
      : graph_(graph),
        fairness_(fairness),
        entry_(entry),
        at_(entry),
        allowed_(allowed),
        met_(graph, fairness) {
    wanted_.resize(fairness.requirements());
    met_.visit(entry);
  }

  // Meets every process that waits to be served, goes home, and goes on while the loop passes over what
  // it does not take: the component takes it somewhere.
  FairEnd run() {
    for (;;) {
      while (go_to([&](Node node, std::uint64_t arc) { return is_useful(node, arc); })) continue;
      if (at_ != entry_ || loop_.empty()) {
        CHECK(go_to([&](Node, std::uint64_t arc) { return graph_.arc(arc).target == entry_; }),
              "the loop closes");
      }
      const std::vector<bool> missing = met_.unfulfilled();
      if (std::find(missing.begin(), missing.end(), true) == missing.end()) return {entry_, loop_};
      wanted_ = missing;
    }
  }

 private:
  bool is_useful(Node node, std::uint64_t arc) {
    const Step step = graph_.step(graph_.arc(arc).move);
    if (!met_.is_served(step.process)) return true;
    for (const std::uint32_t requirement : fairness_.taken(step.process, step.edge)) {
      if (wanted_[requirement] && !met_.is_taken(requirement)) return true;
    }
    if (met_.is_weakly_fair()) return false;
    const Configuration target = graph_.configuration(graph_.arc(arc).target);
    for (const ir::ProcessId id : graph_.interpreter().system().processes.ids()) {
      if (!met_.is_served(id) && !graph_.interpreter().must_move(target, id)) return true;
    }
    (void)node;
    return false;
  }

  // Walks a shortest way whose last arc is a goal; false: there is none.
  template <class Goal>
  bool go_to(Goal goal) {
    std::unordered_map<Node, std::uint64_t> arrived;  // by node: the arc into it
    std::unordered_map<std::uint64_t, Node> source;
    std::vector<Node> queue{at_};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const Node node = queue[i];
      for (std::uint64_t arc = graph_.arcs_begin(node); arc < graph_.arcs_end(node); ++arc) {
        if (!allowed_(arc)) continue;
        const Node target = graph_.arc(arc).target;
        if (goal(node, arc)) {
          walk(node, arc, arrived, source);
          return true;
        }
        if (target == at_ || !arrived.try_emplace(target, arc).second) continue;
        source[arc] = node;
        queue.push_back(target);
      }
    }
    return false;
  }

  void walk(Node node, std::uint64_t last, const std::unordered_map<Node, std::uint64_t>& arrived,
            const std::unordered_map<std::uint64_t, Node>& source) {
    std::vector<std::uint64_t> arcs{last};
    while (node != at_) {
      arcs.push_back(arrived.at(node));
      node = source.at(arcs.back());
    }
    for (auto arc = arcs.rbegin(); arc != arcs.rend(); ++arc) {
      met_.take(graph_.step(graph_.arc(*arc).move));
      loop_.push_back(graph_.arc(*arc).move);
      at_ = graph_.arc(*arc).target;
      met_.visit(at_);
    }
  }

  const Graph& graph_;
  const Fairness& fairness_;
  Node entry_, at_;
  const std::function<bool(std::uint64_t)>& allowed_;
  Demands met_;
  std::vector<bool> wanted_;  // by requirement
  std::vector<std::uint32_t> loop_;
};

}  // namespace

FairEnd find_loop(const Graph& graph, const Fairness& fairness, Node entry,
                  const std::function<bool(std::uint64_t)>& allowed) {
  return LoopSearch(graph, fairness, entry, allowed).run();
}

}  // namespace singspin::explore
