#include "reports/replay/engine/system_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "frontend/explore/explain.h"
#include "reports/formats/terminal/text.h"
#include "reports/replay/engine/system_words.h"
#include "reports/report/system_run.h"

namespace singspin::replay {

namespace {

using explore::Interpreter;
using report::ToldStep;

class SystemWorld : public World {
 public:
  SystemWorld(std::shared_ptr<const Material> material, std::size_t row, explore::Run run)
      : material_(std::move(material)),
        row_(row),
        in_(material_->program, material_->systems.at(row)),
        run_(std::move(run)) {}

  const source::SourceMap& sources() const override { return material_->sources; }
  std::string name() const override { return system().name; }
  bool is_system() const override { return true; }
  std::size_t size() const override { return run_.steps.size(); }
  std::vector<std::string> lifelines() const override {
    std::vector<std::string> all;
    for (const ir::ProcessId id : system().processes.ids()) all.push_back(report::thread_id(system(), id));
    return all;
  }

  StepView step(std::size_t index) const override { return view(told().at(index - 1)); }
  story::Sentence sentence(std::size_t index) const override {
    return story::tell(in_, told().at(index - 1));
  }
  std::vector<Row> rows(std::size_t k) const override {
    return system_rows(in_, run_.configurations.at(at(k)));
  }

  std::size_t count_enabled(std::size_t k) const override { return steps_at(k).size(); }
  std::vector<Choice> enabled(std::size_t k) const override {
    std::vector<Choice> choices;
    for (const explore::Step& step : steps_at(k)) {
      const explore::Run one = after(k, step);
      choices.push_back({view(report::tell(in_, one).front()), system_rows(in_, one.last())});
    }
    return choices;
  }

  std::vector<std::string> waits(std::size_t k) const override {
    explore::Run here;
    here.configurations.push_back(run_.configurations.at(at(k)));
    return wait_words(in_, explore::explain_run(in_, here));
  }

  bool is_deadlock(std::size_t k) const override {
    return ending(k).empty() && in_.is_stuck(run_.configurations.at(at(k)));
  }

  std::optional<bool> shows(const std::string& kind, std::size_t k) const override {
    if (kind == "deadlock") return is_deadlock(k);
    if (kind != "state-mapping") return std::nullopt;
    return std::ranges::any_of(system().mappings, [&](const ir::Mapping& mapping) {
      return in_.breaks(run_.configurations.at(at(k)), mapping);
    });
  }

  std::string ending(std::size_t k) const override {
    if (k < run_.configurations.size()) return "";
    return run_.violation ? violation_words(system(), *run_.violation)
                          : "an assumption does not hold: the run is abandoned";
  }

  std::optional<std::uint32_t> capacity(const std::string& queue) const override {
    for (const ir::PortId id : system().ports.ids()) {
      if (report::queue_id(system(), id) != queue) continue;
      const ir::Channel& channel = system().channels[system().ports[id].channel];
      return system().ports[id].role == ir::Role::Exporter ? channel.to_exporter : channel.to_importer;
    }
    return std::nullopt;
  }

  void take(std::size_t k, std::size_t choice) override {
    const explore::Step step = steps_at(k).at(choice);
    explore::Run next = after(k, step);
    run_.steps.resize(k);
    run_.configurations.resize(k + 1);
    run_.loop_start.reset();
    run_.steps.push_back(step);
    if (next.configurations.size() > 1) run_.configurations.push_back(std::move(next.configurations.back()));
    run_.violation = next.violation;
    run_.abandoned = next.abandoned;
    told_.reset();
  }

  report::SavedConfiguration saved(std::size_t k) const override {
    return saved_configuration(in_, run_, told(), at(k), sources());
  }

  report::Report recording(std::size_t steps) const override {
    report::Report report;
    report.sources = material_->sources;
    report.program = material_->program;
    report.systems_found = material_->systems;
    report.options.symbols = material_->settings.symbols;
    report.options.tokens = material_->settings.tokens;
    report.options.fixed_capacity = material_->settings.queue.has_value();
    report.options.queue_capacity = material_->settings.queue.value_or(0);
    report::SystemCounterexample row;
    row.system = row_;
    row.run = run_;
    row.run.loop_start.reset();
    row.run.steps.resize(steps);
    row.run.configurations.resize(std::min(steps + 1, run_.configurations.size()));
    if (steps < run_.configurations.size()) row.run.violation.reset();
    row.id = system().name + ".simulation";
    report.system_counterexamples.push_back(std::move(row));
    return report;
  }

 private:
  const ir::System& system() const { return in_.system(); }
  // A step that ends in a violation has no configuration of its own.
  std::size_t at(std::size_t k) const { return std::min(k, run_.configurations.size() - 1); }

  const std::vector<ToldStep>& told() const {
    if (!told_) told_ = report::tell(in_, run_);
    return *told_;
  }

  std::vector<explore::Step> steps_at(std::size_t k) const {
    if (k >= run_.configurations.size()) return {};
    return in_.enabled(run_.configurations[k]);
  }

  // The one step from configuration k, as a run of its own.
  explore::Run after(std::size_t k, const explore::Step& step) const {
    explore::Run one;
    one.configurations.push_back(run_.configurations.at(k));
    one.steps.push_back(step);
    explore::Outcome outcome = in_.apply(one.last(), step);
    if (auto* next = std::get_if<explore::Configuration>(&outcome))
      one.configurations.push_back(std::move(*next));
    if (const auto* violation = std::get_if<explore::Violation>(&outcome)) one.violation = *violation;
    one.abandoned = std::holds_alternative<explore::Abandoned>(outcome);
    return one;
  }

  StepView view(const ToldStep& told) const {
    StepView out;
    out.who = report::thread_id(system(), told.step.process);
    out.action = told.action;
    out.words = step_words(in_, told);
    out.span = in_.edge(told.step).span;
    out.faulty = told.faulty;
    for (const report::TokenMove& move : told.tokens)
      out.tokens.push_back(report::token_id(system(), move.block));
    if (told.messages.empty()) return out;
    const report::Passing& passing = told.messages.front();
    out.sends = passing.send;
    out.receives = !passing.send;
    out.message = in_.contract(passing.port).messages[passing.message].name;
    out.partner = partner(passing);
    return out;
  }

  // Who took or sent the message; before anybody has, the thread that could.
  std::string partner(const report::Passing& passing) const {
    const auto other = passing.send ? passing.taken_at : passing.sent_at;
    if (other && *other < run_.steps.size()) return report::thread_id(system(), run_.steps[*other].process);
    const auto user = port_user(system(), in_.peer(passing.port), passing.message, !passing.send);
    return user ? report::thread_id(system(), *user) : "";
  }

  std::shared_ptr<const Material> material_;
  std::size_t row_;
  Interpreter in_;
  explore::Run run_;
  mutable std::optional<std::vector<ToldStep>> told_;  // of run_, when somebody asked
};

}  // namespace

std::unique_ptr<World> system_world(std::shared_ptr<const Material> material, std::size_t system,
                                    explore::Run run) {
  return std::make_unique<SystemWorld>(std::move(material), system, std::move(run));
}

}  // namespace singspin::replay
