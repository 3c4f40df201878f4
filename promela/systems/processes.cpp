// The processes of a system: labels and options.
#include <fmt/format.h>

#include "promela/systems/emitter.h"

namespace singspin::systems {

std::vector<ir::ProcessId> Emitter::order() const {
  std::vector<ir::ProcessId> first, rest;
  for (const ir::ProcessId id : system_.processes.ids())
    (system_.processes[id].kind == ir::Process::Kind::Init ? first : rest).push_back(id);
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

// A run that has ended stays where it is (R12); `init` runs before everything (rule 3).
std::string Emitter::provided(const ir::Process& process) const {
  std::string text = fmt::format("{} == 0", symbols_.over);
  if (inits_ > 0 && process.kind != ir::Process::Kind::Init)
    text += fmt::format(" && {} == {}", symbols_.begun, inits_);
  return text;
}

void Emitter::put_process(ir::ProcessId id) {
  const ir::Process& process = system_.processes[id];
  put("");
  put(remark(process.span, process.name));
  put(fmt::format("active proctype {}() provided ({})", symbols_.processes[id.value], provided(process)));
  put("{");
  result_.processes.push_back({id, {}});
  // A process starts at its first label.
  std::vector<ir::LocationId> locations = {process.start};
  for (const ir::LocationId l : process.locations.ids()) {
    if (l != process.start) locations.push_back(l);
  }
  for (const ir::LocationId l : locations) put_location(id, l, l == locations.back());
  put("}");
}

void Emitter::put_location(ir::ProcessId id, ir::LocationId at, bool last) {
  const ir::Location& location = system_.processes[id].locations[at];
  put(fmt::format("{}:  {}", symbols_.label(id, at), remark(location.span, location.activity)));
  // Steps that nothing in this system can make possible are left out.
  std::vector<ir::EdgeId> edges = location.out;
  std::erase_if(
      edges, [&](ir::EdgeId e) { return expressions_.guard(system_.processes[id].edges[e], id) == "false"; });
  if (edges.empty()) {
    put(fmt::format("  false{}", last ? "" : ";"));
    add_line({SystemLine::Kind::End, 0, id, {}, 0, 0, location.span, {}});
    return;
  }
  put("  if");
  for (const ir::EdgeId edge : edges) put_edge(id, edge);
  put(last ? "  fi" : "  fi;");
}

void Emitter::put_edge(ir::ProcessId id, ir::EdgeId edge_id) {
  const ir::Process& process = system_.processes[id];
  const ir::Edge& edge = process.edges[edge_id];
  const std::string guard = expressions_.guard(edge, id);
  const bool begins = process.kind == ir::Process::Kind::Init && process.locations[edge.to].out.empty();
  for (std::uint32_t choice = 0; choice < operations_.choices(edge); ++choice) {
    std::string statements = operations_.statements(edge, id, choice);
    if (begins) statements += fmt::format("; {} = {} + 1", symbols_.begun, symbols_.begun);
    put(fmt::format("  :: d_step {{ {} -> {} }} -> goto {}  {}",
                    all_of({guard, operations_.choice_guard(edge, choice)}), statements,
                    symbols_.label(id, edge.to), remark(edge.span, edge.action)));
    add_line({SystemLine::Kind::Edge, 0, id, edge_id, choice, 0, edge.span, edge.action});
  }
}

}  // namespace singspin::systems
