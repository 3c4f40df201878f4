#include "reports/replay/engine/contract_world.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::replay {

namespace {

constexpr ir::Role kRoles[] = {ir::Role::Importer, ir::Role::Exporter};

std::string role(ir::Role role) { return std::string(ir::role_text(role)); }

class ContractWorld : public World {
 public:
  ContractWorld(std::shared_ptr<const Material> material, ir::ContractId id, exec::Trace trace,
                exec::Capacity capacity)
      : material_(std::move(material)),
        id_(id),
        contract_(material_->program.contracts[id]),
        trace_(std::move(trace)) {
    trace_.scope.capacity = capacity;
  }

  const source::SourceMap& sources() const override { return material_->sources; }
  std::string name() const override { return contract_.name; }
  bool is_system() const override { return false; }
  std::size_t size() const override { return trace_.steps.size(); }
  std::vector<std::string> lifelines() const override { return {"importer", "exporter"}; }

  StepView step(std::size_t index) const override { return view(trace_.steps.at(index - 1)); }
  story::Sentence sentence(std::size_t index) const override {
    const exec::Step& step = trace_.steps.at(index - 1);
    return story::tell(contract_, step.transition, step.actor);
  }
  std::vector<Row> rows(std::size_t k) const override { return rows_of(trace_.configurations.at(k)); }

  std::size_t count_enabled(std::size_t k) const override { return steps_at(k).size(); }
  std::vector<Choice> enabled(std::size_t k) const override {
    std::vector<Choice> choices;
    for (const exec::Step& step : steps_at(k))
      choices.push_back({view(step), rows_of(exec::apply(contract_, trace_.configurations.at(k), step))});
    return choices;
  }

  std::vector<std::string> waits(std::size_t k) const override {
    std::vector<std::string> lines;
    const std::vector<exec::Step> steps = steps_at(k);
    for (const ir::Role who : kRoles) {
      const bool moves = std::ranges::any_of(steps, [&](const exec::Step& s) { return s.actor == who; });
      if (!moves) lines.push_back(wait(trace_.configurations.at(k), who));
    }
    return lines;
  }

  bool is_deadlock(std::size_t k) const override {
    return exec::has_fault(contract_, trace_.scope, trace_.configurations.at(k), exec::Fault::Stuck);
  }
  std::optional<bool> shows(const std::string& kind, std::size_t k) const override {
    const auto has = [&](exec::Fault fault) {
      return exec::has_fault(contract_, trace_.scope, trace_.configurations.at(k), fault);
    };
    if (kind == "deadlock") return has(exec::Fault::Stuck);
    if (kind == "unexpected-message") return has(exec::Fault::UnspecifiedReception);
    if (kind == "orphan-message")
      return has(exec::Fault::OrphanMessage) || has(exec::Fault::FinalWithPending);
    return std::nullopt;
  }
  std::string ending(std::size_t) const override { return ""; }

  std::optional<std::uint32_t> capacity(const std::string& queue) const override {
    const exec::Capacity& all = trace_.scope.capacity;
    const std::uint32_t room = queue == "imp->exp" ? all.to_exporter : all.to_importer;
    return room == exec::kUnlimited ? std::nullopt : std::optional(room);
  }

  void take(std::size_t k, std::size_t choice) override {
    const exec::Step step = steps_at(k).at(choice);
    trace_.steps.resize(k);
    trace_.configurations.resize(k + 1);
    trace_.configurations.push_back(exec::apply(contract_, trace_.last(), step));
    trace_.steps.push_back(step);
  }

  report::SavedConfiguration saved(std::size_t k) const override {
    return saved_configuration(contract_, trace_.configurations.at(k));
  }

  report::Report recording(std::size_t steps) const override {
    report::Report report;
    report.sources = material_->sources;
    report.program = material_->program;
    report::Counterexample row;
    row.contract = id_;
    row.trace = trace_;
    row.trace.steps.resize(steps);
    row.trace.configurations.resize(steps + 1);
    row.id = contract_.name + ".simulation";
    report.counterexamples.push_back(std::move(row));
    return report;
  }

 private:
  std::vector<exec::Step> steps_at(std::size_t k) const {
    return exec::enabled(contract_, trace_.scope, trace_.configurations.at(k));
  }

  StepView view(const exec::Step& step) const {
    const ir::Transition& row = contract_.transitions[step.transition];
    StepView out;
    out.who = role(step.actor);
    out.partner = role(ir::other(step.actor));
    out.sends = exec::is_send(contract_, step);
    out.receives = !out.sends;
    out.action = out.sends ? "send" : "receive";
    out.message = contract_.messages[row.message].name;
    out.words = (out.sends ? "sends " : "receives ") + out.message;
    out.span = row.span;
    return out;
  }

  std::vector<Row> rows_of(const exec::Configuration& at) const {
    std::vector<Row> rows;
    for (const ir::Role who : kRoles) {
      const ir::State& state = contract_.states[at.state(who)];
      rows.push_back({Row::Group::State,
                      std::string(ir::endpoint_id(who)),
                      role(who),
                      ir::state_words(state),
                      {},
                      state.id});
    }
    for (const ir::Role receiver : {ir::Role::Exporter, ir::Role::Importer}) {
      const ir::Role sender = ir::other(receiver);
      Row row{Row::Group::Queue,
              fmt::format("{}->{}", ir::endpoint_id(sender), ir::endpoint_id(receiver)),
              fmt::format("{}->{}", role(sender), role(receiver)),
              "empty",
              {},
              ""};
      for (const ir::MessageId m : at.inbox(receiver)) row.messages.push_back(contract_.messages[m].name);
      if (!row.messages.empty()) row.value = terminal::join(row.messages, ", ");
      rows.push_back(std::move(row));
    }
    return rows;
  }

  std::vector<std::string> names(const std::vector<ir::MessageId>& ids) const {
    std::vector<std::string> all;
    for (const ir::MessageId id : ids) all.push_back(contract_.messages[id].name);
    return all;
  }

  // What a party that cannot move needs, and what it finds.
  std::string wait(const exec::Configuration& at, ir::Role who) const {
    const ir::State& state = contract_.states[at.state(who)];
    const exec::Queue& inbox = at.inbox(who);
    const std::string head = inbox.empty() ? "" : contract_.messages[inbox.front()].name;
    if (state.final)
      return role(who) + " has finished" +
             (head.empty() ? "" : fmt::format(", but {} is first in its queue", head));
    std::vector<ir::MessageId> accepts, sends;
    for (const ir::TransitionId t : state.out) {
      const ir::Transition& row = contract_.transitions[t];
      auto& list = ir::sender(row.sign) == who ? sends : accepts;
      if (std::ranges::find(list, row.message) == list.end()) list.push_back(row.message);
    }
    if (!sends.empty())
      return fmt::format("{} can only send {}, but the queue of the {} is full", role(who),
                         terminal::alternatives(names(sends)), role(ir::other(who)));
    const std::string needs = terminal::alternatives(names(accepts));
    if (inbox.empty()) return fmt::format("{} waits for {}: its queue is empty", role(who), needs);
    return fmt::format("{} needs {}, but {} is first in its queue", role(who), needs, head);
  }

  std::shared_ptr<const Material> material_;
  ir::ContractId id_;
  const ir::Contract& contract_;
  exec::Trace trace_;
};

}  // namespace

std::unique_ptr<World> contract_world(std::shared_ptr<const Material> material, ir::ContractId contract,
                                      exec::Trace trace, exec::Capacity capacity) {
  return std::make_unique<ContractWorld>(std::move(material), contract, std::move(trace), capacity);
}

report::SavedConfiguration saved_configuration(const ir::Contract& contract, const exec::Configuration& at) {
  const auto names = [&](const exec::Queue& queue) {
    std::vector<std::string> all;
    for (const ir::MessageId id : queue) all.push_back(contract.messages[id].name);
    return all;
  };
  report::SavedConfiguration out;
  out.states = {{"exp", contract.states[at.exporter].id}, {"imp", contract.states[at.importer].id}};
  out.queues = {{"imp->exp", names(at.to_exporter)}, {"exp->imp", names(at.to_importer)}};
  return out;
}

std::string place_words(const source::SourceMap& sources, source::Span span) {
  return fmt::format("{}:{}", sources.file(span.file).path, sources.position(span.file, span.begin).line);
}

}  // namespace singspin::replay
