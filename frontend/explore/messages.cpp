// Messages: sends, receives and closings, and the blocks that travel (rules 1, 2, 8 and 9).
#include <algorithm>

#include "frontend/explore/operation.h"

namespace singspin::explore {

// Follows the contract; false: there is no such transition at the node of this end.
bool Operation::move_node(ir::PortId port, ir::MessageId message, ir::Role sender) {
  const ir::Contract& contract = in_.contract(port);
  const ir::State& node = contract.states[{at(layout_.nodes[port.value])}];
  const auto fits = [&](ir::TransitionId id) {
    const ir::Transition& transition = contract.transitions[id];
    return transition.message == message && ir::sender(transition.sign) == sender;
  };
  const auto count = static_cast<std::uint32_t>(std::count_if(node.out.begin(), node.out.end(), fits));
  if (count == 0) return false;
  std::uint32_t wanted = choice_ % count;
  choice_ /= count;
  choices_ *= count;
  for (const ir::TransitionId id : node.out) {
    if (!fits(id) || wanted-- != 0) continue;
    put(layout_.nodes[port.value], contract.transitions[id].to.value);
    break;
  }
  return true;
}

// The blocks of a message leave their owners. Those of a peer are chosen before any leaves.
bool Operation::take_arguments(const ir::Op& op, std::vector<std::uint32_t>& blocks) {
  for (const ir::Argument& argument : op.arguments) {
    if (argument.kind != ir::Argument::Kind::Pool) continue;
    const auto block = in_.find_block(bytes_, process_, argument.pool, argument.nth);
    CHECK(block, "a peer sends a block it has");
    blocks.push_back(*block);
  }
  std::size_t pooled = 0;
  std::vector<std::uint32_t> in_order;
  for (const ir::Argument& argument : op.arguments) {
    if (argument.kind == ir::Argument::Kind::Pool) {
      in_order.push_back(blocks[pooled++]);
    } else if (argument.kind == ir::Argument::Kind::Slot) {
      if (!is_mine(argument.slot)) return fail_at_slot(ir::SystemProperty::Ownership, argument.slot);
      in_order.push_back(at(layout_.slots[argument.slot.value]) - 1);
      put(layout_.slots[argument.slot.value], 0);
    } else {
      continue;
    }
    put(layout_.owners[in_order.back()], kTransit);
  }
  blocks = std::move(in_order);
  return true;
}

bool Operation::send(const ir::Op& op) {
  violation.port = op.port;
  violation.message = op.message;
  const std::uint32_t flags = at(layout_.flags[op.port.value]);
  if (!(flags & kBound)) return fail(ir::SystemProperty::UnboundPort);
  if (flags & kClosed) return fail(ir::SystemProperty::SendAfterClose);
  const std::uint32_t node = at(layout_.nodes[op.port.value]);
  if (!move_node(op.port, op.message, system_.ports[op.port].role))
    return fail(ir::SystemProperty::Conformance);
  std::vector<std::uint32_t> blocks;
  if (!take_arguments(op, blocks)) {
    put(layout_.nodes[op.port.value], node);
    return false;
  }
  const ir::PortId inbox = in_.peer(op.port);
  if (at(layout_.flags[inbox.value]) & kClosed) {
    for (const std::uint32_t block : blocks) put(layout_.owners[block], kNobody);
    return true;
  }
  const QueueLayout& queue = layout_.queues[inbox.value];
  const std::uint32_t cell = at(queue.length);
  CHECK(cell < queue.capacity, "a message fits its queue");
  put(queue.message(cell), op.message.value);
  for (std::uint32_t nth = 0; nth < blocks.size(); ++nth) put(queue.block(cell, nth), blocks[nth] + 1);
  put(queue.length, cell + 1);
  return true;
}

void Operation::pop(const QueueLayout& queue) {
  const std::uint32_t length = at(queue.length);
  const std::uint32_t size = queue.cell_bytes();
  std::memmove(bytes_ + queue.cells, bytes_ + queue.cells + size, (length - 1) * size);
  std::memset(bytes_ + queue.cells + (length - 1) * size, 0, size);
  put(queue.length, length - 1);
}

// Rule 9 (a): what stood in the slot must not get lost.
bool Operation::fill(ir::SlotId slot, std::uint32_t block) {
  const std::uint32_t old = at(layout_.slots[slot.value]);
  if (old != 0 && old - 1 != block) {
    const std::uint32_t owner = at(layout_.owners[old - 1]);
    const bool kept = owner == kHardware || owner == kFirstComponent + system_.slots[slot].component.value;
    if (kept) return fail_at_slot(ir::SystemProperty::Leak, slot);
  }
  put(layout_.slots[slot.value], block + 1);
  put(layout_.owners[block], kFirstComponent + system_.slots[slot].component.value);
  return true;
}

bool Operation::accept(const ir::Argument& argument, std::uint32_t block, ir::ComponentId component) {
  switch (argument.kind) {
    case ir::Argument::Kind::Slot: return fill(argument.slot, block);
    case ir::Argument::Kind::Keep: put(layout_.owners[block], kFirstComponent + component.value); return true;
    case ir::Argument::Kind::Pool:
    case ir::Argument::Kind::Free: put(layout_.owners[block], kNobody); return true;
    case ir::Argument::Kind::Endpoint: return true;
  }
  UNREACHABLE("argument is known");
}

bool Operation::receive(const ir::Op& op) {
  violation.port = op.port;
  violation.message = op.message;
  const QueueLayout& queue = layout_.queues[op.port.value];
  CHECK(at(queue.length) > 0 && at(queue.message(0)) == op.message.value, "what is received comes first");
  const ir::Port& port = system_.ports[op.port];
  if (!move_node(op.port, op.message, ir::other(port.role))) {
    return fail(ir::SystemProperty::NoUnexpectedMessage);
  }
  std::vector<std::uint32_t> blocks;
  for (std::uint32_t nth = 0; nth < queue.blocks; ++nth) {
    if (const std::uint32_t block = at(queue.block(0, nth))) blocks.push_back(block - 1);
  }
  pop(queue);
  std::size_t next = 0;
  for (const ir::Argument& argument : op.arguments) {
    if (argument.kind == ir::Argument::Kind::Endpoint) {
      for (const ir::PortId bound : argument.binds) {
        put(layout_.flags[bound.value], at(layout_.flags[bound.value]) | kBound);
      }
    } else if (next < blocks.size() && !accept(argument, blocks[next++], port.component)) {
      return false;
    }
  }
  // Nobody names them: they are destroyed with the message.
  for (; next < blocks.size(); ++next) put(layout_.owners[blocks[next]], kNobody);
  return true;
}

void Operation::destroy(ir::PortId inbox) {
  const QueueLayout& queue = layout_.queues[inbox.value];
  while (at(queue.length) > 0) {
    for (std::uint32_t nth = 0; nth < queue.blocks; ++nth) {
      if (const std::uint32_t block = at(queue.block(0, nth))) put(layout_.owners[block - 1], kNobody);
    }
    pop(queue);
  }
}

bool Operation::close(const ir::Op& op) {
  violation.port = op.port;
  const std::uint32_t flags = at(layout_.flags[op.port.value]);
  if (!(flags & kBound)) return fail(ir::SystemProperty::UnboundPort);
  if (flags & kClosed) return fail(ir::SystemProperty::SendAfterClose);
  put(layout_.flags[op.port.value], flags | kClosed);
  destroy(op.port);
  return true;
}

}  // namespace singspin::explore
