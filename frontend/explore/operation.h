// The operations of one step, applied to the bytes of a configuration. For Interpreter::apply alone.
#pragma once

#include <vector>

#include "frontend/explore/configuration.h"

namespace singspin::explore {

// The operations of one edge on one configuration. Every function returns whether the run goes on.
class Operation {
 public:
  Operation(const Interpreter& interpreter, std::uint8_t* bytes, ir::ProcessId process, std::uint32_t choice)
      : in_(interpreter),
        layout_(interpreter.layout_),
        system_(interpreter.system()),
        bytes_(bytes),
        process_(process),
        choice_(choice) {}

  bool run(const ir::Op& op);
  bool abandoned() const { return abandoned_; }
  std::uint32_t choices() const { return choices_; }
  Violation violation;

 private:
  std::uint32_t at(Field field) const { return get(bytes_, field); }
  void put(Field field, std::uint32_t value) { set(bytes_, field, value); }
  bool fail(ir::SystemProperty property) {
    violation.property = property;
    return false;
  }
  bool fail_at_slot(ir::SystemProperty property, ir::SlotId slot);

  bool move_node(ir::PortId port, ir::MessageId message, ir::Role sender);
  bool send(const ir::Op& op);
  bool take_arguments(const ir::Op& op, std::vector<std::uint32_t>& blocks);
  bool receive(const ir::Op& op);
  bool accept(const ir::Argument& argument, std::uint32_t block, ir::ComponentId component);
  bool fill(ir::SlotId slot, std::uint32_t block);
  void destroy(ir::PortId inbox);
  void pop(const QueueLayout& queue);
  bool close(const ir::Op& op);
  bool on_signal(const ir::Op& op);
  bool on_lock(const ir::Op& op);
  bool on_slot(const ir::Op& op);
  bool on_process(const ir::Op& op);
  bool on_race(const ir::Op& op);
  bool assign(const ir::Op& op);
  bool rest(const ir::Op& op);
  bool is_mine(ir::SlotId slot) const;

  const Interpreter& in_;
  const Layout& layout_;
  const ir::System& system_;
  std::uint8_t* bytes_;
  ir::ProcessId process_;
  std::uint32_t choice_;
  std::uint32_t choices_ = 1;
  bool abandoned_ = false;
};

}  // namespace singspin::explore
