#include "frontend/explore/layout.h"

#include <algorithm>

namespace singspin::explore {
namespace {

std::uint8_t width_of(std::uint64_t highest) {
  if (highest <= 0xff) return 1;
  return highest <= 0xffff ? 2 : 4;
}

bool travels_as_block(const ir::Argument& argument) { return argument.kind != ir::Argument::Kind::Endpoint; }

// The most blocks that one message sent by `port` carries.
std::uint32_t most_blocks(const ir::System& system, ir::PortId port) {
  std::uint32_t most = 0;
  for (const ir::Process& process : system.processes) {
    for (const ir::Edge& edge : process.edges) {
      for (const ir::Op& op : edge.ops) {
        if (op.kind != ir::Op::Kind::Send || op.port != port) continue;
        const auto blocks = std::count_if(op.arguments.begin(), op.arguments.end(), travels_as_block);
        most = std::max(most, static_cast<std::uint32_t>(blocks));
      }
    }
  }
  return most;
}

bool enters_atomic(const ir::Process& process) {
  for (const ir::Edge& edge : process.edges) {
    for (const ir::Op& op : edge.ops) {
      if (op.kind == ir::Op::Kind::EnterAtomic) return true;
    }
  }
  return false;
}

}  // namespace

Layout::Layout(const ir::Program& program, const ir::System& system) {
  add_processes(system);
  add_data(system);
  add_ports(program, system);
}

Field Layout::number(std::uint64_t highest) {
  const Field field{fixed, width_of(highest)};
  fixed += field.width;
  return field;
}

void Layout::add_processes(const ir::System& system) {
  for (const ir::Process& process : system.processes) {
    locations.push_back(number(process.locations.size()));
    running.push_back(process.kind == ir::Process::Kind::Thread ? number(1) : Field{});
    // Once for a handler of an interrupt, and once for each spin lock.
    atomic.push_back(enters_atomic(process) ? number(system.locks.size() + 1) : Field{});
  }
}

void Layout::add_data(const ir::System& system) {
  for (const ir::Variable& variable : system.variables) {
    variables.push_back(number(static_cast<std::uint64_t>(std::int64_t{variable.highest} - variable.lowest)));
    readers.push_back(variable.race ? number(system.processes.size()) : Field{});
    writers.push_back(variable.race ? number(system.processes.size()) : Field{});
  }
  for (std::size_t i = 0; i < system.signals.size(); ++i) signals.push_back(number(kPending | kArmed));
  for (std::size_t i = 0; i < system.locks.size(); ++i) holders.push_back(number(system.processes.size()));
  const std::uint32_t blocks = system.blocks();
  for (std::size_t i = 0; i < system.slots.size(); ++i) slots.push_back(number(blocks));
  for (std::uint32_t i = 0; i < blocks; ++i) {
    owners.push_back(number(kFirstComponent + system.components.size()));
  }
  // Every process and every spawned thread counts once at most.
  for (std::size_t i = 0; i < system.components.size(); ++i) {
    active.push_back(number(system.processes.size() + 1));
  }
}

void Layout::add_ports(const ir::Program& program, const ir::System& system) {
  for (const ir::PortId port : system.ports.ids()) {
    const ir::Channel& channel = system.channels[system.ports[port].channel];
    const ir::Contract& contract = program.contracts[channel.contract];
    const ir::Role role = system.ports[port].role;
    nodes.push_back(number(contract.states.size()));
    flags.push_back(number(kClosed | kBound));
    QueueLayout queue;
    queue.capacity = role == ir::Role::Exporter ? channel.to_exporter : channel.to_importer;
    queue.length = number(queue.capacity);
    queue.message_width = width_of(contract.messages.size());
    queue.block_width = width_of(system.blocks());
    queue.blocks = most_blocks(system, channel.end(ir::other(role)));
    queues.push_back(queue);
  }
  size = fixed;
  for (QueueLayout& queue : queues) {
    queue.cells = size;
    size += queue.capacity * queue.cell_bytes();
  }
}

}  // namespace singspin::explore
