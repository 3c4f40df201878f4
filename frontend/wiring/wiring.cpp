#include "frontend/wiring/wiring.h"

#include <algorithm>

#include "frontend/wiring/components.h"
#include "frontend/wiring/declare.h"
#include "frontend/wiring/environment.h"
#include "frontend/wiring/properties.h"
#include "frontend/wiring/scan.h"
#include "frontend/wiring/units.h"
#include "frontend/wiring/warnings.h"

namespace singspin::wiring {

// Section 4.4.
const std::string_view kBuiltInContracts =
    "// The contract of `power` ports.\n"
    "contract DriverPower {\n"
    "  in message Suspend();  out message Suspended();\n"
    "  in message Resume();   out message Resumed();\n"
    "  state On:  one { Suspend? -> Suspended! -> Off; }\n"
    "  state Off: one { Resume? -> Resumed! -> On; }\n"
    "}\n";

namespace {

// Contracts whose names or structure are wrong have a machine all the same, which guesses what was meant.
// Nothing may be proved with it.
std::set<std::pair<source::FileId, std::string>> wrong_contracts(
    const diagnostics::Diagnostics& diagnostics) {
  constexpr int kFirstProperty = 100;
  std::set<std::pair<source::FileId, std::string>> result;
  for (const diagnostics::Diagnostic& d : diagnostics.list()) {
    const bool wrong =
        d.severity == diagnostics::Severity::Error && static_cast<int>(d.code) < kFirstProperty;
    if (wrong && d.span && !d.subject.empty()) result.insert({d.span->file, d.subject});
  }
  return result;
}

// Contracts that a file may name: its own and those of what it imports, directly or not.
void find_visible(Build& build, const Group& group) {
  for (const Source* s : group) {
    std::set<source::FileId>& visible = build.visible[s->file->id];
    std::vector<const Source*> open{s};
    visible.insert(s->file->id);
    while (!open.empty()) {
      const Source* at = open.back();
      open.pop_back();
      for (const source::FileId id : at->imports) {
        if (!visible.insert(id).second) continue;
        const auto found =
            std::find_if(group.begin(), group.end(), [&](const Source* o) { return o->file->id == id; });
        if (found != group.end()) open.push_back(*found);
      }
    }
  }
}

void name_system(ir::System& system) {
  const auto driver =
      std::find_if(system.components.begin(), system.components.end(),
                   [](const ir::Component& c) { return c.kind == ir::Component::Kind::Driver; });
  const ir::Component& first = driver != system.components.end() ? *driver : *system.components.begin();
  system.name = first.name;
  system.span = first.span;
}

std::optional<ir::System> build_system(Build& build, const Group& group) {
  std::vector<const annotation::Connect*> connects;
  std::vector<const annotation::Check*> checks;
  bool broken = false;
  find_visible(build, group);
  for (const Source* s : group) {
    broken = broken || s->file->broken;
    build.system.files.push_back(s->file->id);
    for (const auto& c : s->file->components) declare(build, c, s->file->id);
    for (const auto& c : s->file->connects) connects.push_back(&c);
    for (const auto& c : s->file->checks) checks.push_back(&c);
  }
  // What could not be read may have declared anything.
  if (broken) return std::nullopt;
  // A port without a contract is not there: what names it would only be a second mistake.
  if (build.failed) return std::nullopt;
  join_ports(build, connects);
  if (build.failed) return std::nullopt;
  for (Scope& s : build.scopes) scan(build, s);
  for (Scope& s : build.scopes) reserve_threads(build, s);
  for (Scope& s : build.scopes) lower_component(build, s);
  for (Scope& s : build.scopes) add_mappings(build, s);
  add_checks(build, checks);
  for (Scope& s : build.scopes) add_sources(build, s);
  if (build.failed) return std::nullopt;
  add_peers(build);
  warn_unused(build);
  if (build.failed || build.scopes.empty()) return std::nullopt;
  add_obligations(build);
  find_applicable(build);
  name_system(build.system);
  const std::string wrong = ir::validate(build.analysis.program, build.system);
  CHECK(wrong.empty(), wrong.c_str());
  return std::move(build.system);
}

}  // namespace

std::vector<ir::System> wire(std::span<const Source> sources, const sema::Analysis& analysis,
                             const source::SourceMap& source_map, const Options& options,
                             diagnostics::Diagnostics& diagnostics) {
  std::vector<ir::System> systems;
  const auto wrong = wrong_contracts(diagnostics);
  std::set<source::Span> ambiguous;
  for (const Group& group : find_groups(sources, ambiguous, diagnostics)) {
    Build build(analysis, source_map, options, diagnostics);
    build.wrong_contracts = wrong;
    build.ambiguous = ambiguous;
    if (auto system = build_system(build, group)) systems.push_back(std::move(*system));
  }
  return systems;
}

}  // namespace singspin::wiring
