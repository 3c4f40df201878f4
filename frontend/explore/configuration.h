// What a system of drivers can do next, one step at a time: the meaning of ir::System as its comments
// say it, rule by rule of section 4 of the specification of driver annotations. Knows the IR and nothing
// else: no Promela, no SPIN, no text, no files.
//
// Three things the IR leaves open are decided here. Several processes of kind Init interleave with each
// other. A contract with two transitions of one label lets each end choose (Step::choice). A Send into
// a full queue is not possible even without a condition Room, so a capacity that were wrong would be
// seen (Exploration::cut) and never lose a message.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "frontend/explore/layout.h"
#include "frontend/ir/system.h"

namespace singspin::explore {

// All that changes along a run, in the bytes that a Layout describes. Read with an Interpreter.
struct Configuration {
  std::vector<std::uint8_t> bytes;
  auto operator<=>(const Configuration&) const = default;
};

struct Step {
  ir::ProcessId process;
  ir::EdgeId edge;
  std::uint32_t choice = 0;  // which transitions of a nondeterministic contract; 0 for all others
  auto operator<=>(const Step&) const = default;
};

// An operation met its fault. What of the system is concerned is set as far as the fault has it.
struct Violation {
  ir::SystemProperty property = ir::SystemProperty::Assertion;
  std::uint32_t op = 0;  // of the edge's operations
  std::optional<ir::PortId> port;
  std::optional<ir::MessageId> message;  // of the port's contract
  std::optional<ir::SlotId> slot;
  std::optional<std::uint32_t> block;
  std::optional<ir::LockId> lock;
  std::optional<ir::VariableId> variable;
  std::optional<ir::SignalId> signal;
  std::optional<ir::ProcessId> process;  // another one: the thread that still runs
  bool operator==(const Violation&) const = default;
};

// `assume` was false: nothing is said about this run from here on.
struct Abandoned {
  bool operator==(const Abandoned&) const = default;
};

using Outcome = std::variant<Configuration, Violation, Abandoned>;

// The first message of a queue is the next one to be received.
struct QueuedMessage {
  ir::MessageId message;
  std::vector<std::uint32_t> blocks;
  bool operator==(const QueuedMessage&) const = default;
};

struct Owner {
  ir::OwnerKind kind = ir::OwnerKind::Nobody;
  ir::ComponentId component;  // of kind Component
  bool operator==(const Owner&) const = default;
};

// What can wait for a model bound: a queue that was full, a pool that was empty.
struct Held {
  std::optional<ir::PortId> room;
  std::optional<ir::PoolId> pool;
};

// The program and the system must outlive it.
class Interpreter {
 public:
  Interpreter(const ir::Program& program, const ir::System& system);

  const ir::Program& program() const { return *program_; }
  const ir::System& system() const { return *system_; }
  const Layout& layout() const { return layout_; }
  const ir::Contract& contract(ir::PortId port) const;
  const ir::Edge& edge(const Step& step) const;
  ir::PortId peer(ir::PortId port) const;  // the other end of its channel

  Configuration initial() const;
  // Complete, in the order of processes and of their text.
  std::vector<Step> enabled(const Configuration&) const;
  bool is_enabled(const Configuration&, const Step&) const;
  // CHECKs that the step is enabled.
  Outcome apply(const Configuration&, const Step&) const;

  // Rule 6. A process waits at a resting place, or only for a queue or pool that is a bound of the model.
  bool is_resting(const Configuration&, ir::ProcessId) const;
  // No step that ever has to be taken (R9: `unplug` need not come) and some process not at a resting place.
  bool is_stuck(const Configuration&) const;
  // No step that ever has to be taken: a run may stay here for ever.
  bool may_stay(const Configuration&) const;
  // Some step of this process is possible that fairness can force.
  bool must_move(const Configuration&, ir::ProcessId) const;
  bool is_due(const Configuration&, const ir::Obligation&) const;  // rule 7
  bool breaks(const Configuration&, const ir::Mapping&) const;     // 4.4
  // All processes of kind Init are at their ends.
  bool has_begun(const Configuration&) const;

  // `process`: who asks, for `held(l)`; nobody from outside.
  std::int64_t evaluate(const Configuration&, ir::ExprId, std::optional<ir::ProcessId> process = {}) const;
  bool holds(const Configuration&, ir::ProcessId, const ir::Condition&) const;
  // All conditions hold but for bounds of the model, and one of those does not.
  std::optional<Held> held_by_bound(const Configuration&, const Step&) const;

  ir::LocationId location(const Configuration&, ir::ProcessId) const;
  bool is_running(const Configuration&, ir::ProcessId) const;
  std::uint32_t atomic_depth(const Configuration&, ir::ProcessId) const;
  std::int32_t value(const Configuration&, ir::VariableId) const;
  bool is_pending(const Configuration&, ir::SignalId) const;
  bool is_armed(const Configuration&, ir::SignalId) const;
  std::optional<ir::ProcessId> holder(const Configuration&, ir::LockId) const;
  std::optional<std::uint32_t> block(const Configuration&, ir::SlotId) const;
  Owner owner(const Configuration&, std::uint32_t block) const;
  std::uint32_t active(const Configuration&, ir::ComponentId) const;
  ir::StateId node(const Configuration&, ir::PortId) const;
  bool is_closed(const Configuration&, ir::PortId) const;  // by its own side
  bool is_bound(const Configuration&, ir::PortId) const;
  std::vector<QueuedMessage> queue(const Configuration&, ir::PortId) const;  // what waits for this end

  // For the explorer, which keeps its configurations elsewhere: the same on bare bytes.
  enum class Result : std::uint8_t { Next, Violation, Abandoned };
  struct Applied {
    Result result = Result::Next;
    std::uint32_t choices = 1;  // how many values Step::choice has here
  };
  // Changes `bytes`; after a fault they are in between. `violation` may be null.
  Applied apply(std::uint8_t* bytes, ir::ProcessId, const ir::Edge&, std::uint32_t choice,
                Violation* violation) const;
  bool is_possible(const std::uint8_t* bytes, ir::ProcessId, const ir::Edge&) const;
  bool is_resting(const std::uint8_t* bytes, ir::ProcessId) const;
  bool has_begun(const std::uint8_t* bytes) const;
  bool is_due(const std::uint8_t* bytes, const ir::Obligation&) const;
  bool breaks(const std::uint8_t* bytes, const ir::Mapping&) const;
  std::int64_t evaluate(const std::uint8_t* bytes, ir::ExprId, std::optional<ir::ProcessId> process) const;
  bool may_step(const std::uint8_t* bytes, ir::ProcessId) const;  // the rule of Init
  bool held_by_bound(const std::uint8_t* bytes, ir::ProcessId, const ir::Edge&, Held* held) const;

 private:
  friend class Operation;
  bool holds(const std::uint8_t* bytes, ir::ProcessId, const ir::Condition&) const;
  bool has_room(const std::uint8_t* bytes, ir::PortId) const;
  bool waits_for_room(const std::uint8_t* bytes, const ir::Op& send) const;
  bool is_usable(const std::uint8_t* bytes, ir::PortId) const;
  bool is_peer_gone(const std::uint8_t* bytes, ir::PortId) const;
  bool is_head(const std::uint8_t* bytes, const ir::Condition&) const;
  std::optional<std::uint32_t> find_block(const std::uint8_t* bytes, ir::ProcessId, ir::PoolId,
                                          std::uint32_t nth) const;

  const ir::Program* program_;
  const ir::System* system_;
  Layout layout_;
  std::vector<ir::ProcessId> inits_;
};

}  // namespace singspin::explore

template <>
struct std::hash<singspin::explore::Configuration> {
  std::size_t operator()(const singspin::explore::Configuration& c) const noexcept;
};
