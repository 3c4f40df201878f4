#include <fmt/format.h>

#include "reports/formats/drawing/drawing.h"
#include "reports/formats/drawing/text.h"

namespace singspin::drawing {

namespace {

constexpr std::size_t kLabelWidth = 36;

// Creole markup, commands and line breaks are all made of punctuation: `<U+002F>` stands for `/`. So do
// letters beyond ASCII, since PlantUML reads files in the encoding of the locale.
std::string words(std::string_view text) {
  return escaped(text, [](char32_t c) -> std::string {
    if (is_letter_or_digit(c) || c == ' ' || c == '?' || c == '!' || c == ',' || c == '(' || c == ')')
      return utf8(c);
    return fmt::format("<U+{:04X}>", static_cast<unsigned>(c));
  });
}

std::string state_lines(const ir::Contract& contract, const graph::Graph& graph, graph::NodeId id) {
  const graph::Node& node = graph.nodes[id];
  if (is_point(contract, graph, node)) return fmt::format("state s{} <<choice>>\n", id.value);
  const bool mixed = graph::turn(contract, node.state) == graph::Turn::Either;
  const std::string more = note(contract, node);
  std::string out =
      fmt::format("state \"{}{}{}\" as s{}{}\n", words(ir::state_words(contract.states[node.state])),
                  more.empty() ? "" : "\\n", words(more), id.value,
                  mixed            ? " ##[bold]"
                  : node.reachable ? ""
                                   : " ##[dashed]");
  if (node.entry) out += fmt::format("[*] --> s{}{}\n", id.value, node.start ? "" : " : entry");
  if (contract.states[node.state].final) out += fmt::format("s{} --> [*]\n", id.value);
  return out;
}

std::string edge_line(const ir::Contract& contract, const graph::Edge& edge) {
  return fmt::format("s{} --> s{} : {}\n", edge.from.value, edge.to.value,
                     joined_labels(contract, edge, kLabelWidth, "\\n", words));
}

}  // namespace

std::string plantuml(const ir::Contract& contract, const graph::Graph& graph,
                     const source::SourceMap& sources) {
  std::string out = fmt::format("@startuml\n' {}\ntitle {}\nhide empty description\n",
                                escaped(place(sources, contract.span), utf8), words(contract.qualified_name));
  if (is_wide(graph)) out += "left to right direction\n";
  for (const graph::NodeId id : graph.nodes.ids()) out += state_lines(contract, graph, id);
  for (const graph::Edge& edge : graph.edges) out += edge_line(contract, edge);
  return out + "@enduml\n";
}

}  // namespace singspin::drawing
