#include "frontend/explore/fairness.h"

#include <algorithm>

namespace singspin::explore {
Fairness::Fairness(const Interpreter& interpreter)
    : in_(interpreter),
      waits_(interpreter.system().locks.size()),
      by_queue_(interpreter.system().ports.size()),
      by_gone_(interpreter.system().ports.size()),
      by_signal_(interpreter.system().signals.size()) {
  const ir::System& system = in_.system();
  for (const ir::ProcessId id : system.processes.ids()) {
    add_offers(id);
    add_waits(id);
    acquired_.emplace_back(system.processes[id].edges.size());
    answers_.emplace_back(system.processes[id].edges.size());
    for (const ir::EdgeId edge : system.processes[id].edges.ids()) {
      for (const ir::Op& op : system.processes[id].edges[edge].ops) {
        if (op.kind == ir::Op::Kind::Acquire) acquired_[id.value][edge.value].push_back(op.lock);
      }
    }
  }
  add_answers();
}

void Fairness::add_offers(ir::ProcessId id) {
  const ir::Process& process = in_.system().processes[id];
  auto& by_location = offers_.emplace_back(process.locations.size());
  for (const ir::LocationId location : process.locations.ids()) {
    std::vector<Offer>& offers = by_location[location.value];
    for (const ir::EdgeId out : process.locations[location].out) {
      const auto event = process.edges[out].event;
      if (!event) continue;
      auto known =
          std::find_if(offers.begin(), offers.end(), [&](const Offer& o) { return o.event == *event; });
      if (known == offers.end()) known = offers.insert(known, {*event, count_++, {}});
      known->edges.push_back(out);
      add_occurrence(process.edges[out], known->requirement);
    }
  }
}

// What the event of this edge is: whose queue, whose closing, which bit.
void Fairness::add_occurrence(const ir::Edge& edge, std::uint32_t requirement) {
  for (const ir::Condition& condition : edge.when) {
    using Kind = ir::Condition::Kind;
    if (condition.kind == Kind::Head || condition.kind == Kind::HeadNot) {
      by_queue_[condition.port.value].push_back(requirement);
    }
    if (condition.kind == Kind::PeerGone) by_gone_[condition.port.value].push_back(requirement);
    if (condition.kind == Kind::Signal) by_signal_[condition.signal.value].push_back(requirement);
  }
}

void Fairness::add_waits(ir::ProcessId id) {
  const ir::Process& process = in_.system().processes[id];
  std::vector<std::optional<std::uint32_t>> numbers(waits_.size());
  for (const ir::EdgeId edge : process.edges.ids()) {
    for (const ir::Condition& condition : process.edges[edge].when) {
      if (condition.kind != ir::Condition::Kind::LockFree) continue;
      auto& number = numbers[condition.lock.value];
      if (!number) number = count_++;
      waits_[condition.lock.value].push_back({id, edge, condition.lock, *number});
    }
  }
}

// What the operations of a step end, whoever takes it. The closing of a peer stays as it is: taking it
// is enough.
void Fairness::answer(const ir::Edge& edge, std::vector<std::uint32_t>& answers) const {
  const auto append = [&](const Requirements& more) {
    answers.insert(answers.end(), more.begin(), more.end());
  };
  for (const ir::Op& op : edge.ops) {
    using Kind = ir::Op::Kind;
    if (op.kind == Kind::Receive || op.kind == Kind::Close) append(by_queue_[op.port.value]);
    if (op.kind == Kind::Close) append(by_gone_[op.port.value]);
    if (op.kind == Kind::Take || op.kind == Kind::Reset || op.kind == Kind::Cancel) {
      append(by_signal_[op.signal.value]);
    }
  }
  for (const ir::Condition& condition : edge.when) {
    if (condition.kind == ir::Condition::Kind::PeerGone) append(by_gone_[condition.port.value]);
  }
}

void Fairness::add_answers() {
  const ir::System& system = in_.system();
  std::vector<Requirements> locks(system.processes.size());  // by process: it waits for them
  for (const auto& waits : waits_) {
    for (const Wait& wait : waits) locks[wait.process.value].push_back(wait.requirement);
  }
  for (const ir::ProcessId id : system.processes.ids()) {
    for (const ir::EdgeId edge : system.processes[id].edges.ids()) {
      Requirements& answers = answers_[id.value][edge.value];
      answers.insert(answers.end(), locks[id.value].begin(), locks[id.value].end());
      answer(system.processes[id].edges[edge], answers);
    }
    for (const auto& offers : offers_[id.value]) {
      for (const Offer& offer : offers) {
        for (const ir::EdgeId edge : offer.edges) answers_[id.value][edge.value].push_back(offer.requirement);
      }
    }
    for (Requirements& answers : answers_[id.value]) {
      std::sort(answers.begin(), answers.end());
      answers.erase(std::unique(answers.begin(), answers.end()), answers.end());
    }
  }
}

// At the location of the edge, and the lock is all that its step lacks.
bool Fairness::waits(const std::uint8_t* before, const Wait& wait) const {
  const ir::Edge& edge = in_.system().processes[wait.process].edges[wait.edge];
  if (get(before, in_.layout().locations[wait.process.value]) != edge.from.value) return false;
  return in_.is_possible(before, wait.process, edge);
}

void Fairness::passed(const std::uint8_t* before, ir::ProcessId id, ir::EdgeId taken,
                      std::vector<std::uint32_t>& out) const {
  const ir::Process& process = in_.system().processes[id];
  const ir::Edge& edge = process.edges[taken];
  for (const Offer& offer : offers_[id.value][edge.from.value]) {
    if (edge.event == offer.event) continue;
    const bool possible = std::any_of(offer.edges.begin(), offer.edges.end(), [&](ir::EdgeId other) {
      return in_.is_possible(before, id, process.edges[other]);
    });
    if (possible) out.push_back(offer.requirement);
  }
  for (const ir::LockId lock : acquired_[id.value][taken.value]) {
    for (const Wait& wait : waits_[lock.value]) {
      if (wait.process != id && waits(before, wait)) out.push_back(wait.requirement);
    }
  }
}

const std::vector<std::uint32_t>& Fairness::taken(ir::ProcessId id, ir::EdgeId edge) const {
  return answers_[id.value][edge.value];
}

}  // namespace singspin::explore
