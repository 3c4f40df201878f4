#include "frontend/wiring/units.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::wiring {

namespace {

class Grouper {
 public:
  Grouper(std::span<const Source> sources, std::set<source::Span>& ambiguous,
          diagnostics::Diagnostics& diagnostics)
      : sources_(sources), ambiguous_(ambiguous), diagnostics_(diagnostics) {
    for (const Source& s : sources) by_file_[s.file->id] = &s;
  }

  std::vector<Group> run() {
    find_units();
    for (std::size_t u = 0; u < units_.size(); ++u) parent_.push_back(u);
    for (std::size_t u = 0; u < units_.size(); ++u) join(u);
    std::map<std::size_t, Group> joined;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      Group& group = joined[root(u)];
      for (const Source* s : units_[u]) {
        if (std::find(group.begin(), group.end(), s) == group.end()) group.push_back(s);
      }
    }
    std::vector<Group> result;
    for (auto& [u, group] : joined) {
      const bool any = std::any_of(group.begin(), group.end(), [](const Source* s) {
        return !s->file->components.empty() || !s->file->connects.empty() || !s->file->checks.empty();
      });
      if (any) result.push_back(std::move(group));
    }
    return result;
  }

 private:
  // The file and what it imports, directly or not, each once.
  Group closure(const Source& first) const {
    Group result{&first};
    for (std::size_t i = 0; i < result.size(); ++i) {
      for (const source::FileId id : result[i]->imports) {
        const auto found = by_file_.find(id);
        if (found == by_file_.end()) continue;
        if (std::find(result.begin(), result.end(), found->second) == result.end())
          result.push_back(found->second);
      }
    }
    return result;
  }

  // Files that no other one imports; in a circle of imports the first one stands for all.
  void find_units() {
    std::set<source::FileId> imported, covered;
    for (const Source& s : sources_) {
      for (const source::FileId id : s.imports) {
        if (id != s.file->id) imported.insert(id);
      }
    }
    const auto add = [&](const Source& s) {
      units_.push_back(closure(s));
      for (const Source* member : units_.back()) covered.insert(member->file->id);
    };
    for (const Source& s : sources_) {
      if (!imported.contains(s.file->id)) add(s);
    }
    for (const Source& s : sources_) {
      if (!covered.contains(s.file->id)) add(s);
    }
  }

  static bool declares(const Group& unit, std::string_view component) {
    return std::any_of(unit.begin(), unit.end(), [&](const Source* s) {
      const auto& all = s->file->components;
      return std::any_of(all.begin(), all.end(),
                         [&](const annotation::Component& c) { return c.name.text == component; });
    });
  }

  void join(std::size_t unit) {
    for (const Source* s : units_[unit]) {
      for (const annotation::Connect& c : s->file->connects) {
        join_with(unit, c.left.component);
        join_with(unit, c.right.component);
      }
    }
  }
  void join_with(std::size_t unit, const Name& component) {
    if (declares(units_[unit], component.text)) return;
    std::vector<std::size_t> found;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (declares(units_[u], component.text)) found.push_back(u);
    }
    if (found.empty()) return;  // an unknown name, which is reported later
    if (found.size() == 1) return unite(unit, found.front());
    if (!ambiguous_.insert(component.span).second) return;
    auto& d = diagnostics_.add(diagnostics::Code::ambiguous_component, component.span,
                               fmt::format("{} files declare a component `{}`", found.size(), component.text),
                               "which one?");
    d.help = "import the one that is meant, or name fewer files";
  }

  std::size_t root(std::size_t u) const {
    while (parent_[u] != u) u = parent_[u];
    return u;
  }
  void unite(std::size_t a, std::size_t b) {
    a = root(a), b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

  std::span<const Source> sources_;
  std::set<source::Span>& ambiguous_;
  diagnostics::Diagnostics& diagnostics_;
  std::map<source::FileId, const Source*> by_file_;
  std::vector<Group> units_;
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<Group> find_groups(std::span<const Source> sources, std::set<source::Span>& ambiguous,
                               diagnostics::Diagnostics& diagnostics) {
  return Grouper(sources, ambiguous, diagnostics).run();
}

}  // namespace singspin::wiring
