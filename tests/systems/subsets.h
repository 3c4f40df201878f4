// A second opinion on fair runs, by a way that has nothing in common with the search: for every set of
// strong requirements that a run might pass over, all pairs of configurations that reach each other
// without passing over others. For small graphs only.
#pragma once

#include <algorithm>
#include <bitset>
#include <map>
#include <optional>
#include <vector>

#include "frontend/explore/fair.h"

namespace singspin::testing {

class Subsets {
 public:
  static constexpr std::size_t kMostNodes = 256, kMostRequirements = 10;

  Subsets(const explore::Graph& graph, const explore::Fairness& fairness, const explore::Mask& mask,
          explore::Cycles cycles)
      : graph_(graph), in_(graph.interpreter()), cycles_(cycles), numbers_(graph.size()) {
    for (explore::Node node = 0; node < graph.size(); ++node) {
      if (!mask[node]) continue;
      numbers_[node] = nodes_.size();
      nodes_.push_back(node);
    }
    if (nodes_.size() > kMostNodes) return;
    for (const explore::Node node : nodes_) add_arcs(node, fairness);
  }

  // nullopt: too large.
  std::optional<bool> has_fair_end() const {
    if (nodes_.size() > kMostNodes || requirements_.size() > kMostRequirements) return std::nullopt;
    if (cycles_ == explore::Cycles::All) {
      for (const explore::Node node : nodes_) {
        if (in_.may_stay(graph_.configuration(node))) return true;
      }
    }
    for (unsigned set = 0; set < 1u << requirements_.size(); ++set) {
      if (has_fair_loop(set)) return true;
    }
    return false;
  }

 private:
  struct Way {
    std::size_t from, to;
    ir::ProcessId process;
    unsigned passed = 0;  // a set of requirements
    std::vector<std::uint32_t> takes;
  };

  void add_arcs(explore::Node node, const explore::Fairness& fairness) {
    const explore::Configuration here = graph_.configuration(node);
    for (std::uint64_t arc = graph_.arcs_begin(node); arc < graph_.arcs_end(node); ++arc) {
      const auto target = numbers_[graph_.arc(arc).target];
      const explore::Step step = graph_.step(graph_.arc(arc).move);
      const bool leaves = cycles_ == explore::Cycles::NonProgress && in_.edge(step).progress;
      if (!target || leaves) continue;
      Way way{*numbers_[node], *target, step.process, 0, fairness.taken(step.process, step.edge)};
      std::vector<std::uint32_t> passed;
      fairness.passed(here.bytes.data(), step.process, step.edge, passed);
      for (const std::uint32_t requirement : passed) {
        const auto number = requirements_.try_emplace(requirement, requirements_.size()).first->second;
        if (number < kMostRequirements) way.passed |= 1u << number;
      }
      ways_.push_back(std::move(way));
    }
  }

  // Of the requirements that are passed over somewhere; the others do not matter.
  unsigned taken(const Way& way) const {
    unsigned set = 0;
    for (const std::uint32_t requirement : way.takes) {
      if (const auto known = requirements_.find(requirement); known != requirements_.end()) {
        set |= 1u << known->second;
      }
    }
    return set;
  }

  using Row = std::bitset<kMostNodes>;

  std::vector<Row> reached_passing_over(unsigned set) const {
    std::vector<Row> reached(nodes_.size());
    for (const Way& way : ways_) {
      if ((way.passed & ~set) == 0) reached[way.from][way.to] = true;
    }
    for (std::size_t k = 0; k < nodes_.size(); ++k) {
      for (std::size_t i = 0; i < nodes_.size(); ++i) {
        if (reached[i][k]) reached[i] |= reached[k];
      }
    }
    return reached;
  }

  bool has_fair_loop(unsigned set) const {
    const std::vector<Row> reached = reached_passing_over(set);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!reached[i][i]) continue;
      Row part;
      for (std::size_t j = 0; j < nodes_.size(); ++j) part[j] = reached[i][j] && reached[j][i];
      if (is_fair(part, set)) return true;
    }
    return false;
  }

  bool is_fair(const Row& part, unsigned set) const {
    unsigned fulfilled = 0;
    std::vector<bool> served(in_.system().processes.size());
    for (const Way& way : ways_) {
      if (!part[way.from] || !part[way.to] || (way.passed & ~set) != 0) continue;
      fulfilled |= taken(way);
      served[way.process.value] = true;
    }
    for (std::size_t j = 0; j < nodes_.size(); ++j) {
      if (!part[j]) continue;
      const explore::Configuration here = graph_.configuration(nodes_[j]);
      for (std::uint32_t id = 0; id < served.size(); ++id)
        served[id] = served[id] || !in_.must_move(here, {id});
    }
    return (set & ~fulfilled) == 0 && std::find(served.begin(), served.end(), false) == served.end();
  }

  const explore::Graph& graph_;
  const explore::Interpreter& in_;
  explore::Cycles cycles_;
  std::vector<std::optional<std::size_t>> numbers_;  // by node: its place in nodes_
  std::vector<explore::Node> nodes_;
  std::vector<Way> ways_;
  std::map<std::uint32_t, std::size_t> requirements_;
};

}  // namespace singspin::testing
