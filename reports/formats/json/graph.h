// State machines as JSON, version 1: `"format": "singspin-graph"`, for programs that draw or compare them.
// Promises: the same input gives the same bytes; always valid UTF-8. Members may be added within version 1.
#pragma once

#include <string>
#include <vector>

#include "reports/graph/graph.h"

namespace singspin::json {

// One graph for each contract. `deterministic`: without absolute paths. Ends with a line feed.
std::string render_graphs(const std::vector<const ir::Contract*>& contracts,
                          const std::vector<graph::Graph>& graphs, const source::SourceMap& sources,
                          bool deterministic);

}  // namespace singspin::json
