#include "frontend/exec/failures.h"

#include <algorithm>
#include <unordered_set>

#include "frontend/exec/key.h"

namespace singspin::exec {

namespace {

// `exp@3?5`: the exporter at state 3 with message 5 first in its queue.
std::string place(const Configuration& c, ir::Role role) {
  const Queue& inbox = c.inbox(role);
  return std::string(ir::endpoint_id(role)) + "@" + std::to_string(c.state(role).value) +
         (inbox.empty() ? "" : "?" + std::to_string(inbox.front().value));
}

// It can only receive, and not what is first in its queue: it stays there for good.
bool is_deaf(const ir::Contract& contract, const Configuration& c, ir::Role role) {
  const Queue& inbox = c.inbox(role);
  const std::vector<ir::TransitionId>& out = contract.states[c.state(role)].out;
  return !inbox.empty() && !out.empty() && std::none_of(out.begin(), out.end(), [&](ir::TransitionId id) {
    const ir::Transition& row = contract.transitions[id];
    return ir::sender(row.sign) == role || row.message == inbox.front();
  });
}

bool leaves_messages(const ir::Contract& contract, const Configuration& c, ir::Role role) {
  return contract.states[c.state(role)].final && !c.inbox(role).empty();
}

constexpr ir::Role kRoles[] = {ir::Role::Importer, ir::Role::Exporter};

}  // namespace

std::vector<Failure> failures_at(const ir::Contract& contract, const Scope& scope, const Configuration& c) {
  std::vector<Failure> found;
  if (has_fault(contract, scope, c, Fault::Stuck))
    found.push_back({Fault::Stuck, "stuck " + place(c, kRoles[0]) + " " + place(c, kRoles[1])});
  for (const ir::Role role : kRoles) {
    if (has_fault(contract, scope, c, Fault::UnspecifiedReception) && is_deaf(contract, c, role))
      found.push_back({Fault::UnspecifiedReception, "deaf " + place(c, role)});
    for (const Fault fault : {Fault::FinalWithPending, Fault::OrphanMessage}) {
      if (has_fault(contract, scope, c, fault) && leaves_messages(contract, c, role))
        found.push_back({fault, "left " + place(c, role)});
    }
  }
  return found;
}

namespace {

class Search {
 public:
  Search(const ir::Contract& contract, const Scope& scope, std::set<std::string> known)
      : contract_(contract), scope_(scope), failures_(std::move(known)) {}

  FailureSearch run(const Budget& budget) {
    add(initial(scope_), 0, {});
    std::size_t next = 0;
    for (; next < nodes_.size() && nodes_.size() <= budget.configurations; ++next) visit(next);
    result_.complete = next == nodes_.size();
    return std::move(result_);
  }

 private:
  struct Node {
    Configuration configuration;
    std::size_t parent;
    Step step;
  };

  void add(Configuration c, std::size_t parent, Step step) {
    if (seen_.insert(key_of(c)).second) nodes_.push_back({std::move(c), parent, step});
  }

  void visit(std::size_t index) {
    const Configuration c = nodes_[index].configuration;  // a copy: nodes move while steps are added
    bool fresh = false;
    for (Failure& failure : failures_at(contract_, scope_, c))
      fresh = failures_.insert(std::move(failure.key)).second || fresh;
    if (fresh) result_.runs.push_back(run_back(contract_, scope_, nodes_, index));
    for (const Step& step : enabled(contract_, scope_, c)) add(apply(contract_, c, step), index, step);
  }

  const ir::Contract& contract_;
  const Scope& scope_;
  std::set<std::string> failures_;
  std::vector<Node> nodes_;
  std::unordered_set<std::string> seen_;
  FailureSearch result_;
};

}  // namespace

FailureSearch find_failures(const ir::Contract& contract, const Scope& scope, const Budget& budget,
                            std::set<std::string> known) {
  return Search(contract, scope, std::move(known)).run(budget);
}

}  // namespace singspin::exec
