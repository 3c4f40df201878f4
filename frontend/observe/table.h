// What one end of a contract may do next, as a table: a deterministic machine over the sets of states in
// which the end can be. It is what `conform` walks through and what `monitor` prints.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::observe {

enum class Action : std::uint8_t { Send, Receive };
constexpr Action opposite(Action a) { return a == Action::Send ? Action::Receive : Action::Send; }

struct Event {
  Action action = Action::Send;
  ir::MessageId message;
  bool operator==(const Event&) const = default;
};

struct Table {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  ir::Role role = ir::Role::Exporter;
  std::size_t messages = 0;
  std::vector<std::string> names;    // of the nodes: `Idle`, `Idle, after Ask`, `A or B`
  std::vector<std::uint32_t> next_;  // node, message, action

  std::size_t size() const { return names.size(); }
  std::uint32_t next(std::uint32_t node, Event e) const {
    return next_[(node * messages + e.message.value) * 2 + static_cast<std::size_t>(e.action)];
  }
  std::vector<Event> allowed(std::uint32_t node) const;
};

// Node 0 is `start`. None: the machine would have more than `limit` nodes, which takes a contract whose
// choices are not deterministic.
std::optional<Table> make_table(const ir::Contract& contract, ir::StateId start, ir::Role role,
                                std::size_t limit = 20'000);

}  // namespace singspin::observe
