#include "frontend/claims/claim.h"

#include <algorithm>

namespace singspin::claims {

namespace {

bool compare(Comparison comparison, std::size_t a, std::size_t b) {
  switch (comparison) {
    case Comparison::Less: return a < b;
    case Comparison::LessEqual: return a <= b;
    case Comparison::Equal: return a == b;
    case Comparison::NotEqual: return a != b;
    case Comparison::GreaterEqual: return a >= b;
    case Comparison::Greater: return a > b;
  }
  UNREACHABLE("comparison is known");
}

bool is_temporal(Op op) {
  return op == Op::Always || op == Op::Eventually || op == Op::Until || op == Op::WeakUntil;
}

using Truth = std::vector<bool>;  // by moment

class Evaluator {
 public:
  Evaluator(const Claim& claim, const ir::Contract& contract, const Word& word)
      : claim_(claim), contract_(contract), word_(word) {}

  bool run() {
    for (const Node& node : claim_.nodes) truth_.push_back(row(node));
    return truth_.back().front();
  }

 private:
  Truth row(const Node& node) const {
    if (node.op == Op::Until || node.op == Op::Eventually) return until(node);
    if (node.op == Op::WeakUntil || node.op == Op::Always) return weak_until(node);
    Truth result(word_.moments.size());
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = now(node, i);
    return result;
  }

  bool left(const Node& node, std::size_t i) const { return truth_[node.left][i]; }
  bool right(const Node& node, std::size_t i) const { return truth_[node.right][i]; }

  bool now(const Node& node, std::size_t i) const {
    const Moment& moment = word_.moments[i];
    switch (node.op) {
      case Op::True: return true;
      case Op::False: return false;
      case Op::At:
        return std::find(node.states.begin(), node.states.end(), moment.configuration.state(node.role)) !=
               node.states.end();
      case Op::Sent:
      case Op::Received:
        return moment.step && contract_.transitions[moment.step->transition].message == node.message &&
               exec::is_send(contract_, *moment.step) == (node.op == Op::Sent);
      case Op::Length:
        return compare(node.comparison, moment.configuration.inbox(node.role).size(), node.number);
      case Op::Not: return !left(node, i);
      case Op::And: return left(node, i) && right(node, i);
      case Op::Or: return left(node, i) || right(node, i);
      case Op::Implies: return !left(node, i) || right(node, i);
      case Op::Always:
      case Op::Eventually:
      case Op::Until:
      case Op::WeakUntil: break;
    }
    UNREACHABLE("temporal operators have rows of their own");
  }

  std::size_t next(std::size_t i) const { return i + 1 < word_.moments.size() ? i + 1 : word_.loop; }

  // The least solution of u = right or (left and next u); two rounds backwards reach it on a loop.
  Truth until(const Node& node) const {
    Truth result(word_.moments.size(), false);
    settle(result, [&](std::size_t i) {
      const bool holds_on = node.op == Op::Eventually || left(node, i);
      const bool reached = node.op == Op::Eventually ? left(node, i) : right(node, i);
      return reached || (holds_on && result[next(i)]);
    });
    return result;
  }

  // The greatest solution of the same equation.
  Truth weak_until(const Node& node) const {
    Truth result(word_.moments.size(), true);
    settle(result, [&](std::size_t i) {
      const bool reached = node.op == Op::WeakUntil && right(node, i);
      return reached || (left(node, i) && result[next(i)]);
    });
    return result;
  }

  template <class Rule>
  static void settle(Truth& truth, Rule rule) {
    for (int round = 0; round < 2; ++round) {
      for (std::size_t i = truth.size(); i-- > 0;) truth[i] = rule(i);
    }
  }

  const Claim& claim_;
  const ir::Contract& contract_;
  const Word& word_;
  std::vector<Truth> truth_;
};

}  // namespace

bool mentions_events(const Claim& claim) {
  return std::any_of(claim.nodes.begin(), claim.nodes.end(),
                     [](const Node& n) { return n.op == Op::Sent || n.op == Op::Received; });
}

bool is_about_configurations(const Claim& claim) {
  if (mentions_events(claim)) return false;
  const std::size_t inner = claim.nodes.size() - (claim.kind == Claim::Kind::Reachable ? 0 : 1);
  const bool invariant = claim.kind == Claim::Kind::Reachable || claim.nodes.back().op == Op::Always;
  return invariant &&
         std::none_of(claim.nodes.begin(), claim.nodes.begin() + static_cast<std::ptrdiff_t>(inner),
                      [](const Node& n) { return is_temporal(n.op); });
}

bool holds(const Claim& claim, const ir::Contract& contract, const Word& word) {
  CHECK(!claim.nodes.empty() && !word.moments.empty() && word.loop < word.moments.size(), "a whole word");
  return Evaluator(claim, contract, word).run();
}

}  // namespace singspin::claims
