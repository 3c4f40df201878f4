// Breadth-first exploration of all configurations of a system: the graph that liveness is decided on,
// and on the way a shortest run to each safety property's violation. The second opinion on SPIN.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "frontend/exec/verdict.h"
#include "frontend/explore/run.h"
#include "frontend/explore/store.h"

namespace singspin::explore {

// Asked now and then; a reason (time limit, interrupted) ends the search. It knows the clock, we do not.
using Stop = std::function<std::optional<exec::Reason>()>;

struct Limits {
  std::uint64_t configurations = 20'000'000;
  std::uint64_t memory_bytes = std::uint64_t{4} << 30;
  Stop stop;
};

struct Arc {
  Node target = 0;
  std::uint32_t move = 0;  // Graph::step
};

// All configurations found and the steps between them. Steps that end in a violation or are abandoned
// have no arc; the node says that there are some.
class Graph {
 public:
  explicit Graph(const Interpreter& interpreter);
  const Interpreter& interpreter() const { return *interpreter_; }
  Node size() const { return store_.size(); }
  // Nodes from here on were not expanded; equal to size() after a complete search.
  Node expanded() const { return static_cast<Node>(first_arcs_.size() - 1); }
  Configuration configuration(Node node) const;
  void read(Node node, std::uint8_t* bytes) const { store_.read(node, bytes); }
  // All but the messages of queues: enough for expressions, mappings and obligations.
  const std::uint8_t* fixed(Node node) const { return store_.packed(node); }
  std::uint64_t arcs_begin(Node node) const { return first_arcs_[node]; }
  std::uint64_t arcs_end(Node node) const { return first_arcs_[node + 1]; }
  std::uint64_t arcs() const { return arcs_.size(); }
  const Arc& arc(std::uint64_t index) const { return arcs_[index]; }
  Step step(std::uint32_t move) const;
  bool may_stay(Node node) const { return flags_[node] & kMayStay; }        // no step has to be taken
  bool is_abandoned(Node node) const { return flags_[node] & kAbandoned; }  // some step is abandoned
  bool is_violating(Node node) const { return flags_[node] & kViolating; }  // some step is a violation
  bool is_stuck(Node node) const { return flags_[node] & kStuck; }
  // Shortest.
  std::vector<Step> path_to(Node node) const;
  std::uint64_t memory() const;

 private:
  friend class Explorer;
  static constexpr std::uint8_t kMayStay = 1, kViolating = 2, kAbandoned = 4, kStuck = 8;
  std::uint32_t move(const Step& step);

  const Interpreter* interpreter_;
  Store store_;
  Pieces<std::uint64_t> first_arcs_;  // by node, one more than expanded nodes
  Pieces<Arc> arcs_;
  Pieces<Node> parents_;  // by node
  Pieces<std::uint32_t> parent_moves_;
  Pieces<std::uint8_t> flags_;              // by expanded node
  std::vector<std::uint32_t> first_moves_;  // by process; a move is an edge, numbered through
  std::vector<Step> moves_;                 // edges in order, then steps with a choice above 0
};

// Where a property is violated: by the step `last` from `node`, or by `node` itself.
struct Place {
  Node node = 0;
  std::optional<Step> last;
};

struct Exploration {
  explicit Exploration(const Interpreter& interpreter) : graph(interpreter) {}
  Graph graph;
  bool complete = false;
  exec::Reason stopped_by = exec::Reason::NotReached;  // of an incomplete one
  std::uint64_t transitions = 0;                       // steps possible, summed over configurations
  std::uint32_t depth = 0;                             // steps to the last configuration found
  std::vector<std::uint32_t> longest;                  // by port: most messages that waited for it
  std::vector<bool> waited_for_room;                   // by port that sends: a step waited for its queue
  std::vector<bool> waited_for_block;                  // by pool
  std::vector<std::vector<bool>> taken;                // by process and edge
  // A nearest place for each property, by SystemProperty. OwedReply and User are decided elsewhere.
  std::array<std::optional<Place>, ir::kSystemProperties> places;
  std::vector<std::optional<Place>> mappings;  // by System::mappings
  // By System::checks: where a `never` or `always` fails, where a `reachable` holds. They watch runs and
  // end none.
  std::vector<std::optional<Place>> checks;
};

Exploration explore(const Interpreter&, const Limits&);

// The run to a place, executed.
Run run_to(const Graph&, const Place&);

}  // namespace singspin::explore
