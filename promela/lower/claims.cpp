#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "promela/lower/lower.h"

namespace singspin::lower {

namespace {

using claims::Claim;
using claims::Node;
using claims::Op;
using pml::Term;

std::string_view sign_of(claims::Comparison comparison) {
  switch (comparison) {
    case claims::Comparison::Less: return "<";
    case claims::Comparison::LessEqual: return "<=";
    case claims::Comparison::Equal: return "==";
    case claims::Comparison::NotEqual: return "!=";
    case claims::Comparison::GreaterEqual: return ">=";
    case claims::Comparison::Greater: return ">";
  }
  UNREACHABLE("comparison is known");
}

Term::Op op_of(Op op) {
  switch (op) {
    case Op::True: return Term::Op::True;
    case Op::False: return Term::Op::False;
    case Op::At: return Term::Op::At;
    case Op::Sent:
    case Op::Received: return Term::Op::Event;
    case Op::Length: return Term::Op::Length;
    case Op::Not: return Term::Op::Not;
    case Op::And: return Term::Op::And;
    case Op::Or: return Term::Op::Or;
    case Op::Implies: return Term::Op::Implies;
    case Op::Always: return Term::Op::Always;
    case Op::Eventually: return Term::Op::Eventually;
    case Op::Until: return Term::Op::Until;
    case Op::WeakUntil: return Term::Op::WeakUntil;
  }
  UNREACHABLE("operator is known");
}

// Numbers for the events that some claim mentions; all others are 0.
class Events {
 public:
  unsigned number(ir::MessageId message, bool sent) {
    return numbers_.emplace(std::pair(message, sent), static_cast<unsigned>(numbers_.size()) + 1)
        .first->second;
  }
  bool empty() const { return numbers_.empty(); }

  void mark(pml::Process& process, const ir::Contract& contract) const {
    for (pml::Block& block : process.blocks) {
      for (pml::Option& option : block.options) {
        const ir::MessageId m = contract.transitions[*option.origin.transition].message;
        const auto found = numbers_.find({m, option.action == pml::Option::Action::Send});
        if (found != numbers_.end()) option.event = found->second;
      }
    }
  }

 private:
  std::map<std::pair<ir::MessageId, bool>, unsigned> numbers_;
};

std::vector<std::size_t> blocks_of(const pml::Process& process, const std::vector<ir::StateId>& states) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < process.blocks.size(); ++i) {
    const ir::StateId s = process.blocks[i].origin.state;
    if (std::find(states.begin(), states.end(), s) != states.end()) result.push_back(i);
  }
  return result;
}

std::size_t place_of(const Node& node, const ir::Contract& contract, pml::Model& model) {
  const bool exporter = node.role == ir::Role::Exporter;
  const pml::Machine& machine = model.machines.front();
  pml::Place place{fmt::format("{}@{}", exporter ? "exp" : "imp", contract.states[node.states.front()].id),
                   node.role, blocks_of(exporter ? machine.exporter : machine.importer, node.states)};
  const auto known = std::find(model.places.begin(), model.places.end(), place);
  if (known != model.places.end()) return static_cast<std::size_t>(known - model.places.begin());
  model.places.push_back(std::move(place));
  return model.places.size() - 1;
}

pml::Formula formula(const Claim& claim, const ir::Contract& contract, pml::Model& model, Events& events) {
  pml::Formula result;
  for (const Node& node : claim.nodes) {
    Term term;
    term.op = op_of(node.op);
    term.to_importer = node.role == ir::Role::Importer;  // the receiver of the queue
    term.comparison = sign_of(node.comparison);
    term.number = node.number;
    term.left = node.left;
    term.right = node.right;
    if (node.op == Op::At) term.place = place_of(node, contract, model);
    if (term.op == Term::Op::Event) term.event = events.number(node.message, node.op == Op::Sent);
    result.terms.push_back(std::move(term));
  }
  if (claim.kind == Claim::Kind::Reachable) {
    for (const Term::Op op : {Term::Op::Not, Term::Op::Always}) {
      Term term;
      term.op = op;
      term.left = result.terms.size() - 1;
      result.terms.push_back(std::move(term));
    }
  }
  return result;
}

// Characters of a formula as SPIN writes it for itself: each operand in parentheses, `a W b` as
// `[] (a) || (a U b)`.
std::uint64_t spin_length(const Claim& claim) {
  constexpr std::uint64_t kAtom = 40, kOperator = 16, kMost = 1u << 20;
  std::vector<std::uint64_t> length;
  for (const Node& node : claim.nodes) {
    const auto left = [&] { return length[node.left]; };
    const auto right = [&] { return length[node.right]; };
    std::uint64_t all = kAtom;
    switch (node.op) {
      case Op::True:
      case Op::False:
      case Op::Sent:
      case Op::Received:
      case Op::Length: break;
      case Op::At: all = kAtom / 4; break;
      case Op::Not:
      case Op::Always:
      case Op::Eventually: all = left() + kOperator; break;
      case Op::And:
      case Op::Or:
      case Op::Implies:
      case Op::Until: all = left() + right() + kOperator; break;
      case Op::WeakUntil: all = 2 * left() + right() + 2 * kOperator; break;
    }
    length.push_back(std::min(all, kMost));
  }
  return length.back();
}

}  // namespace

bool fits_spin(const Claim& claim) {
  constexpr std::uint64_t kRoom = 2000;  // SPIN 6.5.2 reads 2,048 characters, negation and all
  return spin_length(claim) <= kRoom;
}

pml::Model lower_claims(const Request& request, const std::vector<const Claim*>& claims,
                        const source::SourceMap& sources) {
  pml::Model model = lower({request}, sources, false);
  pml::Machine& machine = model.machines.front();
  Events events;
  for (const Claim* claim : claims) {
    model.formulas.push_back(formula(*claim, *request.contract, model, events));
    model.formulas.back().name = fmt::format("claim_{}", model.formulas.size());
    model.formulas.back().title = fmt::format("{}: {}", claim->name, claim->text);
  }
  model.events = !events.empty();
  model.idling = true;
  events.mark(machine.exporter, *request.contract);
  events.mark(machine.importer, *request.contract);
  return model;
}

}  // namespace singspin::lower
