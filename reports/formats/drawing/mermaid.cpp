#include <fmt/format.h>

#include "reports/formats/drawing/drawing.h"
#include "reports/formats/drawing/text.h"

namespace singspin::drawing {

namespace {

constexpr std::size_t kLabelWidth = 26;
constexpr std::size_t kStateWidth = 56;

// What could be syntax, markup or a reserved word becomes a character reference in Mermaid's form,
// `#60;` for `<`. Letters, digits and what actions are made of stay.
std::string words(std::string_view text) {
  return escaped(text, [](char32_t c) -> std::string {
    if (is_letter_or_digit(c) || c == ' ' || c == '_' || c == '?' || c == '!' || c == ',' || c == '.')
      return utf8(c);
    return fmt::format("#{};", static_cast<unsigned>(c));
  });
}

std::string state_lines(const ir::Contract& contract, const graph::Graph& graph, graph::NodeId id) {
  const graph::Node& node = graph.nodes[id];
  if (is_point(contract, graph, node)) return fmt::format("    state s{} <<choice>>\n", id.value);
  const std::string more = note(contract, node);
  std::string out =
      fmt::format("    state \"{}{}{}\" as s{}\n", words(ir::state_words(contract.states[node.state])),
                  more.empty() ? "" : "<br/>", words(more), id.value);
  if (node.entry) out += fmt::format("    [*] --> s{}{}\n", id.value, node.start ? "" : " : entry");
  if (contract.states[node.state].final) out += fmt::format("    s{} --> [*]\n", id.value);
  if (graph::turn(contract, node.state) == graph::Turn::Either)
    out += fmt::format("    class s{} mixed\n", id.value);
  if (!node.reachable) out += fmt::format("    class s{} unreachable\n", id.value);
  return out;
}

// Mermaid puts the labels of loops over other edges: they stand in the state, below its name.
std::string loop_lines(const ir::Contract& contract, const graph::Edge& edge) {
  constexpr std::string_view kLoop = "\u21bb ", kNext = "#160;#160;#160;";
  std::string out;
  for (const graph::Label& one : edge.labels) {
    std::string_view before = kLoop;
    for (const std::string& line : lines(graph::label_text(contract, one), kStateWidth)) {
      out += fmt::format("    s{} : {}{}\n", edge.from.value, before, words(line));
      before = kNext;
    }
  }
  return out;
}

std::string edge_line(const ir::Contract& contract, const graph::Edge& edge) {
  if (edge.from == edge.to) return loop_lines(contract, edge);
  return fmt::format("    s{} --> s{} : {}\n", edge.from.value, edge.to.value,
                     joined_labels(contract, edge, kLabelWidth, "<br/>", words));
}

// A comment ends with its line; `%%{` would be a directive.
std::string comment(std::string_view text) {
  constexpr std::string_view kMarkup = "{}<>";
  return escaped(text, [&](char32_t c) {
    return c < 0x80 && kMarkup.find(static_cast<char>(c)) != kMarkup.npos ? std::string("_") : utf8(c);
  });
}

}  // namespace

std::string mermaid(const ir::Contract& contract, const graph::Graph& graph,
                    const source::SourceMap& sources) {
  std::string out = fmt::format(
      "stateDiagram-v2\n    %% {}  {}\n"
      "    classDef mixed stroke-width:3px,stroke-dasharray:0\n"
      "    classDef unreachable stroke-dasharray:4\n",
      comment(contract.qualified_name), comment(place(sources, contract.span)));
  if (is_wide(graph)) out += "    direction LR\n";
  for (const graph::NodeId id : graph.nodes.ids()) out += state_lines(contract, graph, id);
  for (const graph::Edge& edge : graph.edges) out += edge_line(contract, edge);
  return out;
}

}  // namespace singspin::drawing
