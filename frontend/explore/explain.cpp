#include "frontend/explore/explain.h"

#include <algorithm>

namespace singspin::explore {
namespace {

using ir::Condition;

bool contains(const std::vector<ir::ProcessId>& ids, ir::ProcessId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class Explainer {
 public:
  Explainer(const Interpreter& interpreter, const Run& run)
      : in_(interpreter), system_(interpreter.system()), run_(run), last_(run.last()) {}

  Explanation run() {
    for (const ir::ProcessId id : system_.processes.ids()) {
      if (is_blocked(id)) out_.blocked.push_back(wait_of(id));
    }
    for (const ir::LockId lock : system_.locks.ids()) {
      if (const auto holder = in_.holder(last_, lock)) out_.locks.push_back({lock, *holder});
    }
    add_tokens();
    find_cycle();
    find_race();
    return std::move(out_);
  }

 private:
  // In the middle of something, with no step now nor anywhere in the loop.
  bool is_blocked(ir::ProcessId id) const {
    const std::size_t begin =
        run_.loop_start ? std::min<std::size_t>(*run_.loop_start, run_.steps.size()) : run_.steps.size();
    for (std::size_t i = begin; i < run_.steps.size(); ++i) {
      if (run_.steps[i].process == id) return false;
    }
    if (run_.violation && run_.steps.back().process == id) return false;
    return !in_.is_resting(last_, id) && !in_.must_move(last_, id);
  }

  Waiting wait_of(ir::ProcessId id) const {
    const ir::Process& process = system_.processes[id];
    Waiting wait;
    wait.process = id;
    wait.location = in_.location(last_, id);
    for (const ir::EdgeId edge : process.locations[wait.location].out) {
      for (const Condition& condition : process.edges[edge].when) {
        if (!in_.holds(last_, id, condition)) add_reason(id, condition, wait);
      }
    }
    for (std::uint32_t i = 0; i < run_.steps.size(); ++i) {
      if (run_.steps[i].process == id) wait.since = i;
    }
    return wait;
  }

  void add_reason(ir::ProcessId id, const Condition& condition, Waiting& wait) const {
    switch (condition.kind) {
      case Condition::Kind::Head:
        if (wait.cause == Waiting::Cause::Other) {
          wait.cause = Waiting::Cause::Message;
          wait.port = condition.port;
        }
        if (wait.port == condition.port) wait.accepts.push_back(condition.message);
        add_whom(id, wait, [&](const ir::Op& op) {
          return op.kind == ir::Op::Kind::Send && op.port == in_.peer(condition.port) &&
                 op.message == condition.message;
        });
        return;
      case Condition::Kind::PeerGone:
        return add_whom(id, wait, [&](const ir::Op& op) {
          return op.kind == ir::Op::Kind::Close && op.port == in_.peer(condition.port);
        });
      case Condition::Kind::Signal:
        if (wait.cause == Waiting::Cause::Other) {
          wait.cause = Waiting::Cause::Signal;
          wait.signal = condition.signal;
        }
        return add_whom(id, wait, [&](const ir::Op& op) {
          return op.kind == ir::Op::Kind::Signal && op.signal == condition.signal;
        });
      case Condition::Kind::LockFree:
        wait.cause = Waiting::Cause::Lock;
        wait.lock = condition.lock;
        if (const auto holder = in_.holder(last_, condition.lock)) wait.whom.push_back(*holder);
        return;
      case Condition::Kind::Done:
        wait.cause = Waiting::Cause::Thread;
        wait.whom.push_back(condition.process);
        return;
      default: return;
    }
  }

  template <class Test>
  void add_whom(ir::ProcessId waiting, Waiting& wait, Test test) const {
    for (const ir::ProcessId id : system_.processes.ids()) {
      if (id == waiting || contains(wait.whom, id)) continue;
      const auto& edges = system_.processes[id].edges;
      const bool could = std::any_of(edges.begin(), edges.end(), [&](const ir::Edge& edge) {
        return std::any_of(edge.ops.begin(), edge.ops.end(), test);
      });
      if (could) wait.whom.push_back(id);
    }
  }

  void add_tokens() {
    for (std::uint32_t block = 0; block < system_.blocks(); ++block) {
      Token token{block, in_.owner(last_, block), {}};
      if (token.owner.kind == ir::OwnerKind::Nobody) continue;
      for (const ir::SlotId slot : system_.slots.ids()) {
        if (in_.block(last_, slot) == block) token.slots.push_back(slot);
      }
      out_.tokens.push_back(std::move(token));
    }
  }

  const Waiting* blocked(ir::ProcessId id) const {
    for (const Waiting& wait : out_.blocked) {
      if (wait.process == id) return &wait;
    }
    return nullptr;
  }

  // The nearest way from a process along `whom` back to itself; empty: there is none.
  std::vector<ir::ProcessId> cycle_of(ir::ProcessId start) const {
    std::vector<std::vector<ir::ProcessId>> ways{{start}};
    std::vector<ir::ProcessId> seen;
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const std::vector<ir::ProcessId> way = ways[i];
      for (const ir::ProcessId next : blocked(way.back())->whom) {
        if (next == start) return way;
        if (!blocked(next) || contains(seen, next)) continue;
        seen.push_back(next);
        ways.push_back(way);
        ways.back().push_back(next);
      }
    }
    return {};
  }

  // Starts with the thread of a driver that has waited longest.
  void find_cycle() {
    std::vector<const Waiting*> starts;
    for (const Waiting& wait : out_.blocked) starts.push_back(&wait);
    const auto rank = [&](const Waiting* wait) {
      const auto kind = system_.components[system_.processes[wait->process].component].kind;
      return std::pair(kind != ir::Component::Kind::Driver, wait->since ? std::int64_t{*wait->since} : -1);
    };
    std::stable_sort(starts.begin(), starts.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
    for (const Waiting* start : starts) {
      out_.cycle = cycle_of(start->process);
      if (!out_.cycle.empty()) return;
    }
  }

  // The access that is still under way when the last step meets it.
  void find_race() {
    if (!run_.violation || run_.violation->property != ir::SystemProperty::Race) return;
    const auto last = static_cast<std::uint32_t>(run_.steps.size() - 1);
    for (std::uint32_t i = last; i-- > 0;) {
      if (run_.steps[i].process == run_.steps[last].process) continue;
      for (const ir::Op& op : in_.edge(run_.steps[i]).ops) {
        if (op.kind != ir::Op::Kind::RaceEnter || op.variable != *run_.violation->variable) continue;
        if (leaves_between(i, last)) continue;
        out_.race = {i, last};
        return;
      }
    }
  }

  bool leaves_between(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t i = begin + 1; i < end; ++i) {
      if (run_.steps[i].process != run_.steps[begin].process) continue;
      for (const ir::Op& op : in_.edge(run_.steps[i]).ops) {
        if (op.kind == ir::Op::Kind::RaceLeave && op.variable == *run_.violation->variable) return true;
      }
    }
    return false;
  }

  const Interpreter& in_;
  const ir::System& system_;
  const Run& run_;
  const Configuration& last_;
  Explanation out_;
};

// The first step into a lost node. The step that violates decides at the latest.
std::optional<std::uint32_t> decisive_step(const Graph& graph, const Run& run, const Mask& lost) {
  Node node = 0;
  if (lost[node] || run.steps.empty()) return std::nullopt;
  for (std::uint32_t i = 0; i < run.steps.size(); ++i) {
    std::uint64_t arc = graph.arcs_begin(node);
    while (arc < graph.arcs_end(node) && graph.step(graph.arc(arc).move) != run.steps[i]) ++arc;
    if (arc == graph.arcs_end(node)) break;
    node = graph.arc(arc).target;
    if (lost[node]) return i;
    if (node >= graph.expanded()) break;
  }
  if (!run.violation) return std::nullopt;
  return static_cast<std::uint32_t>(run.steps.size() - 1);
}

source::Span main_place(const Interpreter& in, const Run& run, const Explanation& explanation) {
  const auto span_of = [&](std::size_t step) { return in.edge(run.steps[step]).span; };
  if (!explanation.race.empty()) return span_of(explanation.race.front());
  for (const Waiting& wait : explanation.blocked) {
    if (explanation.cycle.empty() || wait.process != explanation.cycle.front()) continue;
    return in.system().processes[wait.process].locations[wait.location].span;
  }
  if (explanation.decisive) return span_of(*explanation.decisive);
  return run.steps.empty() ? in.system().span : span_of(run.steps.size() - 1);
}

}  // namespace

Explanation explain_run(const Interpreter& interpreter, const Run& run) {
  return Explainer(interpreter, run).run();
}

Explanation explain(const Graph& graph, const Verdict& verdict, std::size_t owed) {
  if (!verdict.run) {
    const ir::System& system = graph.interpreter().system();
    Explanation nothing;
    nothing.main = verdict.check ? system.checks[*verdict.check].span : system.span;
    return nothing;
  }
  const Run& run = verdict.owed.empty() ? *verdict.run : verdict.owed.at(owed).run;
  Explanation explanation = Explainer(graph.interpreter(), run).run();
  explanation.decisive = decisive_step(graph, run, lost_nodes(graph, verdict, owed));
  explanation.main = main_place(graph.interpreter(), run, explanation);
  return explanation;
}

}  // namespace singspin::explore
