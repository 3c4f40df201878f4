// A contract, its Promela text and the statement table SPIN would write for it, without SPIN.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "promela/mapback/mapback.h"
#include "tests/unit/exec/compact.h"

namespace singspin::testing {

using Statements = std::map<std::int64_t, spin::Statement>;

// Blocks in the order of the states, the entry first.
inline pml::Process process_of(const ir::Contract& contract, ir::Role role, std::size_t machine, ir::StateId entry) {
  pml::Process process{role, {}};
  std::vector<ir::StateId> order{entry};
  for (const ir::StateId s : contract.states.ids()) {
    if (s != entry) order.push_back(s);
  }
  const auto row_of = [&](ir::StateId s) { return static_cast<std::size_t>(std::find(order.begin(), order.end(), s) - order.begin()); };
  for (const ir::StateId s : order) {
    pml::Block block{contract.states[s].id, contract.states[s].final, {}, {}, {machine, role, s, {}}};
    for (const ir::TransitionId t : contract.states[s].out) {
      const ir::Transition& row = contract.transitions[t];
      const auto action = ir::sender(row.sign) == role ? pml::Option::Action::Send : pml::Option::Action::Receive;
      block.options.push_back({action, row.sign == ir::Sign::Send, row.message.value, {}, row_of(row.to), {machine, role, s, t}});
    }
    process.blocks.push_back(std::move(block));
  }
  return process;
}

inline pml::Printed printed(const std::vector<const ir::Contract*>& contracts, ir::StateId entry = {0}) {
  pml::Model model;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    pml::Machine machine;
    machine.message_set = i;
    for (const ir::Message& m : contracts[i]->messages) machine.messages.push_back(m.name);
    machine.exporter = process_of(*contracts[i], ir::Role::Exporter, i, entry);
    machine.importer = process_of(*contracts[i], ir::Role::Importer, i, entry);
    model.machines.push_back(std::move(machine));
  }
  return pml::print(model);
}

// SPIN numbers states in the order of the text, an `if` after its options, and ids and moves through
// all processes.
inline Statements statements_of(const pml::Printed& printed) {
  Statements statements;
  std::int64_t id = 5;
  unsigned move = 3;
  for (unsigned p = 0; p < printed.processes.size(); ++p) {
    const std::vector<pml::Line>& lines = printed.processes[p].lines;
    unsigned state = 1;
    std::size_t options = 0;
    const auto add = [&](std::string text, std::size_t line, unsigned with_move) {
      statements[id++] = {p, state++, static_cast<unsigned>(line), std::move(text), with_move};
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
      add(lines[i].numeric_text, lines[i].line, move++);
      if (!lines[i].origin.transition) continue;
      add("goto somewhere", lines[i].line, 1);
      ++options;
      if (i + 1 < lines.size() && lines[i + 1].origin.state == lines[i].origin.state) continue;
      add("IF", lines[i].line - options, 0);
      add(".(goto)", lines[i].line - options, 1);
      options = 0;
    }
    add("-end-", lines.back().line + 1, move++);
  }
  return statements;
}

// The id of the statement of a step in the trail.
inline std::int64_t trail_id(const mapback::Identity& identity, std::size_t machine, const exec::Step& step) {
  for (const auto& [id, origin] : identity.by_trail_id) {
    if (origin.machine == machine && origin.role == step.actor && origin.transition == step.transition) return id;
  }
  CHECK(false, "the step has a statement");
}

}  // namespace singspin::testing
