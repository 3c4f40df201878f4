// Operations of a step as Promela statements that never block. A statement that can meet its fault sets
// `over`; what follows it in the step is then left out, so that the run ends there (rule 4.1).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "promela/systems/expressions.h"

namespace singspin::systems {

class Operations {
 public:
  Operations(const ir::System& system, const ir::Program& program, Symbols& symbols,
             const Expressions& expressions)
      : system_(system), program_(program), symbols_(symbols), expressions_(expressions) {}

  // All operations of an edge. `choice`: of a contract that has two transitions with one label.
  std::string statements(const ir::Edge& edge, ir::ProcessId process, std::uint32_t choice);
  // How often an edge must be printed for its contract's choices, and when the one with `choice` exists.
  std::uint32_t choices(const ir::Edge& edge) const;
  std::string choice_guard(const ir::Edge& edge, std::uint32_t choice) const;
  // More than one operation of an edge has a choice.
  bool is_ambiguous(const ir::Edge& edge) const;
  // Sends, receives and closings, each printed once: name and body.
  const std::vector<std::pair<std::string, std::string>>& inlines() const { return inlines_; }

 private:
  struct Piece {
    std::string text;
    bool may_fail = false;
  };
  using Pieces = std::vector<Piece>;

  Piece piece(const ir::Op& op, ir::ProcessId process, std::uint32_t choice);
  std::string composed(const Pieces& pieces) const;
  Piece fault(const std::string& condition, ir::SystemProperty property) const;
  Piece fault_or(const std::string& condition, ir::SystemProperty property, const std::string& then) const;
  Piece fail(ir::SystemProperty property) const;
  Piece called(const std::string& name, const Pieces& body);

  Pieces send(const ir::Op& op, ir::ProcessId process, std::uint32_t choice);
  Pieces receive(const ir::Op& op, std::uint32_t choice);
  Pieces close(const ir::Op& op);
  Pieces usable(ir::PortId port) const;
  Piece move(ir::PortId port, ir::MessageId message, ir::Role sender, ir::SystemProperty property,
             std::uint32_t choice) const;
  std::string choose_block(ir::ProcessId process, ir::PoolId pool, std::uint32_t nth,
                           const std::string& into) const;
  Piece on_slot(const ir::Op& op) const;
  Pieces fill(ir::SlotId slot) const;
  Piece new_block(const ir::Op& op, ir::ProcessId process) const;
  Piece rest(const ir::Op& op) const;
  Piece race(const ir::Op& op) const;
  Piece assign(const ir::Op& op, ir::ProcessId process) const;
  std::uint32_t transitions(ir::StateId node, ir::PortId port, ir::MessageId message, ir::Role sender) const;
  std::uint32_t choices(const ir::Op& op) const;
  std::string owner_of(const std::string& block) const;
  std::string is_not_mine(ir::SlotId slot) const;
  std::string would_leak(ir::SlotId slot) const;
  std::string inline_name(std::string_view verb, const ir::Op& op, std::uint32_t choice) const;

  const ir::System& system_;
  const ir::Program& program_;
  Symbols& symbols_;
  const Expressions& expressions_;
  std::vector<std::pair<std::string, std::string>> inlines_;
};

}  // namespace singspin::systems
