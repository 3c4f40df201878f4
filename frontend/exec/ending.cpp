#include "frontend/exec/ending.h"

#include <algorithm>
#include <deque>
#include <map>

namespace singspin::exec {

namespace {

ir::Role receiver(ir::Sign sign) { return ir::other(ir::sender(sign)); }

}  // namespace

std::vector<StepLink> link_steps(const ir::Contract& contract, const Trace& trace) {
  std::vector<StepLink> links(trace.steps.size());
  std::deque<std::uint32_t> on_the_way[2];  // send steps by receiving role
  std::uint32_t next_id = 0;
  for (std::uint32_t i = 0; i < trace.steps.size(); ++i) {
    const ir::Sign sign = contract.transitions[trace.steps[i].transition].sign;
    auto& queue = on_the_way[static_cast<int>(receiver(sign))];
    if (is_send(contract, trace.steps[i])) {
      links[i].message_id = next_id++;
      queue.push_back(i);
      continue;
    }
    const std::uint32_t send = queue.front();
    queue.pop_front();
    links[i] = {links[send].message_id, send};
    links[send].peer = i;
  }
  return links;
}

namespace {

std::vector<Undelivered> find_undelivered(const ir::Contract& contract, const Trace& trace) {
  std::vector<Undelivered> result;
  const std::vector<StepLink> links = link_steps(contract, trace);
  for (std::uint32_t i = 0; i < trace.steps.size(); ++i) {
    if (!is_send(contract, trace.steps[i]) || links[i].peer) continue;
    const ir::Transition& row = contract.transitions[trace.steps[i].transition];
    result.push_back({links[i].message_id, row.message, receiver(row.sign), i});
  }
  return result;
}

Blocked describe_party(const ir::Contract& contract, const Configuration& c, ir::Role role) {
  Blocked party;
  party.role = role;
  party.state = c.state(role);
  if (!c.inbox(role).empty()) party.head = c.inbox(role).front();
  for (const ir::TransitionId t : contract.states[party.state].out) {
    const ir::Transition& row = contract.transitions[t];
    auto& list = ir::sender(row.sign) == role ? party.sends : party.accepts;
    if (std::find(list.begin(), list.end(), row.message) == list.end()) list.push_back(row.message);
  }
  if (contract.states[party.state].final) party.cause = Blocked::Cause::Final;
  else if (party.head) party.cause = Blocked::Cause::UnexpectedMessage;
  else party.cause = Blocked::Cause::EmptyQueue;
  return party;
}

// Parties that can take no step any more, the importer first; a final one only if something waits.
std::vector<Blocked> find_blocked(const ir::Contract& contract, const Trace& trace) {
  std::vector<Blocked> blocked;
  const std::vector<Step> steps = enabled(contract, trace.scope, trace.last());
  for (const ir::Role role : {ir::Role::Importer, ir::Role::Exporter}) {
    const bool moves =
        std::any_of(steps.begin(), steps.end(), [&](const Step& s) { return s.actor == role; });
    Blocked party = describe_party(contract, trace.last(), role);
    const bool finished = party.cause == Blocked::Cause::Final && !party.head;
    if (!moves && !finished) blocked.push_back(std::move(party));
  }
  return blocked;
}

// Whether every way on from a configuration runs into a fault, decided on the configurations around
// it: least fixed point of "faulty, or all next ones are doomed".
class DoomSearch {
 public:
  DoomSearch(const ir::Contract& contract, const Scope& scope) : contract_(contract), scope_(scope) {}

  // nullopt: too many configurations to tell.
  std::optional<bool> is_doomed(const Configuration& start) {
    rows_.clear();
    ids_.clear();
    id_of(start);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_.size() > kMaxConfigurations) return std::nullopt;
      expand(i);
    }
    spread();
    return rows_.front().doomed;
  }

 private:
  static constexpr std::size_t kMaxConfigurations = 20'000;
  struct Row {
    Configuration configuration;
    std::vector<std::size_t> before;
    std::size_t open = 0;  // next configurations not known to be doomed
    bool doomed = false;
  };

  std::size_t id_of(const Configuration& c) {
    const auto [at, added] = ids_.emplace(c, rows_.size());
    if (added) rows_.push_back({c, {}, 0, false});
    return at->second;
  }

  void expand(std::size_t i) {
    const Configuration c = rows_[i].configuration;
    if (std::any_of(std::begin(kFaults), std::end(kFaults),
                    [&](Fault f) { return has_fault(contract_, scope_, c, f); })) {
      rows_[i].doomed = true;
      return;
    }
    const std::vector<Step> steps = enabled(contract_, scope_, c);
    rows_[i].open = steps.size();
    for (const Step& step : steps) {
      const std::size_t to = id_of(apply(contract_, c, step));
      rows_[to].before.push_back(i);
    }
  }

  void spread() {
    std::vector<std::size_t> todo;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].doomed) todo.push_back(i);
    }
    while (!todo.empty()) {
      const std::size_t i = todo.back();
      todo.pop_back();
      for (const std::size_t before : rows_[i].before) {
        if (--rows_[before].open > 0 || rows_[before].doomed) continue;
        rows_[before].doomed = true;
        todo.push_back(before);
      }
    }
  }

  const ir::Contract& contract_;
  Scope scope_;
  std::vector<Row> rows_;
  std::map<Configuration, std::size_t> ids_;
};

Scope with_room_for(const Trace& trace) {
  std::size_t longest = 1;
  for (const Configuration& c : trace.configurations)
    longest = std::max({longest, c.to_importer.size(), c.to_exporter.size()});
  constexpr std::size_t kSpare = 2;
  Scope scope = trace.scope;
  scope.capacity = {static_cast<std::uint32_t>(longest + kSpare),
                    static_cast<std::uint32_t>(longest + kSpare)};
  return scope;
}

// Doom is for ever, so the first doomed configuration is found by bisection.
std::optional<std::uint32_t> find_decisive(const ir::Contract& contract, const Trace& trace) {
  DoomSearch search(contract, with_room_for(trace));
  std::size_t low = 0, high = trace.steps.size();  // configurations[high] is doomed: it is faulty
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::optional<bool> doomed = search.is_doomed(trace.configurations[middle]);
    if (!doomed) return std::nullopt;
    if (*doomed) high = middle;
    else low = middle + 1;
  }
  if (high == 0) return std::nullopt;  // wrong from the start: no step decides
  return static_cast<std::uint32_t>(high - 1);
}

// The first send of the other party that was still on its way when `step` sent: there the two views
// part. Neither had seen the other's message, so the two are unordered and could be swapped.
std::vector<std::uint32_t> find_race(const ir::Contract& contract, const Trace& trace, std::uint32_t step) {
  if (!is_send(contract, trace.steps[step])) return {};
  const std::vector<StepLink> links = link_steps(contract, trace);
  for (std::uint32_t i = 0; i < step; ++i) {
    if (trace.steps[i].actor == trace.steps[step].actor || !is_send(contract, trace.steps[i])) continue;
    const bool seen = links[i].peer && *links[i].peer < step;
    if (!seen) return {i, step};
  }
  return {};
}

}  // namespace

Ending explain_ending(const ir::Contract& contract, const Trace& trace, Fault fault) {
  Ending ending;
  switch (fault) {
    case Fault::Stuck: ending.kind = Ending::Kind::Deadlock; break;
    case Fault::UnspecifiedReception: ending.kind = Ending::Kind::UnexpectedMessage; break;
    case Fault::OrphanMessage:
    case Fault::FinalWithPending: ending.kind = Ending::Kind::OrphanMessage; break;
  }
  ending.blocked = find_blocked(contract, trace);
  ending.undelivered = find_undelivered(contract, trace);
  ending.decisive = find_decisive(contract, trace);
  if (ending.decisive) ending.race = find_race(contract, trace, *ending.decisive);
  return ending;
}

Ending explain_unbounded(const ir::Contract& contract, const Trace& trace, std::uint32_t loop_start) {
  Ending ending;
  ending.kind = Ending::Kind::UnboundedQueue;
  ending.undelivered = find_undelivered(contract, trace);
  ending.loop_start = loop_start;
  return ending;
}

std::optional<std::uint32_t> main_step(const Ending& ending, const Trace& trace) {
  if (!ending.race.empty()) return ending.race.front();
  if (ending.loop_start) return ending.loop_start;
  if (ending.decisive) return ending.decisive;
  if (trace.steps.empty()) return std::nullopt;
  return static_cast<std::uint32_t>(trace.steps.size() - 1);
}

namespace {

class Normalizer {
 public:
  Normalizer(const ir::Contract& contract, const Trace& trace, std::size_t count)
      : contract_(contract), trace_(trace), links_(link_steps(contract, trace)), done_(trace.steps.size()) {
    for (std::uint32_t i = 0; i < count; ++i) todo_[static_cast<int>(trace.steps[i].actor)].push_back(i);
  }

  std::vector<Step> run() {
    std::vector<Step> result;
    std::optional<std::uint32_t> just_sent;
    while (!todo_[0].empty() || !todo_[1].empty()) {
      const std::uint32_t step = pick(just_sent);
      todo_[static_cast<int>(trace_.steps[step].actor)].pop_front();
      done_[step] = true;
      just_sent = is_send(contract_, trace_.steps[step]) ? std::optional(step) : std::nullopt;
      result.push_back(trace_.steps[step]);
    }
    return result;
  }

 private:
  bool is_ready(int role) const {
    if (todo_[role].empty()) return false;
    const std::uint32_t step = todo_[role].front();
    return is_send(contract_, trace_.steps[step]) || done_[*links_[step].peer];
  }

  // First the receive of the message just sent, else the smaller source position; ties: exporter.
  std::uint32_t pick(std::optional<std::uint32_t> just_sent) const {
    if (just_sent && links_[*just_sent].peer) {
      const std::uint32_t receive = *links_[*just_sent].peer;
      const auto& todo = todo_[static_cast<int>(trace_.steps[receive].actor)];
      if (!todo.empty() && todo.front() == receive) return receive;
    }
    const bool ready[2] = {is_ready(0), is_ready(1)};
    CHECK(ready[0] || ready[1], "a run can be reordered without getting stuck");
    if (!ready[0] || !ready[1]) return todo_[ready[0] ? 0 : 1].front();
    const auto span = [&](int role) {
      return contract_.transitions[trace_.steps[todo_[role].front()].transition].span;
    };
    return todo_[span(1) < span(0) ? 1 : 0].front();
  }

  const ir::Contract& contract_;
  const Trace& trace_;
  std::vector<StepLink> links_;
  std::vector<bool> done_;
  std::deque<std::uint32_t> todo_[2];  // steps of each role in program order
};

}  // namespace

Trace normalize(const ir::Contract& contract, const Trace& trace, std::optional<std::uint32_t> loop_start) {
  if (trace.scope.reading == Reading::Priority) return trace;
  const std::size_t count = loop_start ? *loop_start : trace.steps.size();
  std::vector<Step> steps = Normalizer(contract, trace, count).run();
  steps.insert(steps.end(), trace.steps.begin() + static_cast<std::ptrdiff_t>(count), trace.steps.end());
  auto result = execute(contract, trace.scope, steps);
  CHECK(result && result->last() == trace.last(), "the normal form ends in the same configuration");
  return *result;
}

}  // namespace singspin::exec
