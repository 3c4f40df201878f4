#include "frontend/wiring/pools.h"

#include <algorithm>
#include <limits>

#include "frontend/wiring/contracts.h"

namespace singspin::wiring {

namespace {

int blocks(const ir::Message& m) {
  const std::vector<Resource> all = resources(m);
  return static_cast<int>(
      std::count_if(all.begin(), all.end(), [](const Resource& r) { return !r.is_endpoint; }));
}

}  // namespace

// `least` is the smallest number of blocks that a run can have left it with at a state, if each is kept until
// it is sent. Numbers that still sink after as many rounds as there are states do so on a cycle that loses
// blocks.
std::optional<ir::MessageId> sent_without_receiving(const ir::Contract& contract, ir::StateId start,
                                                    ir::Role role) {
  constexpr int kNever = std::numeric_limits<int>::max();
  std::vector<int> least(contract.states.size(), kNever);
  least[start.value] = 0;
  std::optional<ir::MessageId> lost;
  std::size_t rounds = 0;
  for (bool sinks = true; sinks; ++rounds) {
    if (rounds > contract.states.size()) return lost;
    sinks = false;
    for (const ir::Transition& t : contract.transitions) {
      const int before = least[t.from.value];
      if (before == kNever) continue;
      const int moved = blocks(contract.messages[t.message]);
      const int after = ir::sender(t.sign) == role ? before - moved : before + moved;
      if (after < 0) return t.message;
      if (after < least[t.to.value]) sinks = true;
      if (after < before) lost = t.message;
      least[t.to.value] = std::min(least[t.to.value], after);
    }
  }
  return std::nullopt;
}

bool frees_what_it_gets(const Build& build, ir::ComponentId c) {
  const auto& pools = build.system.pools;
  return build.system.components[c].kind == ir::Component::Kind::Peer &&
         std::any_of(pools.begin(), pools.end(), [&](const ir::Pool& p) { return p.component == c; });
}

std::vector<std::set<ir::PoolId>> held_pools(const Build& build) {
  const ir::System& system = build.system;
  std::vector<std::set<ir::PoolId>> held(system.components.size());
  for (const ir::PoolId p : system.pools.ids()) held[system.pools[p].component.value].insert(p);
  for (bool grown = true; grown;) {
    grown = false;
    for (const ir::Channel& c : system.channels) {
      for (const ir::Message& m : build.contract(c.contract).messages) {
        if (!carries_blocks(m)) continue;
        for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
          if (!may_send(m, role)) continue;
          const auto& from = held[system.ports[c.end(role)].component.value];
          const ir::ComponentId receiver = system.ports[c.end(ir::other(role))].component;
          if (frees_what_it_gets(build, receiver)) continue;
          auto& to = held[receiver.value];
          const std::size_t before = to.size();
          to.insert(from.begin(), from.end());
          grown = grown || to.size() > before;
        }
      }
    }
  }
  return held;
}

}  // namespace singspin::wiring
