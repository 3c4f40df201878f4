// The system of a trace, from the source texts in the file, and its run. A trace has no edges: each step is
// found among those that are possible by its thread, its words and where it leads.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/project/load.h"
#include "reports/replay/engine/open.h"
#include "reports/replay/engine/system_world.h"
#include "reports/report/system_run.h"

namespace singspin::replay {

namespace {

using explore::Interpreter;
using report::Damage;
using report::SavedTrace;

// No folder of the disk has this name: the texts are read as they stand in the file.
constexpr const char* kRoot = "/singspin-trace-texts";

project::Loaded load(const SavedTrace& trace) {
  project::Input input;
  input.root = kRoot;
  input.defines = trace.settings.symbols;
  input.tokens = trace.settings.tokens;
  input.queue = trace.settings.queue;
  for (const report::SavedSource& source : trace.sources) {
    if (report::is_built_in(source)) continue;  // comes by itself
    const std::string path = std::string(kRoot) + "/" + source.path;
    input.paths.push_back(path);
    input.overlays[path] = source.text;
  }
  return project::load(input);
}

class Opener {
 public:
  Opener(const SavedTrace& trace, std::shared_ptr<const Material> material, std::size_t row)
      : trace_(trace),
        material_(std::move(material)),
        row_(row),
        in_(material_->program, material_->systems[row]) {
    map_files();
  }

  base::Expected<std::unique_ptr<World>, Damage> open() {
    if (auto wrong = find_run()) return tl::unexpected(*wrong);
    if (trace_.loop_start) {
      if (run_.violation || run_.configurations[*trace_.loop_start] != run_.last())
        return tl::unexpected(Damage{"loop.start", "is not where the run ends"});
      run_.loop_start = static_cast<std::uint32_t>(*trace_.loop_start);
    }
    if (auto wrong = compare_all()) return tl::unexpected(*wrong);
    return system_world(material_, row_, std::move(run_));
  }

 private:
  // Configurations that the steps so far can have led to, and how. Choices that the file does not tell apart
  // are all followed.
  struct Candidate {
    explore::Configuration configuration;
    explore::Step step;
    std::size_t parent = 0;
  };
  static constexpr std::size_t kMostCandidates = 64;

  std::optional<Damage> find_run() {
    layers_.push_back({{in_.initial(), {}, 0}});
    for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
      const bool last = i + 1 == trace_.steps.size();
      std::vector<Candidate> next;
      for (std::size_t c = 0; c < layers_.back().size(); ++c) {
        if (last && ends_badly(c, i)) return std::nullopt;
        follow(c, i, next);
      }
      if (next.empty())
        return Damage{fmt::format("steps[{}]", i), "cannot be taken here, or leads elsewhere"};
      layers_.push_back(std::move(next));
    }
    collect(0);
    return std::nullopt;
  }

  bool matches(const explore::Step& step, const report::SavedStep& said, bool violation = false) const {
    const ir::Edge& edge = in_.edge(step);
    const std::string begin = edge.action.empty() ? "the violation" : "the violation: ";
    return said.detail == (violation ? begin : "") + edge.action &&
           said.thread == report::thread_id(in_.system(), step.process) &&
           mapped(said.place) == place_of(material_->sources, edge.span);
  }

  // The files were loaded in an order of their own.
  report::Place mapped(report::Place place) const {
    if (place.source < trace_.sources.size()) place.source = files_[place.source];
    return place;
  }
  report::SavedConfiguration said_at(std::size_t k) const {
    report::SavedConfiguration said = k == 0 ? trace_.initial : trace_.steps[k - 1].after;
    for (auto& [id, thread] : said.threads) {
      if (thread.place) thread.place = mapped(*thread.place);
    }
    return said;
  }
  void map_files() {
    for (const report::SavedSource& source : trace_.sources) {
      std::uint32_t file = 0;
      while (file < material_->sources.size() &&
             material_->sources.file(source::FileId{file}).path != source.path)
        ++file;
      files_.push_back(file);
    }
  }

  void follow(std::size_t parent, std::size_t i, std::vector<Candidate>& next) const {
    const explore::Configuration& here = layers_.back()[parent].configuration;
    for (const explore::Step& step : in_.enabled(here)) {
      if (!matches(step, trace_.steps[i])) continue;
      const explore::Outcome outcome = in_.apply(here, step);
      const auto* after = std::get_if<explore::Configuration>(&outcome);
      if (after == nullptr || next.size() >= kMostCandidates || !is_like(*after, i + 1)) continue;
      const bool known =
          std::ranges::any_of(next, [&](const Candidate& c) { return c.configuration == *after; });
      if (!known) next.push_back({*after, step, parent});
    }
  }

  // The last step of a run may be the violation itself: it leads nowhere.
  bool ends_badly(std::size_t parent, std::size_t i) {
    const explore::Configuration& here = layers_.back()[parent].configuration;
    for (const explore::Step& step : in_.enabled(here)) {
      if (!matches(step, trace_.steps[i], true) || !is_like(here, i + 1)) continue;
      const explore::Outcome outcome = in_.apply(here, step);
      const auto* violation = std::get_if<explore::Violation>(&outcome);
      if (violation == nullptr) continue;
      collect(parent);
      run_.steps.push_back(step);
      run_.violation = *violation;
      return true;
    }
    return false;
  }

  // All but the numbers of messages, which need the whole run.
  bool is_like(const explore::Configuration& at, std::size_t k) const {
    report::SavedConfiguration said = said_at(k);
    explore::Run one;
    one.configurations.push_back(at);
    report::SavedConfiguration real = saved_configuration(in_, one, {}, 0, material_->sources);
    for (auto* side : {&said, &real}) {
      for (auto& [id, owner] : side->tokens) {
        owner.queue.clear();
        owner.message_id.reset();
      }
    }
    return said == real;
  }

  // The run that ends in a candidate of the last layer.
  void collect(std::size_t candidate) {
    for (std::size_t layer = layers_.size(); layer-- > 0;) {
      Candidate& c = layers_[layer][candidate];
      run_.configurations.push_back(std::move(c.configuration));
      if (layer > 0) run_.steps.push_back(c.step);
      candidate = c.parent;
    }
    std::ranges::reverse(run_.configurations);
    std::ranges::reverse(run_.steps);
  }

  std::optional<Damage> compare_all() const {
    const std::vector<report::ToldStep> told = report::tell(in_, run_);
    for (std::size_t k = 0; k <= trace_.steps.size(); ++k) {
      const std::size_t at = std::min(k, run_.configurations.size() - 1);
      const auto real = saved_configuration(in_, run_, told, at, material_->sources);
      const std::string differs = difference(said_at(k), real);
      if (!differs.empty())
        return Damage{place_of_configuration(k) + "." + differs, "is not what the steps lead to"};
      if (k == 0 || told[k - 1].messages.empty()) continue;
      if (auto wrong = compare_message(k - 1, told[k - 1].messages.front())) return wrong;
    }
    return std::nullopt;
  }

  std::optional<Damage> compare_message(std::size_t i, const report::Passing& passing) const {
    const report::SavedStep& said = trace_.steps[i];
    const std::string where = fmt::format("steps[{}].", i);
    const ir::Contract& contract = in_.contract(passing.port);
    if (said.action != (passing.send ? "send" : "receive"))
      return Damage{where + "action", "is not what the step does"};
    if (said.message != contract.messages[passing.message].name)
      return Damage{where + "message", "is not the message of the step"};
    if (said.message_id != passing.message_id)
      return Damage{where + "messageId", fmt::format("is not {}", passing.message_id)};
    if (said.sent_at && (!passing.sent_at || *said.sent_at != *passing.sent_at + 1))
      return Damage{where + "sentAt", "is not the step of the send"};
    if (said.endpoint != report::endpoint_id(in_.system(), passing.port))
      return Damage{where + "endpoint", "is not the end that moves"};
    return std::nullopt;
  }

  const SavedTrace& trace_;
  std::shared_ptr<const Material> material_;
  std::size_t row_;
  Interpreter in_;
  std::vector<std::uint32_t> files_;  // by row of the file's sources
  std::vector<std::vector<Candidate>> layers_;
  explore::Run run_;
};

}  // namespace

base::Expected<std::unique_ptr<World>, Damage> open_system(const SavedTrace& trace) {
  project::Loaded loaded = load(trace);
  auto material = std::make_shared<Material>();
  material->sources = std::move(loaded.sources);
  material->program = std::move(loaded.analysis.program);
  material->systems = std::move(loaded.systems);
  material->settings = trace.settings;
  const auto found = std::ranges::find(material->systems, trace.subject, &ir::System::name);
  if (found == material->systems.end())
    return tl::unexpected(Damage{"sources", fmt::format("do not make the system {}", trace.subject)});
  const auto row = static_cast<std::size_t>(found - material->systems.begin());
  return Opener(trace, material, row).open();
}

}  // namespace singspin::replay
