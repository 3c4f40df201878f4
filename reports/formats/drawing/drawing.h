// The state machine of a contract in the languages of drawing programs: dot of Graphviz, Mermaid,
// PlantUML, and the SVG that Graphviz makes of dot.
// Promises: pure and deterministic; names are escaped for their language, so that nothing in a contract
// becomes syntax, markup or a link. Does not know who runs the drawing programs, or how.
#pragma once

#include <string>
#include <string_view>

#include "reports/graph/graph.h"

namespace singspin::drawing {

// One digraph.
std::string dot(const ir::Contract& contract, const graph::Graph& graph, const source::SourceMap& sources);
// A `stateDiagram-v2`.
std::string mermaid(const ir::Contract& contract, const graph::Graph& graph,
                    const source::SourceMap& sources);
// From `@startuml` to `@enduml`.
std::string plantuml(const ir::Contract& contract, const graph::Graph& graph,
                     const source::SourceMap& sources);

// What `dot -Tsvg` printed for the dot of `contract`, made to stand alone: without a reference to
// anything outside, with a title and colours for light and dark. Empty if it is no SVG.
std::string finished_svg(std::string_view rendered, const ir::Contract& contract);

}  // namespace singspin::drawing
