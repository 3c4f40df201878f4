#include "reports/replay/engine/today.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::replay {

namespace {

using Outcome = Today::Outcome;

class Follower {
 public:
  Follower(const World& recorded, const report::SavedTrace& trace, World& today)
      : recorded_(recorded), trace_(trace), today_(today) {}

  // Depth first: the choices of each step that read the same and were not tried yet.
  Today run() {
    std::vector<std::vector<std::size_t>> untried;
    std::size_t deepest = 0, taken = 0;
    std::optional<Today> end;
    for (std::size_t k = 0;;) {
      if (k == recorded_.size()) {
        Today found = judge(k);
        if (found.outcome != Outcome::Gone || untried.empty()) return found;
        if (!end) end = std::move(found);
      } else if (untried.size() == k) {
        untried.push_back(same_steps(k));
      }
      while (!untried.empty() && untried.back().empty()) untried.pop_back();
      if (untried.empty()) return end ? *end : impossible(deepest);
      k = untried.size() - 1;
      if (++taken > kMostSteps)
        return {Outcome::Undecided, "too many steps read the same; `singspin verify` decides"};
      const std::size_t choice = untried.back().back();
      untried.back().pop_back();
      today_.take(k, choice);
      deepest = std::max(deepest, ++k);
    }
  }

 private:
  static constexpr std::size_t kMostSteps = 1'000'000;

  std::vector<std::size_t> same_steps(std::size_t k) const {
    const StepView wanted = recorded_.step(k + 1);
    const std::vector<Choice> choices = today_.enabled(k);
    std::vector<std::size_t> same;
    for (std::size_t i = choices.size(); i-- > 0;) {
      if (choices[i].step.who == wanted.who && choices[i].step.words == wanted.words) same.push_back(i);
    }
    return same;
  }

  Today impossible(std::size_t k) const {
    const StepView step = recorded_.step(k + 1);
    return {Outcome::Gone, fmt::format("step {} is impossible now: {} {}", k + 1, step.who, step.words)};
  }

  Today judge(std::size_t k) const {
    const std::string& kind = trace_.claim.kind;
    const Today happens{Outcome::Happens, trace_.claim.message};
    const Today gone{Outcome::Gone,
                     fmt::format("every step is still possible, but they no longer end in {}", kind)};
    if (const std::string broken = recorded_.ending(k); !broken.empty())
      return today_.ending(k) == broken ? happens : gone;
    if (const auto shown = today_.shows(kind, k)) return *shown ? happens : gone;
    if (kind == "unbounded-queue") return is_round(k) ? happens : gone;
    return {Outcome::Undecided,
            "every step is still possible; `singspin verify` decides what follows from that"};
  }

  // From the step with a detail on the run is a round of sends: its end stands where it began.
  bool is_round(std::size_t k) const {
    std::size_t start = 0;
    while (start < trace_.steps.size() && trace_.steps[start].detail.empty()) ++start;
    if (start >= k) return false;
    const std::vector<Row> before = today_.rows(start), after = today_.rows(k);
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (after[i].group == Row::Group::State && after[i] != before[i]) return false;
    }
    for (std::size_t step = start + 1; step <= k; ++step) {
      if (!today_.step(step).sends) return false;
    }
    return true;
  }

  const World& recorded_;
  const report::SavedTrace& trace_;
  World& today_;
};

}  // namespace

Today compare_today(const World& recorded, const report::SavedTrace& trace, World& today) {
  return Follower(recorded, trace, today).run();
}

}  // namespace singspin::replay
