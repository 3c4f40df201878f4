// The process that watches the others: standstills, mappings and checks. It moves only to end a run.
#include <fmt/format.h>

#include <algorithm>

#include "promela/print/comment.h"
#include "promela/systems/emitter.h"

namespace singspin::systems {

namespace {

std::string any(const Words& words) {
  if (words.empty()) return "false";
  return words.size() == 1 ? words.front() : fmt::format("({})", fmt::join(words, " || "));
}

}  // namespace

std::string Emitter::at(ir::ProcessId id, ir::LocationId location) const {
  return fmt::format("{}@{}", symbols_.processes[id.value], symbols_.label(id, location));
}

// Some step of this process is possible that has to come in the end: all but those of `unplug` and of
// falling silent, which may never come (R9).
std::string Emitter::must_move(ir::ProcessId id) const {
  const ir::Process& process = system_.processes[id];
  Words places;
  for (const ir::LocationId l : process.locations.ids()) {
    Words guards;
    for (const ir::EdgeId e : process.locations[l].out) {
      if (!process.edges[e].must_fire) continue;
      guards.push_back(expressions_.guard(process.edges[e], id));
      if (guards.back() == "false") guards.pop_back();
    }
    if (guards.empty()) continue;
    const bool always = std::find(guards.begin(), guards.end(), "true") != guards.end();
    for (std::string& guard : guards) guard = "(" + guard + ")";
    places.push_back(always ? at(id, l) : fmt::format("({} && {})", at(id, l), any(guards)));
  }
  return any(places);
}

// Rule 6. A process waits at a resting place, or only for a queue or a pool that is a bound of the model.
std::string Emitter::is_resting(ir::ProcessId id) const {
  const ir::Process& process = system_.processes[id];
  if (process.kind == ir::Process::Kind::Source) return "true";
  Words places;
  std::size_t rests = 0;
  for (const ir::LocationId l : process.locations.ids()) {
    const ir::Location& location = process.locations[l];
    const bool ended = process.kind == ir::Process::Kind::Init && location.out.empty();
    if (location.kind == ir::Location::Kind::Resting || ended) {
      places.push_back(at(id, l));
      ++rests;
      continue;
    }
    Words reasons;
    if (location.kind == ir::Location::Kind::Off) reasons.push_back("!" + expressions_.is_running(id));
    for (const ir::EdgeId e : location.out) {
      const std::string held = expressions_.held_by_bound(process.edges[e], id);
      if (!held.empty() && held != "false") reasons.push_back("(" + held + ")");
    }
    if (!reasons.empty()) places.push_back(fmt::format("({} && {})", at(id, l), any(reasons)));
  }
  return rests == process.locations.size() ? "true" : any(places);
}

// A remote reference may not stand in a d_step, so this is an atomic sequence of two.
void Emitter::put_standstill() {
  put("  /* rule 6: nobody can make a step that has to come, and somebody is not at a resting place */");
  const std::string begun = inits_ > 0 ? fmt::format("{} == {}", symbols_.begun, inits_) : "true";
  put("  :: atomic { !(false");
  for (const ir::ProcessId id : order()) {
    const bool init = system_.processes[id].kind == ir::Process::Kind::Init;
    const std::string moves = must_move(id);
    if (moves == "false") continue;
    put(fmt::format("       || {}",
                    init || begun == "true" ? moves : fmt::format("({} && {})", begun, moves)));
  }
  put("     ) && !(true");
  for (const ir::ProcessId id : order()) {
    const bool init = system_.processes[id].kind == ir::Process::Kind::Init;
    const std::string rests = is_resting(id);
    if (rests == "true") continue;
    put(fmt::format("       && {}",
                    init || begun == "true" ? rests : fmt::format("(!({}) || {})", begun, rests)));
  }
  put("     ) ->");
  put(fmt::format("       d_step {{ {}({}) }} }} -> goto {}", symbols_.fail,
                  symbols_.end_of(ir::SystemProperty::DeadlockFree), "end_watching"));
  add_line({SystemLine::Kind::Deadlock, 0, {}, {}, 0, 0, system_.span, "standstill"});
}

// `state S = p@T` (4.4).
std::string Emitter::is_broken(const ir::Mapping& mapping) const {
  const ir::Component& component = system_.components[mapping.component];
  if (!component.state) return "false";
  const PortNames& port = symbols_.ports[mapping.port.value];
  Words nodes;
  for (const ir::StateId node : mapping.nodes)
    nodes.push_back(fmt::format("{} == {}", port.node, symbols_.contract(mapping.port).nodes[node.value]));
  const std::string where =
      port.bound.empty() ? any(nodes) : fmt::format("({} && {})", port.bound, any(nodes));
  return fmt::format("{} == 0 && {} == {} && !({})", symbols_.components[mapping.component.value],
                     symbols_.variables[component.state->value].value, mapping.value, where);
}

void Emitter::put_watch() {
  put("");
  put(fmt::format("active proctype {}() provided ({}{} == 0)", symbols_.watch,
                  observed_ ? "c_expr { (ss_observe)() } && " : "", symbols_.over));
  put("{");
  result_.processes.push_back({std::nullopt, {}});
  put("end_watching:");
  put("  if");
  put_standstill();
  for (std::size_t i = 0; i < system_.mappings.size(); ++i) {
    put(fmt::format("  :: d_step {{ {} -> {}({}) }} -> goto end_watching  {}", is_broken(system_.mappings[i]),
                    symbols_.fail, symbols_.end_of(ir::SystemProperty::StateMapping),
                    remark(system_.mappings[i].span, "")));
    add_line({SystemLine::Kind::Mapping, 0, {}, {}, 0, i, system_.mappings[i].span, "mapping"});
  }
  for (std::size_t i = 0; i < system_.checks.size(); ++i) {
    const ir::Check& check = system_.checks[i];
    if (check.kind == ir::Check::Kind::LeadsTo || check.kind == ir::Check::Kind::Progress) continue;
    const std::string e = expressions_.expression(check.first, std::nullopt);
    // Where a `reachable` holds is no fault.
    const std::string end = check.kind == ir::Check::Kind::Reachable
                                ? fmt::format("{} = {}", symbols_.over, symbols_.checks[i])
                                : fmt::format("{}({})", symbols_.fail, symbols_.checks[i]);
    put(fmt::format("  :: d_step {{ {} -> {} }} -> goto end_watching  {}",
                    check.kind == ir::Check::Kind::Always ? "!" + e : e, end, remark(check.span, check.id)));
    add_line({SystemLine::Kind::Check, 0, {}, {}, 0, i, check.span, check.id});
  }
  put("  fi");
  put("}");
}

// Checks that are formulas of linear temporal logic, for those who run the model by hand: `pan -a -N NAME`.
void Emitter::put_formulas() {
  for (std::size_t i = 0; i < system_.checks.size(); ++i) {
    const ir::Check& check = system_.checks[i];
    std::string formula;
    const auto text = [&](ir::ExprId id) { return expressions_.expression(id, std::nullopt); };
    switch (check.kind) {
      case ir::Check::Kind::Never: formula = fmt::format("[] !({})", text(check.first)); break;
      case ir::Check::Kind::Always: formula = fmt::format("[] ({})", text(check.first)); break;
      case ir::Check::Kind::Reachable: formula = fmt::format("[] !({})", text(check.first)); break;
      case ir::Check::Kind::LeadsTo:
        formula = fmt::format("[] (({}) -> <> (({}) || {} != 0))", text(check.first), text(check.second),
                              symbols_.over);
        break;
      case ir::Check::Kind::Progress: continue;
    }
    put("");
    put(remark(check.span, check.kind == ir::Check::Kind::Reachable
                               ? check.id + ": a counterexample confirms it"
                               : check.id));
    put(fmt::format("ltl {} {{ {} }}", symbols_.names.global("formula_" + symbols_.checks[i]), formula));
  }
}

}  // namespace singspin::systems
