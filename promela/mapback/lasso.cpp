#include <fmt/format.h>

#include <algorithm>

#include "promela/mapback/mapback.h"

namespace singspin::mapback {

namespace {

constexpr std::int64_t kClaim = 0, kExporter = 1, kImporter = 2, kIdling = 3;

class LassoReader {
 public:
  LassoReader(const Target& target, const Identity& identity, const spin::Trail& trail)
      : target_(target), identity_(identity), trail_(trail) {
    lasso_.trace.scope = target.scope;
    lasso_.trace.configurations.push_back(exec::initial(target.scope));
    lasso_.word.moments.push_back({lasso_.trace.last(), std::nullopt});
  }

  base::Expected<Lasso> run() {
    for (std::size_t i = 0; i < trail_.records.size(); ++i) {
      if (trail_.cycle_start == i) begin_loop();
      if (const auto done = take(trail_.records[i]); !done) return tl::unexpected(done.error());
    }
    if (trail_.cycle_start == trail_.records.size()) begin_loop();
    // Without a cycle the claim is violated by what has happened, however the run goes on: it may stop.
    if (!loop_moment_) begin_loop();
    if (const auto closed = close(); !closed) return tl::unexpected(closed.error());
    return std::move(lasso_);
  }

 private:
  void begin_loop() {
    loop_moment_ = lasso_.word.moments.size() - 1;
    loop_step_ = lasso_.trace.steps.size();
  }

  base::Expected<void> take(const spin::TrailRecord& record) {
    if (record.process == kClaim) return {};
    if (record.process == kIdling) {
      lasso_.word.moments.push_back({lasso_.trace.last(), std::nullopt});
      return {};
    }
    if (record.process != kExporter && record.process != kImporter)
      return base::tool_error(fmt::format("step {} belongs to no process of the model", record.depth));
    const auto found = identity_.by_trail_id.find(record.transition);
    const auto role = record.process == kExporter ? ir::Role::Exporter : ir::Role::Importer;
    if (found == identity_.by_trail_id.end() || !found->second.transition || found->second.role != role)
      return base::tool_error(fmt::format("transition {} is no statement of the model", record.transition));
    const exec::Step step{role, *found->second.transition};
    if (!exec::is_enabled(*target_.contract, target_.scope, lasso_.trace.last(), step))
      return base::tool_error(fmt::format("step {} of the trail is not possible", record.depth));
    lasso_.trace.steps.push_back(step);
    lasso_.trace.configurations.push_back(exec::apply(*target_.contract, lasso_.trace.last(), step));
    lasso_.word.moments.push_back({lasso_.trace.last(), step});
    return {};
  }

  // The last moment is the one the loop began with; what follows it is what followed that one.
  base::Expected<void> close() {
    const std::size_t last = lasso_.word.moments.size() - 1;
    const auto& moments = lasso_.word.moments;
    if (moments[last].configuration != moments[*loop_moment_].configuration)
      return base::tool_error("the loop of the trail does not come back to where it began");
    lasso_.word.loop = *loop_moment_ < last ? *loop_moment_ + 1 : last;
    if (loop_step_ < lasso_.trace.steps.size()) lasso_.loop_start = static_cast<std::uint32_t>(loop_step_);
    for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
      if (trail_.cycle_start && !is_fair_to(role))
        return base::tool_error(
            fmt::format("the loop of the trail never lets the {} go on", ir::role_text(role)));
    }
    return {};
  }

  bool is_fair_to(ir::Role role) const {
    for (std::size_t i = loop_step_; i < lasso_.trace.steps.size(); ++i) {
      if (lasso_.trace.steps[i].actor == role) return true;
    }
    for (std::size_t i = loop_step_; i < lasso_.trace.configurations.size(); ++i) {
      const auto steps = exec::enabled(*target_.contract, target_.scope, lasso_.trace.configurations[i]);
      if (std::none_of(steps.begin(), steps.end(), [&](const exec::Step& s) { return s.actor == role; }))
        return true;
    }
    return false;
  }

  const Target& target_;
  const Identity& identity_;
  const spin::Trail& trail_;
  Lasso lasso_;
  std::optional<std::size_t> loop_moment_;
  std::size_t loop_step_ = 0;
};

}  // namespace

base::Expected<Lasso> map_back_lasso(const Target& target, const Identity& identity,
                                     const spin::Trail& trail) {
  return LassoReader(target, identity, trail).run();
}

}  // namespace singspin::mapback
