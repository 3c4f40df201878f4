// From a fair part of the graph to one loop in it that is fair.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "frontend/explore/fair.h"

namespace singspin::explore {

// What rule 10 asks of a set of configurations and steps that is visited for ever, collected on the way.
class Demands {
 public:
  Demands(const Graph& graph, const Fairness& fairness);
  void visit(Node node);        // also the place of the steps that follow
  void take(const Step& step);  // from the node visited last

  bool is_served(ir::ProcessId id) const { return served_[id.value]; }  // it steps, or cannot at some node
  bool is_weakly_fair() const;
  bool is_taken(std::uint32_t requirement) const { return taken_[requirement]; }
  std::vector<bool> unfulfilled() const;  // by requirement: passed over and never taken

 private:
  const Graph& graph_;
  const Fairness& fairness_;
  Configuration here_;
  std::vector<bool> served_;          // by process
  std::vector<bool> passed_, taken_;  // by requirement
  std::vector<std::uint32_t> scratch_;
};

// A loop at `entry` along allowed arcs, which must form a fair component with it.
FairEnd find_loop(const Graph&, const Fairness&, Node entry,
                  const std::function<bool(std::uint64_t)>& allowed);

}  // namespace singspin::explore
