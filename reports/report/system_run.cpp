#include "reports/report/system_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

namespace singspin::report {

using explore::Configuration;
using explore::Interpreter;
using ir::Op;

std::string thread_id(const ir::System& system, ir::ProcessId id) {
  const ir::Process& process = system.processes[id];
  return process.kind == ir::Process::Kind::Init ? process.name + ".init" : process.name;
}

std::string endpoint_id(const ir::System& system, ir::PortId port) {
  const ir::Port& row = system.ports[port];
  return fmt::format("{}.{}", system.channels[row.channel].name, ir::endpoint_id(row.role));
}

std::string queue_id(const ir::System& system, ir::PortId receiver) {
  const ir::Port& row = system.ports[receiver];
  return fmt::format("{}->{}", endpoint_id(system, system.channels[row.channel].end(ir::other(row.role))),
                     endpoint_id(system, receiver));
}

// Several pools may make blocks of one name; they are counted through.
std::string token_id(const ir::System& system, std::uint32_t block) {
  for (const ir::PoolId id : system.pools.ids()) {
    const ir::Pool& pool = system.pools[id];
    if (block < pool.first || block - pool.first >= pool.count) continue;
    std::uint32_t before = 0;
    for (const ir::PoolId other : system.pools.ids()) {
      if (other < id && system.pools[other].name == pool.name) before += system.pools[other].count;
    }
    return fmt::format("{}#{}", pool.name, before + block - pool.first + 1);
  }
  return fmt::format("block#{}", block + 1);
}

std::string resource_id(const ir::System& system, ir::ComponentId component, std::string_view name) {
  return fmt::format("{}.{}", system.components[component].name, name);
}

namespace {

struct Named {
  Op::Kind kind;
  std::string_view text;
};

// What a step is called if it does several things: the first of these.
constexpr Named kActions[] = {
    {Op::Kind::Send, "send"},       {Op::Kind::Receive, "receive"}, {Op::Kind::Close, "close"},
    {Op::Kind::Acquire, "acquire"}, {Op::Kind::Release, "release"}, {Op::Kind::New, "new"},
    {Op::Kind::Use, "use"},         {Op::Kind::Free, "free"},       {Op::Kind::Give, "give"},
    {Op::Kind::Take_Back, "take"},  {Op::Kind::Fire, "fire"},       {Op::Kind::Take, "wait"},
    {Op::Kind::Signal, "signal"},   {Op::Kind::Spawn, "spawn"},     {Op::Kind::Assign, "assign"},
};

std::string_view action_of(const ir::System& system, const ir::Edge& edge) {
  for (const Named& named : kActions) {
    for (const Op& op : edge.ops) {
      if (op.kind != named.kind) continue;
      const bool state =
          op.kind == Op::Kind::Assign && system.variables[op.variable].kind == ir::Variable::Kind::State;
      return state ? "goto" : named.text;
    }
  }
  const bool joins = std::any_of(edge.when.begin(), edge.when.end(),
                                 [](const ir::Condition& c) { return c.kind == ir::Condition::Kind::Done; });
  return joins ? "join" : "internal";
}

class Teller {
 public:
  Teller(const Interpreter& interpreter, const explore::Run& run)
      : in_(interpreter), system_(interpreter.system()), run_(run), queued_(system_.ports.size()) {}

  std::vector<ToldStep> tell() {
    for (std::uint32_t i = 0; i < run_.steps.size(); ++i) {
      ToldStep told{run_.steps[i], action_of(system_, in_.edge(run_.steps[i])), {}, {}, {}, false};
      told.faulty = i + 1 >= run_.configurations.size();
      if (told.faulty) told.action = "internal";
      else tell_effects(told, i);
      steps_.push_back(std::move(told));
    }
    for (const std::deque<Sent>& queue : queued_) {
      for (const Sent& left : queue) sent(left).left = true;
    }
    return std::move(steps_);
  }

 private:
  struct Sent {
    std::uint32_t id = 0, step = 0;
    std::vector<std::uint32_t> blocks;
  };

  void tell_effects(ToldStep& told, std::uint32_t i) {
    const Configuration& before = run_.configurations[i];
    const Configuration& after = run_.configurations[i + 1];
    for (std::uint32_t block = 0; block < system_.blocks(); ++block) {
      const explore::Owner from = in_.owner(before, block), to = in_.owner(after, block);
      if (from != to) told.tokens.push_back({block, from, to});
    }
    for (const ir::LockId lock : system_.locks.ids()) {
      const auto from = in_.holder(before, lock), to = in_.holder(after, lock);
      if (from != to) told.locks.push_back({lock, to.has_value(), to ? *to : *from});
    }
    for (const Op& op : in_.edge(told.step).ops) {
      if (op.kind == Op::Kind::Send || op.kind == Op::Kind::Receive) tell_message(told, op, i);
      if (op.kind == Op::Kind::Close) queued_[op.port.value].clear();
    }
  }

  void tell_message(ToldStep& told, const Op& op, std::uint32_t i) {
    Passing p;
    p.send = op.kind == Op::Kind::Send;
    p.port = op.port;
    p.message = op.message;
    p.from = in_.node(run_.configurations[i], op.port);
    p.to = in_.node(run_.configurations[i + 1], op.port);
    p.transition = transition(p);
    std::deque<Sent>& queue = queued_[(p.send ? in_.peer(op.port) : op.port).value];
    if (p.send) {
      p.message_id = messages_++;
      const auto now = in_.queue(run_.configurations[i + 1], in_.peer(op.port));
      if (!now.empty() && now.size() == queue.size() + 1) {
        p.blocks = now.back().blocks;
        queue.push_back({p.message_id, i, p.blocks});
      }
    } else if (!queue.empty()) {
      p.message_id = queue.front().id;
      p.sent_at = queue.front().step;
      p.blocks = queue.front().blocks;
      sent(queue.front()).taken_at = i;
      queue.pop_front();
    }
    told.messages.push_back(std::move(p));
  }

  Passing& sent(const Sent& queued) {
    for (Passing& p : steps_[queued.step].messages) {
      if (p.send && p.message_id == queued.id) return p;
    }
    UNREACHABLE("what is queued was sent");
  }

  std::optional<ir::TransitionId> transition(const Passing& p) const {
    const ir::Contract& contract = in_.contract(p.port);
    const ir::Role role = system_.ports[p.port].role;
    const ir::Role sender = p.send ? role : ir::other(role);
    for (const ir::TransitionId t : contract.states[p.from].out) {
      const ir::Transition& row = contract.transitions[t];
      if (row.message == p.message && row.to == p.to && ir::sender(row.sign) == sender) return t;
    }
    return std::nullopt;
  }

  const Interpreter& in_;
  const ir::System& system_;
  const explore::Run& run_;
  std::vector<std::deque<Sent>> queued_;  // by receiving port
  std::vector<ToldStep> steps_;
  std::uint32_t messages_ = 0;
};

}  // namespace

std::vector<ToldStep> tell(const Interpreter& interpreter, const explore::Run& run) {
  return Teller(interpreter, run).tell();
}

std::optional<InQueue> find_queued(const Interpreter& interpreter, const explore::Run&,
                                   const std::vector<ToldStep>& steps, std::size_t configuration,
                                   std::uint32_t block) {
  // The last send of the block before this configuration.
  for (std::size_t i = std::min(configuration, steps.size()); i-- > 0;) {
    for (const Passing& p : steps[i].messages) {
      if (p.send && std::find(p.blocks.begin(), p.blocks.end(), block) != p.blocks.end())
        return InQueue{interpreter.peer(p.port), p.message_id};
    }
  }
  return std::nullopt;
}

std::string_view activity(const Interpreter& in, const Configuration& at, ir::ProcessId id) {
  const ir::Process& process = in.system().processes[id];
  const ir::Location& here = process.locations[in.location(at, id)];
  if (here.kind == ir::Location::Kind::Off && !in.is_running(at, id))
    return !process.starts_running && in.location(at, id) == process.start ? "not-started" : "finished";
  if (process.kind == ir::Process::Kind::Init && here.out.empty()) return "finished";
  if (in.is_resting(at, id)) return "resting";
  for (const ir::EdgeId edge : here.out) {
    if (in.is_enabled(at, {id, edge, 0})) return "running";
  }
  return "waiting";
}

}  // namespace singspin::report
