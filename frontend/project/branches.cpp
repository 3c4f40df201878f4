#include "frontend/project/branches.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace singspin::project {

namespace {

syntax::Symbols united(syntax::Symbols a, const syntax::Symbols& b) {
  a.insert(b.begin(), b.end());
  return a;
}

bool same_directives(const std::vector<syntax::Directive>& a, const std::vector<syntax::Directive>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.kind == y.kind && x.span == y.span; });
}

std::vector<std::string> few(const std::set<std::string>& names) {
  constexpr std::size_t kShown = 12;
  std::vector<std::string> result(names.begin(), std::next(names.begin(), std::min(kShown, names.size())));
  if (names.size() > kShown) result.push_back(fmt::format("{} more", names.size() - kShown));
  return result;
}

}  // namespace

// False: the run has read enough.
bool Branches::read(source::FileId file, const syntax::Symbols& symbols, ReadingId& id) {
  if (budget_.bytes == 0) return false;
  id = reader_.read(file, symbols);
  return !paid_.insert(id).second || Budget::take(budget_.bytes, sources_.file(file).text.size());
}

Sections& Branches::sections(source::FileId file, ReadingId first) {
  first_.emplace(file, first);
  return sections_.try_emplace(file, sources_.file(file).text, reader_[first].directives).first->second;
}

// What the parser makes of a file, but for contracts: a section around code may still hold a part of a
// `namespace` or of something else that matters.
std::string Branches::shape(ReadingId id) const {
  const Reading& reading = reader_[id];
  std::string text = fmt::format("{}\n", reading.diagnostics.size()) + syntax::dump(reading.tree, sources_);
  for (const syntax::Scope& scope : reading.tree.scopes) {
    for (const syntax::QualifiedName& used : scope.usings) text += sema::join(used.parts) + "\n";
    for (const syntax::Alias& alias : scope.aliases)
      text += fmt::format("{} = {}\n", alias.name.text, sema::join(alias.target.parts));
  }
  return text;
}

// Sections that look as if they did not matter are tried one symbol at a time.
bool Branches::mark_idle(source::FileId file, const syntax::Symbols& fixed, ReadingId first) {
  Sections& sections = sections_.at(file);
  const std::string usual = shape(first);
  for (const std::string& name : sections.idle_symbols()) {
    if (fixed.contains(name)) continue;
    ReadingId id;
    if (!read(file, united(fixed, {name}), id)) return false;
    if (id != first && shape(id) != usual) sections.mark_symbol(name);
  }
  return true;
}

std::vector<ReadingId> Branches::readings(source::FileId file, const syntax::Symbols& fixed) {
  const ReadingId first = reader_.read(file, fixed);
  paid_.insert(first);
  std::vector<ReadingId> all{first};
  if (reader_[first].directives.empty()) return all;
  Sections& own = sections(file, first);
  own.mark_places(reader_[first].tree);
  bool complete = mark_idle(file, fixed, first);
  bool hidden = false;
  for (std::size_t known = std::string::npos; complete && own.mattering() != known;) {
    known = own.mattering();
    const Part part{&own, &fixed};
    for (const syntax::Symbols& chosen : combine_parts({&part, 1}, budget_).chosen) {
      ReadingId id;
      if (!(complete = read(file, united(fixed, chosen), id))) break;
      own.mark_places(reader_[id].tree);
      hidden = hidden || !same_directives(reader_[id].directives, reader_[first_.at(file)].directives);
      if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
    }
  }
  const std::string path = sources_.file(file).path;
  if (!complete)
    leave_out(file, fmt::format("not every combination of symbols is read of {}", path),
              {"the files of this run are too large for so many readings"});
  if (hidden)
    leave_out(file, fmt::format("not every combination of symbols is read of {}", path),
              {"with some symbols a comment or string swallows lines that begin with `#`"});
  return all;
}

bool Branches::varies(source::FileId file) const {
  const auto own = sections_.find(file);
  return own != sections_.end() && own->second.first().has_value();
}

// By unit, the others that declare a contract which it declares or names.
bool Branches::find_dependencies() {
  std::map<std::string_view, std::vector<std::size_t>> declarers;
  std::vector<std::set<std::string>> names(units_->size());
  for (std::size_t u = 0; u < units_->size(); ++u) {
    std::set<std::string_view> declared;
    for (const ReadingId id : (*units_)[u].readings) {
      const syntax::File& tree = reader_[id].tree;
      names[u].merge(referenced_names(tree));
      for (const syntax::Contract& c : tree.contracts) declared.insert(c.name.text);
      for (const syntax::EntryUse& e : tree.entry_uses) names[u].emplace(e.contract.parts.back().text);
    }
    for (const std::string_view name : declared) {
      declarers[name].push_back(u);
      names[u].emplace(name);
    }
  }
  uses_.assign(units_->size(), {});
  for (std::size_t u = 0; u < units_->size(); ++u) {
    const std::size_t own = (*units_)[u].compilation;
    const std::vector<std::size_t>& sees = (*compilations_)[own].sees;
    for (const std::string& name : names[u]) {
      const auto found = declarers.find(name);
      if (found == declarers.end()) continue;
      if (!Budget::take(budget_.directives, found->second.size())) return false;
      for (const std::size_t v : found->second) {
        const std::size_t other = (*units_)[v].compilation;
        if (v != u && (other == own || std::find(sees.begin(), sees.end(), other) != sees.end()))
          uses_[u].push_back(v);
      }
    }
  }
  return true;
}

std::vector<std::size_t> Branches::varying(std::size_t unit) {
  std::vector<std::size_t> todo{unit}, result;
  std::set<std::size_t> seen{unit};
  while (!todo.empty()) {
    const std::size_t u = todo.back();
    todo.pop_back();
    if (varies((*units_)[u].file)) result.push_back(u);
    for (const std::size_t v : uses_[u]) {
      if (seen.insert(v).second) todo.push_back(v);
    }
    if (!Budget::take(budget_.directives, 1 + uses_[u].size())) break;
  }
  std::sort(result.begin(), result.end());
  return result;
}

const Combinations& Branches::combinations(const std::vector<std::size_t>& varying) {
  const auto known = combinations_.find(varying);
  if (known != combinations_.end()) return known->second;
  std::vector<Part> parts;
  for (const std::size_t u : varying)
    parts.push_back({&sections_.at((*units_)[u].file), &(*units_)[u].symbols});
  return combinations_.emplace(varying, combine_parts(parts, budget_)).first->second;
}

std::vector<Branch> Branches::combine(const std::vector<Unit>& units,
                                      const std::vector<Compilation>& compilations) {
  units_ = &units;
  compilations_ = &compilations;
  std::vector<Branch> result;
  if (std::none_of(units.begin(), units.end(), [&](const Unit& u) { return varies(u.file); })) return result;
  if (!find_dependencies()) {
    for (std::size_t u = 0; u < units.size(); ++u) leave_out(u, nullptr);
    return result;
  }
  // Connected files are analysed together, whoever depends on whom: one may say in which states a
  // channel of the other begins.
  std::vector<std::vector<std::size_t>> beside = uses_;
  for (std::size_t u = 0; u < units.size(); ++u) {
    for (const std::size_t v : uses_[u]) beside[v].push_back(u);
  }
  std::vector<bool> seen(units.size());
  for (std::size_t u = 0; u < units.size(); ++u) {
    if (seen[u]) continue;
    std::vector<std::size_t> members{u};
    seen[u] = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const std::size_t v : beside[members[i]]) {
        if (!seen[v]) members.push_back(v);
        seen[v] = true;
      }
    }
    std::sort(members.begin(), members.end());
    add_component(members, result);
  }
  return result;
}

void Branches::add_component(const std::vector<std::size_t>& members, std::vector<Branch>& result) {
  std::vector<syntax::Symbols> wanted;
  for (const std::size_t u : members) {
    const std::vector<std::size_t> parts = varying(u);
    if (parts.empty()) continue;
    const Combinations& own = combinations(parts);
    if (!own.all()) leave_out(u, &own);
    wanted.insert(wanted.end(), own.chosen.begin(), own.chosen.end());
  }
  std::sort(wanted.begin(), wanted.end(), is_simpler);
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  if (wanted.empty()) return;
  std::size_t bytes = 0;
  for (const std::size_t u : members) {
    first_symbols_[u] = named(members, {});
    bytes += sources_.file((*units_)[u].file).text.size();
  }
  std::set<std::vector<std::pair<std::size_t, ReadingId>>> known;
  for (const syntax::Symbols& chosen : wanted) {
    Branch branch{named(members, chosen), {}};
    bool enough = true;
    for (const std::size_t u : members) {
      const Unit& unit = (*units_)[u];
      ReadingId id;
      enough = enough && read(unit.file, united(unit.symbols, chosen), id);
      branch.readings.emplace_back(u, id);
    }
    if (enough && !known.insert(branch.readings).second) continue;
    if (chosen.empty()) continue;  // that is how the run reads them anyway
    if (!enough || !Budget::take(budget_.bytes, bytes)) {
      for (const std::size_t u : members) leave_out(u, nullptr);
      return;
    }
    result.push_back(std::move(branch));
  }
}

std::optional<std::vector<std::string>> Branches::first_symbols(std::size_t unit) const {
  const auto found = first_symbols_.find(unit);
  return found == first_symbols_.end() ? std::nullopt : std::optional(found->second);
}

// What a command line has to define for this reading, without what makes no difference.
std::vector<std::string> Branches::named(const std::vector<std::size_t>& members,
                                         const syntax::Symbols& chosen) const {
  syntax::Symbols all = chosen;
  for (const std::size_t u : members) {
    for (const ReadingId id : (*units_)[u].readings) {
      for (const std::string& name : reader_[id].tested) {
        if (defines_.contains(name)) all.insert(name);
      }
    }
  }
  return {all.begin(), all.end()};
}

void Branches::leave_out(std::size_t unit, const Combinations* combinations) {
  const source::FileId file = (*units_)[unit].file;
  const std::string& path = sources_.file(file).path;
  if (combinations == nullptr)
    return leave_out(file, fmt::format("not every combination of symbols is read of {}", path),
                     {"the files of this run are too large for so many readings"});
  leave_out(file,
            fmt::format("{} of {}{} combinations of symbols are read of {}", combinations->chosen.size(),
                        combinations->complete ? "" : "more than ", combinations->found, path),
            {fmt::format("symbols that decide it: {}", fmt::join(few(combinations->asked), ", "))});
}

void Branches::leave_out(source::FileId file, std::string message, std::vector<std::string> notes) {
  if (!told_.insert(file).second) return;
  source::Span at{file, 0, 0};
  if (const auto own = sections_.find(file); own != sections_.end()) at = own->second.first().value_or(at);
  left_out_.push_back({at, std::move(message), std::move(notes)});
}

}  // namespace singspin::project
