#include "frontend/explore/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace singspin::explore {
namespace {

using ir::SystemProperty;

class Judge {
 public:
  Judge(const Interpreter& interpreter, Decision& decision, const Stop& stop)
      : in_(interpreter),
        system_(interpreter.system()),
        out_(decision),
        graph_(decision.exploration.graph),
        fairness_(interpreter),
        stop_(stop) {}

  void run() {
    for (std::size_t i = 0; i < ir::kSystemProperties; ++i) {
      const auto property = static_cast<SystemProperty>(i);
      if (property == SystemProperty::OwedReply) judge_owed();
      else if (property != SystemProperty::User) judge_safety(property);
    }
    for (std::uint32_t i = 0; i < system_.checks.size(); ++i) judge_check(i);
  }

 private:
  bool is_listed(SystemProperty property) const {
    return system_.applicable[static_cast<std::size_t>(property)];
  }

  Verdict start(SystemProperty property) const {
    Verdict verdict;
    verdict.property = property;
    verdict.id = ir::id(property);
    if (out_.exhaustive()) verdict.status = exec::Status::Proved;
    verdict.reason = out_.exploration.stopped_by;
    return verdict;
  }

  void judge_safety(SystemProperty property) {
    const auto& place = out_.exploration.places[static_cast<std::size_t>(property)];
    if (!place && !is_listed(property)) return;
    Verdict verdict = start(property);
    if (place) {
      verdict.status = exec::Status::Violated;
      verdict.run = run_to(graph_, *place);
      if (property == SystemProperty::StateMapping) verdict.mapping = mapping_at(*place);
    }
    out_.verdicts.push_back(std::move(verdict));
  }

  std::optional<std::uint32_t> mapping_at(const Place& place) const {
    for (std::uint32_t i = 0; i < system_.mappings.size(); ++i) {
      const auto& broken = out_.exploration.mappings[i];
      if (broken && broken->node == place.node) return i;
    }
    return std::nullopt;
  }

  template <class Test>
  Mask mask_of(Test test) const {
    Mask mask(graph_.size());
    for (Node node = 0; node < graph_.size(); ++node) mask[node] = test(graph_.fixed(node));
    return mask;
  }

  static void note_stop(const FairAnswer& answer, Verdict& verdict) {
    if (!answer.stopped) return;
    verdict.status = exec::Status::Inconclusive;
    verdict.reason = *answer.stopped;
  }

  void judge_owed() {
    if (!is_listed(SystemProperty::OwedReply) && system_.obligations.empty()) return;
    Verdict verdict = start(SystemProperty::OwedReply);
    for (std::uint32_t i = 0; i < system_.obligations.size(); ++i) {
      const ir::Obligation& obligation = system_.obligations[i];
      const Mask due = mask_of([&](const std::uint8_t* bytes) { return in_.is_due(bytes, obligation); });
      const FairAnswer answer = find_fair_end(graph_, fairness_, due, stop_);
      note_stop(answer, verdict);
      if (answer.end) verdict.owed.push_back({i, place_text(in_, obligation), run_of(graph_, *answer.end)});
    }
    if (!verdict.owed.empty()) {
      verdict.status = exec::Status::Violated;
      const auto shortest = std::min_element(
          verdict.owed.begin(), verdict.owed.end(),
          [](const Owed& a, const Owed& b) { return a.run.steps.size() < b.run.steps.size(); });
      verdict.run = shortest->run;
    }
    out_.verdicts.push_back(std::move(verdict));
  }

  void judge_check(std::uint32_t number) {
    const ir::Check& check = system_.checks[number];
    Verdict verdict = start(SystemProperty::User);
    verdict.id = check.id;
    verdict.check = number;
    using Kind = ir::Check::Kind;
    if (check.kind == Kind::LeadsTo) judge_leads_to(check, verdict);
    else if (check.kind == Kind::Progress) judge_progress(verdict);
    else judge_predicate(check, out_.exploration.checks[number], verdict);
    out_.verdicts.push_back(std::move(verdict));
  }

  void judge_predicate(const ir::Check& check, const std::optional<Place>& place, Verdict& verdict) const {
    const bool wants_it = check.kind == ir::Check::Kind::Reachable;
    if (place) {
      verdict.run = run_to(graph_, *place);
      verdict.status = wants_it ? exec::Status::Proved : exec::Status::Violated;
    } else if (wants_it && out_.exhaustive()) {
      verdict.status = exec::Status::Violated;
    }
  }

  void judge_leads_to(const ir::Check& check, Verdict& verdict) const {
    const Mask without =
        mask_of([&](const std::uint8_t* b) { return in_.evaluate(b, check.second, {}) == 0; });
    const Mask asked = mask_of([&](const std::uint8_t* b) { return in_.evaluate(b, check.first, {}) != 0; });
    const Reached reached = reach(graph_, asked, without);
    const FairAnswer answer = find_fair_end(graph_, fairness_, reached.nodes, stop_);
    note_stop(answer, verdict);
    if (!answer.end) return;
    verdict.status = exec::Status::Violated;
    verdict.run = run_of(graph_, *answer.end, &reached);
  }

  void judge_progress(Verdict& verdict) const {
    const Mask everywhere(graph_.size(), true);
    const FairAnswer answer = find_fair_end(graph_, fairness_, everywhere, stop_, Cycles::NonProgress);
    note_stop(answer, verdict);
    if (!answer.end) return;
    verdict.status = exec::Status::Violated;
    verdict.run = run_of(graph_, *answer.end);
  }

  const Interpreter& in_;
  const ir::System& system_;
  Decision& out_;
  const Graph& graph_;
  Fairness fairness_;
  const Stop& stop_;
};

void fill_bounds(const ir::System& system, Decision& decision) {
  const Exploration& e = decision.exploration;
  for (const ir::PortId port : system.ports.ids()) {
    const ir::Port& row = system.ports[port];
    const ir::Channel& channel = system.channels[row.channel];
    const bool is_exporter = row.role == ir::Role::Exporter;
    const ir::PortId sender = channel.end(ir::other(row.role));
    decision.bounds.queues.push_back({port, is_exporter ? channel.to_exporter : channel.to_importer,
                                      e.longest[port.value], e.waited_for_room[sender.value]});
  }
  for (const ir::PoolId pool : system.pools.ids()) {
    decision.bounds.pools.push_back({pool, system.pools[pool].count, e.waited_for_block[pool.value]});
  }
}

void fill_statistics(Decision& decision) {
  const Exploration& e = decision.exploration;
  exec::Statistics& s = decision.statistics;
  s.configurations = e.graph.size();
  s.transitions = e.transitions;
  s.max_depth = e.depth;
  s.memory_bytes = e.graph.memory();
  s.state_vector_bytes = e.graph.interpreter().layout().size;
  s.longest_queue = e.longest.empty() ? 0 : *std::max_element(e.longest.begin(), e.longest.end());
}

// `2`, `1 to 3`.
std::string range_text(const std::set<std::uint32_t>& values) {
  if (values.size() == 1) return fmt::format("{}", *values.begin());
  return fmt::format("{} to {}", *values.begin(), *values.rbegin());
}

}  // namespace

Decision decide(const Interpreter& interpreter, const Limits& limits) {
  Decision decision(explore(interpreter, limits));
  Judge(interpreter, decision, limits.stop).run();
  fill_bounds(interpreter.system(), decision);
  fill_statistics(decision);
  return decision;
}

std::string place_text(const Interpreter& interpreter, const ir::Obligation& obligation) {
  const ir::Port& port = interpreter.system().ports[obligation.debtor];
  return fmt::format("{}.{}@{}", interpreter.system().components[port.component].name, port.name,
                     interpreter.contract(obligation.debtor).states[obligation.node].id);
}

std::string_view strength_text() { return "exhaustive"; }

std::string strength_words(const Interpreter& interpreter) {
  std::set<std::uint32_t> queues, pools;
  for (const ir::Channel& channel : interpreter.system().channels) {
    queues.insert(channel.to_importer);
    queues.insert(channel.to_exporter);
  }
  for (const ir::Pool& pool : interpreter.system().pools) {
    if (pool.count > 0) pools.insert(pool.count);
  }
  std::string words = "for the whole model";
  if (!queues.empty()) words += ": queues of " + range_text(queues);
  if (!pools.empty()) words += (queues.empty() ? ": " : ", ") + range_text(pools) + " tokens per pool";
  return words;
}

}  // namespace singspin::explore
