// What authors want to hold of a contract beyond the properties that hold for every contract: `//@ check`
// comments inside it. A claim is a formula of linear temporal logic over the moments of a run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/ir/ir.h"

namespace singspin::claims {

// Operators and atoms. There is no "next": whether a step counts as one moment or two must not matter.
enum class Op : std::uint8_t {
  True,
  False,
  At,        // `exp@S`: the endpoint is at S, or inside a sequence that began there
  Sent,      // `sent M`: the step that led here sent M
  Received,  // `received M`
  Length,    // `len(imp->exp) <= 2`: messages in a queue
  Not,       // left
  And,
  Or,
  Implies,
  Always,      // left
  Eventually,  // left
  Until,
  WeakUntil,
};

enum class Comparison : std::uint8_t { Less, LessEqual, Equal, NotEqual, GreaterEqual, Greater };

struct Node {
  Op op = Op::True;
  ir::Role role = ir::Role::Exporter;  // At: whose place; Length: who receives from the queue
  std::vector<ir::StateId> states{};   // At
  ir::MessageId message{};             // Sent, Received
  Comparison comparison = Comparison::Equal;
  std::uint32_t number = 0;
  std::size_t left = 0, right = 0;  // rows of Claim::nodes, smaller than this one's
};

struct Claim {
  enum class Kind : std::uint8_t { Never, Always, Reachable, LeadsTo, Ltl };
  ir::ContractId contract;
  std::string name;  // `user:no-overlap`
  Kind kind = Kind::Never;
  // The last row is the root: what every fair run has to satisfy; for Reachable what some configuration
  // has to satisfy.
  std::vector<Node> nodes;
  source::Span span;
  std::string text;  // as written, on one line
};

}  // namespace singspin::claims
