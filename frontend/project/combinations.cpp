#include "frontend/project/combinations.h"

#include <algorithm>
#include <map>

namespace singspin::project {

namespace {

constexpr std::size_t kMaxTries = 4096;

// Answers are taken from a list, which grows with undefined symbols; the next try turns the last of
// those around. So all trees of questions are walked, and no symbol is asked for in vain.
class Answers {
 public:
  void restart() { by_name_.clear(), next_ = 0; }
  bool known(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found != by_name_.end() && found->second;
  }
  bool ask(std::string_view name) {
    const auto [at, added] = by_name_.emplace(name, false);
    if (!added) return at->second;
    if (next_ == list_.size()) list_.push_back(false);
    return at->second = list_[next_++];
  }
  bool advance() {
    while (!list_.empty() && list_.back()) list_.pop_back();
    if (list_.empty()) return false;
    list_.back() = true;
    return true;
  }
  const std::map<std::string, bool, std::less<>>& by_name() const { return by_name_; }

 private:
  std::map<std::string, bool, std::less<>> by_name_;
  std::vector<bool> list_;
  std::size_t next_ = 0;
};

using Selection = std::vector<std::vector<std::size_t>>;

Selection select(std::span<const Part> parts, Answers& answers) {
  Selection selection;
  for (const Part& part : parts) {
    selection.push_back(part.sections->select([&](std::string_view name, bool matters) {
      if (part.fixed->contains(name)) return true;
      return matters ? answers.ask(name) : answers.known(name);
    }));
  }
  return selection;
}

}  // namespace

bool is_simpler(const syntax::Symbols& a, const syntax::Symbols& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Combinations combine_parts(std::span<const Part> parts, Budget& budget) {
  Combinations result;
  std::size_t directives = 0;
  for (const Part& part : parts) directives += part.sections->size();
  std::map<Selection, syntax::Symbols> least;
  Answers answers;
  for (std::size_t tries = 0;; ++tries) {
    if (tries == kMaxTries || !Budget::take(budget.directives, directives + 1)) {
      result.complete = false;
      break;
    }
    answers.restart();
    Selection selection = select(parts, answers);
    syntax::Symbols defined;
    for (const auto& [name, value] : answers.by_name()) {
      result.asked.insert(name);
      if (value) defined.insert(name);
    }
    const auto [at, added] = least.emplace(std::move(selection), defined);
    if (!added && is_simpler(defined, at->second)) at->second = std::move(defined);
    if (!answers.advance()) break;
  }
  result.found = least.size();
  for (auto& [selection, defined] : least) result.chosen.push_back(std::move(defined));
  std::sort(result.chosen.begin(), result.chosen.end(), is_simpler);
  if (result.chosen.size() > kMaxCombinations) result.chosen.resize(kMaxCombinations);
  if (result.chosen.empty()) result.chosen.emplace_back();
  return result;
}

}  // namespace singspin::project
