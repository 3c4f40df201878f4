// Operations on channels: rule 1 and rule 2, and the blocks that travel (rule 8).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "promela/systems/operations.h"

namespace singspin::systems {

using ir::Argument;
using ir::Op;
using ir::SystemProperty;

std::string Operations::inline_name(std::string_view verb, const Op& op, std::uint32_t choice) const {
  const ir::Port& port = system_.ports[op.port];
  const std::string& end = symbols_.ports[op.port.value].base;
  if (op.kind == Op::Kind::Close) return fmt::format("{}_{}", end, verb);
  const ir::Contract& contract = program_.contracts[system_.channels[port.channel].contract];
  const std::string which = choice == 0 ? "" : fmt::format("_{}", choice + 1);
  return fmt::format("{}_{}_{}{}", end, verb, contract.messages[op.message].name, which);
}

std::uint32_t Operations::transitions(ir::StateId node, ir::PortId port, ir::MessageId message,
                                      ir::Role sender) const {
  const ir::Contract& contract = program_.contracts[system_.channels[system_.ports[port].channel].contract];
  return static_cast<std::uint32_t>(std::count_if(
      contract.states[node].out.begin(), contract.states[node].out.end(), [&](ir::TransitionId t) {
        const ir::Transition& row = contract.transitions[t];
        return row.message == message && ir::sender(row.sign) == sender;
      }));
}

std::uint32_t Operations::choices(const Op& op) const {
  if (op.kind != Op::Kind::Send && op.kind != Op::Kind::Receive) return 1;
  const ir::Port& port = system_.ports[op.port];
  const ir::Contract& contract = program_.contracts[system_.channels[port.channel].contract];
  const ir::Role sender = op.kind == Op::Kind::Send ? port.role : ir::other(port.role);
  std::uint32_t most = 1;
  for (const ir::StateId node : contract.states.ids())
    most = std::max(most, transitions(node, op.port, op.message, sender));
  return most;
}

std::uint32_t Operations::choices(const ir::Edge& edge) const {
  std::uint32_t most = 1;
  for (const Op& op : edge.ops) most = std::max(most, choices(op));
  return most;
}

bool Operations::is_ambiguous(const ir::Edge& edge) const {
  return std::count_if(edge.ops.begin(), edge.ops.end(), [&](const Op& op) { return choices(op) > 1; }) > 1;
}

std::string Operations::choice_guard(const ir::Edge& edge, std::uint32_t choice) const {
  if (choice == 0) return "true";
  for (const Op& op : edge.ops) {
    if (choices(op) == 1) continue;
    const ir::Port& port = system_.ports[op.port];
    const ir::Contract& contract = program_.contracts[system_.channels[port.channel].contract];
    const ir::Role sender = op.kind == Op::Kind::Send ? port.role : ir::other(port.role);
    std::string nodes;
    for (const ir::StateId node : contract.states.ids()) {
      if (transitions(node, op.port, op.message, sender) <= choice) continue;
      nodes += fmt::format("{}{} == {}", nodes.empty() ? "" : " || ", symbols_.ports[op.port.value].node,
                           symbols_.contract(op.port).nodes[node.value]);
    }
    return nodes.empty() ? "false" : "(" + nodes + ")";
  }
  return "true";
}

// The node moves on; without a step there it is the fault. A choice that a node does not have is the
// first one, which `choice_guard` keeps from being counted twice.
Operations::Piece Operations::move(ir::PortId port, ir::MessageId message, ir::Role sender,
                                   SystemProperty property, std::uint32_t choice) const {
  const ir::Contract& contract = program_.contracts[system_.channels[system_.ports[port].channel].contract];
  const Words& nodes = symbols_.contract(port).nodes;
  const std::string& at = symbols_.ports[port.value].node;
  std::string text = "if";
  for (const ir::StateId node : contract.states.ids()) {
    const std::uint32_t count = transitions(node, port, message, sender);
    if (count == 0) continue;
    std::uint32_t wanted = choice % count;
    for (const ir::TransitionId t : contract.states[node].out) {
      const ir::Transition& row = contract.transitions[t];
      if (row.message != message || ir::sender(row.sign) != sender || wanted-- != 0) continue;
      text += fmt::format(" :: {} == {} -> {} = {}", at, nodes[node.value], at, nodes[row.to.value]);
      break;
    }
  }
  return {fmt::format("{} :: else -> {} fi", text, fail(property).text), true};
}

// `into` becomes the nth lowest block that the pool offers; the options exclude each other.
std::string Operations::choose_block(ir::ProcessId process, ir::PoolId pool, std::uint32_t nth,
                                     const std::string& into) const {
  std::string text = "if";
  Words before;
  for (const std::uint32_t block : expressions_.candidates(pool)) {
    const std::string candidate = expressions_.is_candidate(process, pool, block);
    const std::string lower = before.empty() ? "0" : fmt::format("({})", fmt::join(before, " + "));
    if (before.size() >= nth)
      text += fmt::format(" :: {} && {} == {} -> {} = {}", candidate, lower, nth, into, block);
    before.push_back(candidate);
  }
  return text + " fi";  // the guard has seen that there is one; else SPIN says that the step blocks
}

Operations::Pieces Operations::usable(ir::PortId port) const {
  Pieces pieces;
  const PortNames& names = symbols_.ports[port.value];
  if (!names.bound.empty()) pieces.push_back(fault("!" + names.bound, SystemProperty::UnboundPort));
  if (!names.closed.empty()) pieces.push_back(fault(names.closed, SystemProperty::SendAfterClose));
  return pieces;
}

Operations::Pieces Operations::send(const Op& op, ir::ProcessId process, std::uint32_t choice) {
  const ir::PortId inbox = symbols_.peer(op.port);
  Pieces pieces = usable(op.port);
  pieces.push_back(
      move(op.port, op.message, system_.ports[op.port].role, SystemProperty::Conformance, choice));
  Words blocks;
  std::set<ir::SlotId> slots;
  for (const Argument& argument : op.arguments) {
    if (argument.kind == Argument::Kind::Pool) {
      blocks.push_back(fmt::format("{}[{}]", symbols_.scratch, blocks.size()));
      pieces.push_back({choose_block(process, argument.pool, argument.nth, blocks.back()), false});
    } else if (argument.kind == Argument::Kind::Slot) {
      // A block can be given away once.
      if (slots.insert(argument.slot).second)
        pieces.push_back(fault(is_not_mine(argument.slot), SystemProperty::Ownership));
      else pieces.push_back(fail(SystemProperty::Ownership));
      blocks.push_back(symbols_.slots[argument.slot.value]);
    }
  }
  std::string destroyed, sent, emptied;
  std::string cell = symbols_.contract(op.port).messages[op.message.value];
  for (const std::string& block : blocks) {
    destroyed += fmt::format("{} = {}; ", owner_of(block), kNobody);
    sent += fmt::format("{} = {}; ", owner_of(block), kTransit);
    cell += "," + block;
    emptied += fmt::format("; {} = 0", block);
  }
  for (std::size_t i = blocks.size(); i < fields(system_, inbox); ++i) cell += ",0";
  sent += fmt::format("{}!{}", symbols_.ports[inbox.value].inbox, cell);
  const std::string closed = expressions_.is_closed(inbox);
  if (closed != "false") sent = fmt::format("if :: {} -> {}skip :: else -> {} fi", closed, destroyed, sent);
  pieces.push_back({sent + emptied, false});
  return pieces;
}

Operations::Pieces Operations::receive(const Op& op, std::uint32_t choice) {
  const ir::Port& port = system_.ports[op.port];
  Pieces pieces;
  pieces.push_back(
      move(op.port, op.message, ir::other(port.role), SystemProperty::NoUnexpectedMessage, choice));
  const std::uint32_t carried = blocks_of(system_, op.port, op.message);
  std::string cell = symbols_.contract(op.port).messages[op.message.value], then;
  std::uint32_t field = 0;
  std::set<ir::SlotId> slots;
  for (const Argument& argument : op.arguments) {
    if (argument.kind == Argument::Kind::Endpoint) {
      for (const ir::PortId bound : argument.binds) {
        const std::string& name = symbols_.ports[bound.value].bound;
        if (!name.empty()) then += fmt::format("; {} = 1", name);
      }
      continue;
    }
    if (field == carried) continue;
    const bool keeps = argument.kind == Argument::Kind::Slot;
    if (keeps && !slots.insert(argument.slot).second) {
      pieces.push_back(fail(SystemProperty::Leak));  // the second block would cover the first one
      continue;
    }
    if (keeps) pieces.push_back(fault(would_leak(argument.slot), SystemProperty::Leak));
    const std::string into =
        keeps ? symbols_.slots[argument.slot.value] : fmt::format("{}[{}]", symbols_.scratch, field);
    const bool owned = keeps || argument.kind == Argument::Kind::Keep;
    cell += "," + into;
    then += fmt::format("; {} = {}", owner_of(into), owned ? symbols_.owner(port.component) : kNobody);
    if (!keeps) then += fmt::format("; {} = 0", into);
    ++field;
  }
  for (; field < fields(system_, op.port); ++field) {  // nobody names them: destroyed with the message
    const std::string into = fmt::format("{}[{}]", symbols_.scratch, field);
    cell += "," + into;
    then += fmt::format("; {} = {}; {} = 0", owner_of(into), kNobody, into);
  }
  pieces.push_back({fmt::format("{}?{}{}", symbols_.ports[op.port.value].inbox, cell, then), false});
  return pieces;
}

Operations::Pieces Operations::close(const Op& op) {
  const PortNames& names = symbols_.ports[op.port.value];
  Pieces pieces = usable(op.port);
  std::string cell = "_", freed;
  for (std::uint32_t i = 0; i < fields(system_, op.port); ++i) {
    const std::string block = fmt::format("{}[{}]", symbols_.scratch, i);
    cell += "," + block;
    freed += fmt::format("; {} = {}; {} = 0", owner_of(block), kNobody, block);
  }
  pieces.push_back({fmt::format("{} = 1; do :: len({}) > 0 -> {}?{}{} :: else -> break od", names.closed,
                                names.inbox, names.inbox, cell, freed),
                    false});
  return pieces;
}

}  // namespace singspin::systems
