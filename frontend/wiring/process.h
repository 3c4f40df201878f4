// A process under construction. Bodies are built from their end to their beginning, since statements
// without a step of their own (`loop`, `break`, `return`) are only places to go on at.
#pragma once

#include "frontend/wiring/build.h"

namespace singspin::wiring {

struct EdgeText {
  source::Span span;
  std::string action;
};

class ProcessBuilder {
 public:
  ProcessBuilder(Build& build, ir::ComponentId component, ir::Process::Kind kind, std::string name,
                 source::Span span);

  ir::LocationId location(ir::Location::Kind kind, source::Span span, std::string activity);
  // A place that becomes another one with `forward`.
  ir::LocationId placeholder(source::Span span);
  void forward(ir::LocationId from, ir::LocationId to) { forward_[from.value] = to; }

  ir::Edge& edge(ir::LocationId from, ir::LocationId to, EdgeText text);
  void fail(ir::LocationId from, std::vector<ir::Condition> when, ir::SystemProperty property, EdgeText text);
  // A location with one edge to `to`.
  ir::LocationId step(ir::LocationId to, EdgeText text, ir::Op op);

  // Steps that make this process leave and enter atomic context exist (rule 3, spin locks).
  bool may_be_atomic = false;
  // A lock is acquired somewhere, so ends have to be checked.
  bool may_hold_locks = false;
  // Adds a condition to all edges that there are at a location.
  void wait_for(ir::LocationId location, const ir::Condition& condition);
  // Blocking actions at this location fail in atomic context (4.5). Call when its edges are complete.
  void blocks(ir::LocationId location, EdgeText text);

  // For a thread that is spawned: `first` is where its body begins. The Off location is the start.
  void start_off(ir::LocationId off, ir::LocationId first);
  // Drops what cannot be reached, numbers the rest in the order of the text, and adds Activate and Rest.
  ir::Process finish(ir::LocationId start, bool counts);

  ir::ComponentId component() const { return process_.component; }

 private:
  ir::LocationId resolve(ir::LocationId location) const;
  void copy_edges(ir::LocationId from, ir::LocationId to);

  Build& build_;
  ir::Process process_;
  std::vector<std::optional<ir::LocationId>> forward_;
  std::optional<std::pair<ir::LocationId, ir::LocationId>> off_;
};

// Conditions and operations with one field, as they are needed everywhere.
ir::Condition condition(ir::Condition::Kind kind);
ir::Condition on_port(ir::Condition::Kind kind, ir::PortId port);
ir::Condition head(ir::PortId port, ir::MessageId message);
ir::Condition on_signal(ir::Condition::Kind kind, ir::SignalId signal);
ir::Condition holds(ir::ExprId expr);
ir::Op op(ir::Op::Kind kind);
ir::Op fails(ir::SystemProperty property);

}  // namespace singspin::wiring
