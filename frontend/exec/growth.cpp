#include "frontend/exec/growth.h"

#include <algorithm>
#include <map>

namespace singspin::exec {

namespace {

// Long enough for what one round sends; a longer round is not looked for.
constexpr Capacity kCapacity{8, 8};

struct Flow {
  Queue held;
  Queue sent;
  Queue received;
};

// Whether `held sent sent ...` and `received received ...` are equal: two words of periods a and b that
// agree on a + b letters agree for ever (Fine and Wilf), here after the letters of `held`.
bool repeats(const Flow& flow) {
  if (flow.received.empty()) return true;
  if (flow.sent.empty()) return false;
  const std::size_t letters = flow.held.size() + flow.sent.size() + flow.received.size();
  for (std::size_t i = 0; i < letters; ++i) {
    const ir::MessageId here =
        i < flow.held.size() ? flow.held[i] : flow.sent[(i - flow.held.size()) % flow.sent.size()];
    if (here != flow.received[i % flow.received.size()]) return false;
  }
  return true;
}

class Search {
 public:
  Search(const ir::Contract& contract, const Scope& scope, const Budget& budget)
      : contract_(contract), scope_(scope), budget_(budget) {}

  std::optional<Growth> run() {
    add(initial(scope_), 0, {});
    for (std::size_t next = 0; next < nodes_.size(); ++next) {
      if (nodes_.size() > budget_.configurations) return std::nullopt;
      const Configuration c = nodes_[next].configuration;
      for (const Step& step : enabled(contract_, scope_, c)) {
        if (!add(apply(contract_, c, step), next, step)) continue;
        if (auto found = growth_at(nodes_.size() - 1)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  struct Node {
    Configuration configuration;
    std::size_t parent;
    Step step;
  };

  bool add(Configuration c, std::size_t parent, Step step) {
    if (!known_.emplace(c, nodes_.size()).second) return false;
    nodes_.push_back({std::move(c), parent, step});
    return true;
  }

  std::optional<Growth> growth_at(std::size_t end) const {
    const Configuration& last = nodes_[end].configuration;
    std::vector<Step> round;  // backwards
    for (std::size_t at = end; at != 0;) {
      round.push_back(nodes_[at].step);
      at = nodes_[at].parent;
      const Configuration& c = nodes_[at].configuration;
      if (!is_longer(c, last)) continue;
      const std::vector<Step> steps(round.rbegin(), round.rend());
      if (!can_repeat(c, steps)) continue;
      if (auto found = executed(at, steps)) return found;
    }
    return std::nullopt;
  }

  static bool is_longer(const Configuration& a, const Configuration& b) {
    return a.exporter == b.exporter && a.importer == b.importer &&
           a.to_importer.size() <= b.to_importer.size() && a.to_exporter.size() <= b.to_exporter.size() &&
           a.to_importer.size() + a.to_exporter.size() < b.to_importer.size() + b.to_exporter.size();
  }

  bool can_repeat(const Configuration& from, const std::vector<Step>& steps) const {
    Flow to_importer{from.to_importer, {}, {}}, to_exporter{from.to_exporter, {}, {}};
    for (const Step& step : steps) {
      const ir::Transition& row = contract_.transitions[step.transition];
      Flow& flow = row.sign == ir::Sign::Send ? to_importer : to_exporter;
      (is_send(contract_, step) ? flow.sent : flow.received).push_back(row.message);
    }
    return repeats(to_importer) && repeats(to_exporter);
  }

  // The interpreter goes round twice: what it cannot do was not proved either.
  std::optional<Growth> executed(std::size_t start, const std::vector<Step>& round) const {
    std::vector<Step> steps;
    for (std::size_t at = start; at != 0; at = nodes_[at].parent) steps.push_back(nodes_[at].step);
    std::reverse(steps.begin(), steps.end());
    const auto way = static_cast<std::uint32_t>(steps.size());
    for (int times = 0; times < 2; ++times) steps.insert(steps.end(), round.begin(), round.end());
    auto trace = execute(contract_, scope_, steps);
    if (!trace) return std::nullopt;
    return Growth{std::move(*trace), way, static_cast<std::uint32_t>(round.size())};
  }

  const ir::Contract& contract_;
  const Scope& scope_;
  const Budget& budget_;
  std::vector<Node> nodes_;
  std::map<Configuration, std::size_t> known_;
};

}  // namespace

std::optional<Growth> find_growth(const ir::Contract& contract, ir::StateId entry, const Budget& budget) {
  const Scope scope{entry, Reading::Free, kCapacity};
  return Search(contract, scope, budget).run();
}

std::string round_words(const ir::Contract& contract, const Growth& growth) {
  std::string words;
  for (std::uint32_t i = 0; i < growth.length; ++i) {
    const Step& step = growth.run.steps[growth.start + i];
    words += i == 0 ? "" : " ";
    words += step.actor == ir::Role::Exporter ? "E" : "I";
    words += is_send(contract, step) ? "!" : "?";
    words += contract.messages[contract.transitions[step.transition].message].name;
  }
  if (growth.start > 0) words += ", after step " + std::to_string(growth.start);
  return words;
}

}  // namespace singspin::exec
