#include "promela/systems/expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace singspin::systems {

using ir::Expr;

namespace {

std::uint32_t blocks_sent(const ir::Op& op) {
  return static_cast<std::uint32_t>(
      std::count_if(op.arguments.begin(), op.arguments.end(), [](const auto& a) {
        return a.kind == ir::Argument::Kind::Slot || a.kind == ir::Argument::Kind::Pool;
      }));
}

template <class Wanted>
std::uint32_t most_blocks(const ir::System& system, ir::PortId inbox, const Wanted& wanted) {
  const ir::Port& to = system.ports[inbox];
  const ir::PortId from = system.channels[to.channel].end(ir::other(to.role));
  std::uint32_t most = 0;
  for (const ir::Process& process : system.processes) {
    for (const ir::Edge& edge : process.edges) {
      for (const ir::Op& op : edge.ops) {
        if (op.kind == ir::Op::Kind::Send && op.port == from && wanted(op))
          most = std::max(most, blocks_sent(op));
      }
    }
  }
  return most;
}

std::string_view sign(Expr::Kind kind) {
  switch (kind) {
    case Expr::Kind::And: return "&&";
    case Expr::Kind::Or: return "||";
    case Expr::Kind::Equal: return "==";
    case Expr::Kind::NotEqual: return "!=";
    case Expr::Kind::Less: return "<";
    case Expr::Kind::LessEqual: return "<=";
    case Expr::Kind::Greater: return ">";
    case Expr::Kind::GreaterEqual: return ">=";
    case Expr::Kind::Plus: return "+";
    case Expr::Kind::Minus: return "-";
    case Expr::Kind::Number:
    case Expr::Kind::Variable:
    case Expr::Kind::Pending:
    case Expr::Kind::PortAt:
    case Expr::Kind::Active:
    case Expr::Kind::Held:
    case Expr::Kind::Not:
    case Expr::Kind::Negate: break;
  }
  UNREACHABLE("an operator of two operands");
}

std::string joined(const Words& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

}  // namespace

std::uint32_t capacity(const ir::System& system, ir::PortId inbox) {
  const ir::Port& port = system.ports[inbox];
  const ir::Channel& channel = system.channels[port.channel];
  return port.role == ir::Role::Importer ? channel.to_importer : channel.to_exporter;
}

std::uint32_t fields(const ir::System& system, ir::PortId inbox) {
  return most_blocks(system, inbox, [](const ir::Op&) { return true; });
}
std::uint32_t blocks_of(const ir::System& system, ir::PortId inbox, ir::MessageId message) {
  return most_blocks(system, inbox, [&](const ir::Op& op) { return op.message == message; });
}

std::string all_of(const Words& words) {
  Words needed;
  if (std::find(words.begin(), words.end(), "false") != words.end()) return "false";
  for (const std::string& word : words) {
    if (word != "true" && std::find(needed.begin(), needed.end(), word) == needed.end())
      needed.push_back(word);
  }
  return needed.empty() ? "true" : joined(needed, " && ");
}

std::string Expressions::any_of(const Words& words) const {
  if (words.empty()) return "false";
  return words.size() == 1 ? words.front() : "(" + joined(words, " || ") + ")";
}

std::string Expressions::is_closed(ir::PortId port) const {
  const std::string& closed = symbols_.ports[port.value].closed;
  return closed.empty() ? "false" : closed;
}

std::string Expressions::is_usable(ir::PortId port) const {
  const PortNames& names = symbols_.ports[port.value];
  if (names.closed.empty()) return names.bound.empty() ? "true" : names.bound;
  return names.bound.empty() ? "!" + names.closed : fmt::format("({} && !{})", names.bound, names.closed);
}

std::string Expressions::is_running(ir::ProcessId process) const {
  if (system_.processes[process].kind != ir::Process::Kind::Thread) return "false";
  return symbols_.running[process.value];
}

bool Expressions::enters_atomic(ir::ProcessId process) const {
  for (const ir::Edge& edge : system_.processes[process].edges) {
    for (const ir::Op& op : edge.ops) {
      if (op.kind == ir::Op::Kind::EnterAtomic) return true;
    }
  }
  return false;
}

std::string Expressions::has_room(ir::PortId port) const {
  const ir::PortId inbox = symbols_.peer(port);
  const std::string room =
      fmt::format("len({}) < {}", symbols_.ports[inbox.value].inbox, capacity(system_, inbox));
  const std::string& closed = symbols_.ports[inbox.value].closed;
  return closed.empty() ? room : fmt::format("({} || {})", room, closed);
}

std::string Expressions::poll(ir::PortId port, ir::MessageId message) const {
  std::string rest;
  for (std::uint32_t i = 0; i < fields(system_, port); ++i) rest += ",_";
  return fmt::format("{}?[{}{}]", symbols_.ports[port.value].inbox,
                     symbols_.contract(port).messages[message.value], rest);
}

std::vector<std::uint32_t> Expressions::candidates(ir::PoolId id) const {
  const ir::Pool& pool = system_.pools[id];
  std::vector<std::uint32_t> blocks;
  for (std::uint32_t b = 0; b < pool.count; ++b) blocks.push_back(pool.first + b + 1);
  return blocks;
}

std::string Expressions::is_candidate(ir::ProcessId process, ir::PoolId id, std::uint32_t block) const {
  const ir::ComponentId asker = system_.processes[process].component;
  Words owners;
  if (system_.pools[id].component == asker) owners.push_back(std::to_string(kNobody));
  if (system_.components[asker].kind == ir::Component::Kind::Peer)
    owners.push_back(std::to_string(symbols_.owner(asker)));
  if (owners.empty()) return "false";
  std::string text;
  for (const std::string& owner : owners)
    text += fmt::format("{}{}[{}] == {}", text.empty() ? "" : " || ", symbols_.owners, block, owner);
  return "(" + text + ")";
}

std::string Expressions::expression(ir::ExprId id, std::optional<ir::ProcessId> process) const {
  const Expr& e = system_.exprs[id];
  const auto left = [&] { return expression(e.left, process); };
  switch (e.kind) {
    case Expr::Kind::Number: return e.value < 0 ? fmt::format("({})", e.value) : std::to_string(e.value);
    case Expr::Kind::Variable: return symbols_.variables[e.variable.value].value;
    case Expr::Kind::Pending: return symbols_.signals[e.signal.value].pending;
    case Expr::Kind::PortAt: {
      const PortNames& port = symbols_.ports[e.port.value];
      Words nodes;
      for (const ir::StateId node : e.nodes)
        nodes.push_back(fmt::format("{} == {}", port.node, symbols_.contract(e.port).nodes[node.value]));
      const std::string at = any_of(nodes);
      return port.bound.empty() ? "(" + at + ")" : fmt::format("({} && {})", port.bound, at);
    }
    case Expr::Kind::Active: return symbols_.components[e.component.value];
    case Expr::Kind::Held:
      return process ? fmt::format("({} == {})", symbols_.locks[e.lock.value], process->value + 1) : "false";
    case Expr::Kind::Not: return fmt::format("(!{})", left());
    case Expr::Kind::Negate: return fmt::format("(0 - {})", left());
    case Expr::Kind::And:
    case Expr::Kind::Or:
    case Expr::Kind::Equal:
    case Expr::Kind::NotEqual:
    case Expr::Kind::Less:
    case Expr::Kind::LessEqual:
    case Expr::Kind::Greater:
    case Expr::Kind::GreaterEqual:
    case Expr::Kind::Plus:
    case Expr::Kind::Minus:
      return fmt::format("({} {} {})", left(), sign(e.kind), expression(e.right, process));
  }
  UNREACHABLE("expression is known");
}

Expressions::Range Expressions::range(ir::ExprId id) const {
  const Expr& e = system_.exprs[id];
  constexpr std::int64_t kLowest = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t kHighest = std::numeric_limits<std::int32_t>::max();
  const auto sum = [&](const Range& a, std::int64_t low, std::int64_t high, bool wide) {
    const Range r{a.lowest + low, a.highest + high, a.too_wide || wide};
    const bool out = r.lowest < kLowest || r.highest > kHighest;
    return Range{std::max(r.lowest, kLowest), std::min(r.highest, kHighest), r.too_wide || out};
  };
  switch (e.kind) {
    case Expr::Kind::Number: return {e.value, e.value, false};
    case Expr::Kind::Variable:
      return {system_.variables[e.variable].lowest, system_.variables[e.variable].highest, false};
    case Expr::Kind::Pending:
    case Expr::Kind::PortAt:
    case Expr::Kind::Held: return {0, 1, false};
    case Expr::Kind::Active: return {0, static_cast<std::int64_t>(system_.processes.size()), false};
    case Expr::Kind::Not: return {0, 1, range(e.left).too_wide};
    case Expr::Kind::Negate: {
      const Range r = range(e.left);
      return sum({0, 0, r.too_wide}, -r.highest, -r.lowest, false);
    }
    case Expr::Kind::Plus: {
      const Range r = range(e.right);
      return sum(range(e.left), r.lowest, r.highest, r.too_wide);
    }
    case Expr::Kind::Minus: {
      const Range r = range(e.right);
      return sum(range(e.left), -r.highest, -r.lowest, r.too_wide);
    }
    case Expr::Kind::And:
    case Expr::Kind::Or:
    case Expr::Kind::Equal:
    case Expr::Kind::NotEqual:
    case Expr::Kind::Less:
    case Expr::Kind::LessEqual:
    case Expr::Kind::Greater:
    case Expr::Kind::GreaterEqual: return {0, 1, range(e.left).too_wide || range(e.right).too_wide};
  }
  UNREACHABLE("expression is known");
}

bool Expressions::is_too_wide(ir::ExprId id) const { return range(id).too_wide; }

}  // namespace singspin::systems
