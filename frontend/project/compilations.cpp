#include "frontend/project/compilations.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "frontend/project/branches.h"
#include "frontend/source/loader.h"
#include "frontend/wiring/wiring.h"

namespace singspin::project {

namespace fs = std::filesystem;
using diagnostics::Code;

namespace {

constexpr std::size_t kLoose = 0;  // the compilation of files named one by one or through folders

syntax::Symbols united(syntax::Symbols a, const syntax::Symbols& b) {
  a.insert(b.begin(), b.end());
  return a;
}

}  // namespace

syntax::Symbols symbols_of(const std::vector<std::string>& defines) {
  syntax::Symbols symbols;
  for (const std::string& define : defines) symbols.insert(define.substr(0, define.find('=')));
  return symbols;
}

Compilations::Compilations(const Input& input, Disk& disk, Reader& reader, Branches* branches,
                           diagnostics::Diagnostics& diagnostics)
    : input_(input),
      reader_(reader),
      branches_(branches),
      diagnostics_(diagnostics),
      defines_(symbols_of(input.defines)),
      projects_(disk),
      search_(input.include_folders, reader.root(), disk, projects_),
      compilations_{{{}, defines_, {}}} {}

void Compilations::add_named() {
  const std::vector<std::string> paths = input_.paths.empty() ? std::vector<std::string>{"."} : input_.paths;
  std::vector<std::string> projects, others;
  for (const std::string& path : paths) {
    // An unsaved file may be new, or deleted behind the editor's back.
    if (input_.overlays.contains(path) && !is_project_path(path)) {
      add_unit(path, kLoose, defines_, true);
      continue;
    }
    std::error_code error;
    const bool project = is_project_path(path) && !fs::is_directory(path, error) && fs::exists(path, error);
    (project ? projects : others).push_back(path);
  }
  add_loose(others);
  add_projects(projects);
  add_imports();
  for (const Unit& unit : units_) named_files_ = std::max<std::size_t>(named_files_, unit.file.value + 1);
}

// Section 2.4 of the annotation language. What is imported belongs to the run as if it had been named.
void Compilations::add_imports() {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const Unit unit = units_[i];
    const auto& annotations = reader_[unit.readings.front()].annotations;
    if (!annotations || imports_.contains(unit.file)) continue;
    imports_[unit.file];
    const std::vector<annotation::Import> all = annotations->imports;
    for (const annotation::Import& import : all) add_import(unit, import);
  }
}

void Compilations::add_import(const Unit& unit, const annotation::Import& import) {
  std::vector<fs::path> places{fs::path(reader_.path(unit.file)).parent_path()};
  for (const std::string& folder : input_.include_folders) places.emplace_back(folder);
  std::string problem = "no such file";
  for (const fs::path& place : places) {
    const std::string path = (place / fs::path(import.path)).lexically_normal().string();
    std::error_code error;
    if (!fs::exists(path, error) && !input_.overlays.contains(Disk::canonical(path))) continue;
    const Reader::Opened opened = reader_.open(path, true);
    if (opened.file) {
      imports_[unit.file].push_back(*opened.file);
      add_unit(path, unit.compilation, unit.symbols, true);
      return;
    }
    problem = opened.problem;
    break;
  }
  auto& d = diagnostics_.add(Code::import_not_found, import.span,
                             fmt::format("cannot read \"{}\": {}", import.path, problem), "imported here");
  for (const fs::path& place : places)
    d.notes.push_back(fmt::format("looked in {}", place.empty() ? "." : reader_.shown(place.string())));
}

void Compilations::add_built_in() {
  const bool wanted = std::any_of(units_.begin(), units_.end(), [&](const Unit& unit) {
    const auto& annotations = reader_[unit.readings.front()].annotations;
    if (!annotations) return false;
    return std::any_of(annotations->components.begin(), annotations->components.end(),
                       [](const annotation::Component& c) {
                         return std::any_of(c.ports.begin(), c.ports.end(),
                                            [](const annotation::Port& p) { return p.power; });
                       });
  });
  if (!wanted) return;
  built_in_ = reader_.add_built_in("built-in/DriverPower.sg", wiring::kBuiltInContracts);
  units_.push_back({*built_in_, kLoose, {}, {reader_.read(*built_in_, {})}});
}

bool Compilations::is_named(const std::string& path) const {
  return std::any_of(input_.paths.begin(), input_.paths.end(),
                     [&](const std::string& p) { return fs::path(p).lexically_normal() == path; });
}

void Compilations::add_loose(const std::vector<std::string>& paths) {
  const source::FileList list = source::list_sources(paths, source::SourceKinds::WithAnnotations);
  for (const source::LoadProblem& problem : list.problems) unreadable(problem.path, problem.reason);
  for (const std::string& path : list.paths) add_unit(path, kLoose, defines_, is_named(path));
}

void Compilations::add_projects(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    for (const ProjectFile* project : projects_.with_references(path)) add_project(*project);
  }
  for (const auto& [project, row] : by_project_) {
    for (const ProjectFile* other : projects_.with_references(project->path)) {
      if (other != project) compilations_[row].sees.push_back(by_project_.at(other));
    }
  }
}

void Compilations::add_project(const ProjectFile& project) {
  if (!by_project_.emplace(&project, compilations_.size()).second) return;
  const std::size_t row = compilations_.size();
  compilations_.push_back({project.path, united(project.symbols, defines_), {}});
  report(project);
  for (const ListedFile& source : project.sources)
    add_unit(source.path, row, compilations_[row].symbols, false);
}

void Compilations::report(const ProjectFile& project) {
  for (const ProjectProblem& problem : project.problems) {
    diagnostics::Diagnostic* d = nullptr;
    if (problem.place) {
      const source::Span span{reader_.add_text(problem.place->path), problem.place->begin,
                              problem.place->end};
      named_files_ = std::max<std::size_t>(named_files_, span.file.value + 1);
      d = &diagnostics_.add(problem.code, span, problem.message, problem.label);
    } else {
      d = &diagnostics_.add_without_place(problem.code, problem.message);
    }
    d->notes = problem.notes;
  }
}

void Compilations::unreadable(const std::string& path, const std::string& reason) {
  diagnostics_.add_without_place(Code::unreadable_file, fmt::format("cannot read {}: {}", path, reason));
}

// A file found in a folder counts only if it may hold a contract; a named one always does.
bool Compilations::add_unit(const std::string& path, std::size_t compilation, const syntax::Symbols& symbols,
                            bool wanted) {
  const Reader::Opened opened = reader_.open(path, wanted);
  if (opened.binary) {
    if (wanted || fs::path(path).extension() == ".sg") {
      diagnostics_.add_without_place(Code::binary_file,
                                     fmt::format("{} is not a text file", reader_.shown(path)));
    }
    return false;
  }
  if (!opened.problem.empty()) unreadable(path, opened.problem);
  if (!opened.file || !seen_.emplace(*opened.file, compilation).second) return false;
  std::vector<ReadingId> readings = branches_ == nullptr ? std::vector{reader_.read(*opened.file, symbols)}
                                                         : branches_->readings(*opened.file, symbols);
  units_.push_back({*opened.file, compilation, symbols, std::move(readings)});
  return true;
}

std::set<std::string> referenced_names(const syntax::File& tree) {
  std::set<std::string> names;
  for (const syntax::Contract& c : tree.contracts) {
    if (c.base) names.emplace(c.base->parts.back().text);
    for (const syntax::Message& m : c.messages) {
      for (const syntax::Parameter& p : m.parameters) {
        const auto& parts = p.type.name.parts;
        const bool endpoint = parts.size() > 1 && (parts.back().text == "Exp" || parts.back().text == "Imp");
        const auto name = std::span(parts).first(parts.empty() ? 0 : parts.size() - 1);
        if (endpoint && !syntax::is_type_parameter(c, m, name)) names.emplace(name.back().text);
      }
    }
  }
  return names;
}

// What the units refer to and nothing that their compilation sees declares.
std::set<Compilations::Missing> Compilations::missing() const {
  std::map<std::size_t, std::set<std::string_view>> declared;
  for (const Unit& unit : units_) {
    for (const ReadingId reading : unit.readings) {
      for (const syntax::Contract& c : reader_[reading].tree.contracts)
        declared[unit.compilation].insert(c.name.text);
    }
  }
  const auto is_declared = [&](std::size_t compilation, const std::string& name) {
    const auto own = declared.find(compilation);
    return own != declared.end() && own->second.contains(name);
  };
  std::set<Missing> result;
  for (const Unit& unit : units_) {
    const std::vector<std::size_t>& sees = compilations_[unit.compilation].sees;
    for (const ReadingId reading : unit.readings) {
      for (const std::string& name : referenced_names(reader_[reading].tree)) {
        const bool known =
            is_declared(unit.compilation, name) ||
            std::any_of(sees.begin(), sees.end(), [&](std::size_t s) { return is_declared(s, name); });
        if (!known) result.insert({name, unit.compilation, unit.file});
      }
    }
  }
  return result;
}

void Compilations::add_missing() {
  add_built_in();
  std::set<Missing> asked;
  for (bool grown = true; grown;) {
    grown = false;
    for (const Missing& m : missing()) {
      if (asked.insert(m).second) grown = add_candidates(m) || grown;
    }
  }
}

// A project is complete: beside its files nothing is looked for, or a build would see less.
bool Compilations::add_candidates(const Missing& m) {
  const std::size_t target = found_compilation(m.compilation);
  if (add_all(search_.in_include_folders(m.name), target)) return true;
  if (target != kLoose) return false;
  const std::string& path = reader_.path(m.wanted_by);
  return add_all(search_.beside(path, m.name), target) || add_all(search_.in_projects(path, m.name), target);
}

bool Compilations::add_all(const std::vector<Candidate>& candidates, std::size_t compilation) {
  bool grown = false;
  for (const Candidate& c : candidates)
    grown = add_unit(c.path, compilation, united(c.symbols, defines_), false) || grown;
  return grown;
}

std::size_t Compilations::found_compilation(std::size_t for_compilation) {
  if (compilations_[for_compilation].project.empty()) return for_compilation;
  if (found_) return *found_;
  found_ = compilations_.size();
  compilations_.push_back({{}, defines_, {}});
  for (Compilation& c : compilations_) {
    if (!c.project.empty()) c.sees.push_back(*found_);
  }
  return *found_;
}

sema::Compilations Compilations::scoping(const std::vector<std::size_t>& compilation_of_file) const {
  if (compilations_.size() == 1) return {};
  sema::Compilations result{compilation_of_file, {}};
  result.sees.assign(compilations_.size(), std::vector<bool>(compilations_.size(), false));
  for (std::size_t i = 0; i < compilations_.size(); ++i) {
    for (const std::size_t other : compilations_[i].sees) result.sees[i][other] = true;
  }
  return result;
}

namespace {

std::string listed(const std::vector<std::string>& all) {
  constexpr std::size_t kShown = 4;
  std::string text = fmt::format(
      "{}",
      fmt::join(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kShown)), ", "));
  if (all.size() > kShown) text += fmt::format(" and {} more", all.size() - kShown);
  return text;
}

}  // namespace

std::vector<std::string> Compilations::looked_in(source::FileId file, const std::string&) {
  std::vector<std::string> notes;
  std::vector<std::string> folders;
  for (const std::string& folder : input_.include_folders) folders.push_back(reader_.shown(folder));
  std::set<std::string> projects;
  bool loose = false;
  for (const Unit& unit : units_) {
    if (unit.file != file) continue;
    const Compilation& compilation = compilations_[unit.compilation];
    if (compilation.project.empty()) {
      loose = true;
      continue;
    }
    for (const ProjectFile* p : projects_.with_references(compilation.project))
      projects.insert(reader_.shown(p->path));
  }
  if (loose) {
    const std::string& path = reader_.path(file);
    const std::string folder =
        reader_.shown(fs::path(path).parent_path().empty() ? "." : fs::path(path).parent_path().string());
    if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
    for (const std::string& project : search_.projects_of(path)) {
      for (const ProjectFile* p : projects_.with_references(project)) projects.insert(reader_.shown(p->path));
    }
  }
  if (!folders.empty())
    notes.push_back(
        fmt::format("looked in {} {}", folders.size() == 1 ? "the folder" : "the folders", listed(folders)));
  if (!projects.empty())
    notes.push_back(fmt::format("looked in the project{} {}", projects.size() == 1 ? "" : "s",
                                listed({projects.begin(), projects.end()})));
  else if (loose) notes.push_back("no project file from its folder upwards lists this file");
  return notes;
}

}  // namespace singspin::project
