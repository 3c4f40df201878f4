#include "reports/formats/json/graph.h"

#include <nlohmann/json.hpp>

#include "reports/formats/json/parts.h"

namespace singspin::json {

namespace {

class GraphWriter {
 public:
  GraphWriter(const ir::Contract& contract, const graph::Graph& graph, const SourceIndex& sources)
      : contract_(contract), graph_(graph), sources_(sources) {}

  Json write() const {
    Json nodes = Json::array(), edges = Json::array();
    for (const graph::Node& row : graph_.nodes) nodes.push_back(node(row));
    for (const graph::Edge& row : graph_.edges) edges.push_back(edge(row));
    return Json::object({{"contract", contract_.qualified_name},
                         {"span", sources_.span(contract_.span)},
                         {"folded", graph_.folding == graph::Folding::Folded},
                         {"nodes", std::move(nodes)},
                         {"edges", std::move(edges)}});
  }

 private:
  const std::string& state_id(graph::NodeId id) const { return contract_.states[graph_.nodes[id].state].id; }

  Json node(const graph::Node& row) const {
    const ir::State& state = contract_.states[row.state];
    return Json::object({{"state", state.id},
                         {"kind", state.kind == ir::State::Kind::Named ? "named" : "implicit"},
                         {"start", row.start},
                         {"entry", row.entry},
                         {"final", state.final},
                         {"reachable", row.reachable},
                         {"turn", turn(row.state)},
                         {"span", sources_.span(state.span)}});
  }

  std::string_view turn(ir::StateId state) const {
    switch (graph::turn(contract_, state)) {
      case graph::Turn::Nobody: return "nobody";
      case graph::Turn::Importer: return "importer";
      case graph::Turn::Exporter: return "exporter";
      case graph::Turn::Either: return "either";
    }
    UNREACHABLE("turn is known");
  }

  Json edge(const graph::Edge& row) const {
    Json labels = Json::array();
    for (const graph::Label& one : row.labels)
      labels.push_back(Json::object({{"text", graph::label_text(contract_, one)}, {"parts", parts(one)}}));
    return Json::object(
        {{"from", state_id(row.from)}, {"to", state_id(row.to)}, {"labels", std::move(labels)}});
  }

  Json parts(const graph::Label& label) const {
    Json out = Json::array();
    for (const graph::Part& part : label.parts) {
      if (part.alternatives.empty()) {
        out.push_back(Json::object({{"action", graph::action_text(contract_, part.action)},
                                    {"transition", ir::transition_text(part.action)},
                                    {"span", sources_.span(contract_.transitions[part.action].span)}}));
        continue;
      }
      Json alternatives = Json::array();
      for (const graph::Label& one : part.alternatives) alternatives.push_back(parts(one));
      out.push_back(Json::object({{"alternatives", std::move(alternatives)}}));
    }
    return out;
  }

  const ir::Contract& contract_;
  const graph::Graph& graph_;
  const SourceIndex& sources_;
};

}  // namespace

std::string render_graphs(const std::vector<const ir::Contract*>& contracts,
                          const std::vector<graph::Graph>& graphs, const source::SourceMap& sources,
                          bool deterministic) {
  const SourceIndex index(sources);
  Json rows = Json::array();
  for (std::size_t i = 0; i < contracts.size(); ++i)
    rows.push_back(GraphWriter(*contracts[i], graphs[i], index).write());
  return layout(Json::object({{"format", "singspin-graph"},
                              {"formatVersion", kFormatVersion},
                              {"tool", Json::object({{"name", "singspin"}, {"version", SINGSPIN_VERSION}})},
                              {"inputs", index.files(false, Options{deterministic, false})},
                              {"graphs", std::move(rows)}}));
}

}  // namespace singspin::json
