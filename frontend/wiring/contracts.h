// What a system asks a contract: resources of messages, sets of nodes, who owes (rules 1, 2 and 7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::wiring {

// `C.Exp:S` as the type of a parameter.
struct EndpointType {
  std::string contract;  // simple name
  ir::Role role = ir::Role::Exporter;
  std::string state;  // empty: none
};

struct Resource {
  bool is_endpoint = false;
  EndpointType endpoint;
  std::string name;  // of the parameter
  std::string type;
};

// Rule 1.3: blocks and endpoints, in order.
std::vector<Resource> resources(const ir::Message& message);
bool carries_blocks(const ir::Message& message);

// A message that `role` sends, or receives; one that is declared without direction is both.
bool may_send(const ir::Message& message, ir::Role role);
bool may_receive(const ir::Message& message, ir::Role role);

std::optional<ir::MessageId> find_message(const ir::Contract& contract, std::string_view name);
// Where an end that starts in a named state stands.
std::optional<ir::StateId> find_state(const ir::Contract& contract, std::string_view name);
// Rule 2: the nodes that count as named state `name` in `p@S`; empty if there is no such state.
std::vector<ir::StateId> nodes_at(const ir::Contract& contract, std::string_view name);

// Rule 7, by node: who owes there; absent: resting.
std::vector<std::optional<ir::Role>> owing(const ir::Contract& contract);
// By node: both ends may come there from `start`.
std::vector<bool> reachable(const ir::Contract& contract, ir::StateId start);
// No node has two transitions with one action, so that both ends always know where they stand.
bool is_deterministic(const ir::Contract& contract);

}  // namespace singspin::wiring
