#include <fmt/format.h>

#include <map>

#include "reports/formats/drawing/drawing.h"
#include "reports/formats/drawing/text.h"

namespace singspin::drawing {

namespace {

constexpr std::size_t kLabelWidth = 36;

// Inside of a quoted string: backslash sequences and entities of HTML have a meaning in labels.
std::string quoted(std::string_view text) {
  return escaped(text, [](char32_t c) -> std::string {
    switch (c) {
      case '"': return "\\\"";
      case '\\': return "&#92;";  // at the end of a string a doubled backslash is read in two ways
      case '&': return "&amp;";
      case '<': return "&lt;";
      case '>': return "&gt;";
      default: return utf8(c);
    }
  });
}

constexpr std::string_view kHead =
    "  graph [nodesep=0.35, ranksep=0.45, bgcolor=\"white\", "
    "fontname=\"Helvetica,Arial,sans-serif\","
    " fontsize=14, labelloc=t]\n"
    "  node [shape=box, style=\"rounded,filled\", fillcolor=\"white\", "
    "fontname=\"Helvetica,Arial,sans-serif\","
    " fontsize=12, height=0.35, margin=\"0.14,0.06\"]\n"
    "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=10, arrowsize=0.7, color=\"#57606a\"]\n";

// What happens on an edge, line by line, each set flush left.
std::string label_lines(const ir::Contract& contract, const graph::Edge& edge, std::string_view before) {
  std::string text;
  for (const graph::Label& one : edge.labels) {
    bool first = true;
    for (const std::string& line : lines(graph::label_text(contract, one), kLabelWidth)) {
      text += fmt::format("{}{}{}  \\l", before, first ? "" : "    ", quoted(line));
      first = false;
    }
  }
  return text;
}

// A line for each label, with its place.
std::string edge_tooltip(const ir::Contract& contract, const graph::Edge& edge,
                         const source::SourceMap& sources) {
  std::string text;
  for (const graph::Label& one : edge.labels) {
    const source::Span span = contract.transitions[graph::first_action(one)].span;
    text += text.empty() ? "" : "&#10;";
    text += quoted(graph::label_text(contract, one) + "  " + place(sources, span));
  }
  return text;
}

class DotWriter {
 public:
  DotWriter(const ir::Contract& contract, const graph::Graph& graph, const source::SourceMap& sources)
      : contract_(contract), graph_(graph), sources_(sources), wide_(is_wide(graph)) {
    for (const graph::Edge& edge : graph.edges) {
      if (edge.from == edge.to) loops_[edge.from] = &edge;
    }
  }

  std::string write() const {
    const std::string name = quoted(contract_.qualified_name);
    std::string out = fmt::format("digraph \"{}\" {{\n{}  label=\"{}\"\n", name, kHead, name);
    if (wide_) out += "  rankdir=LR\n";
    for (const graph::NodeId id : graph_.nodes.ids()) out += start_mark(id) + node_line(id);
    for (const graph::Edge& edge : graph_.edges) out += edge_line(edge);
    return out + "}\n";
  }

 private:
  // The id of a node is the title that SVG shows for it.
  std::string node_id(graph::NodeId id) const {
    return "\"" + quoted(contract_.states[graph_.nodes[id].state].id) + "\"";
  }

  std::string start_mark(graph::NodeId id) const;
  std::string node_line(graph::NodeId id) const;
  std::string loop_lines(graph::NodeId id) const;
  std::string edge_line(const graph::Edge& edge) const;

  const ir::Contract& contract_;
  const graph::Graph& graph_;
  const source::SourceMap& sources_;
  bool wide_;
  std::map<graph::NodeId, const graph::Edge*> loops_;
};

// A dot with an arrow, as in state charts. No state has brackets in its name.
std::string DotWriter::start_mark(graph::NodeId id) const {
  const graph::Node& node = graph_.nodes[id];
  if (!node.entry) return "";
  const std::string mark = node.start ? "[start]" : fmt::format("[entry {}]", id.value);
  return fmt::format(
      "  \"{}\" [shape=circle, label=\"\", width=0.13, height=0.13, fixedsize=true, style=filled, "
      "fillcolor=\"black\", class=\"start\", tooltip=\"{}\"]\n  \"{}\" -> {}{}\n",
      mark, node.start ? "start" : "entry: both ends may start here", mark, node_id(id),
      node.start ? "" : " [style=dashed, label=\" entry\"]");
}

// Among many edges a loop has no room for its labels: they stand in the state.
std::string DotWriter::loop_lines(graph::NodeId id) const {
  if (!wide_) return "";
  const auto loop = loops_.find(id);
  return loop == loops_.end() ? "" : "\\n\\n" + label_lines(contract_, *loop->second, "");
}

std::string DotWriter::node_line(graph::NodeId id) const {
  const graph::Node& node = graph_.nodes[id];
  const ir::State& state = contract_.states[node.state];
  const std::string tooltip = quoted(ir::state_words(state) + "  " + place(sources_, state.span));
  if (is_point(contract_, graph_, node))
    return fmt::format(
        "  {} [shape=diamond, label=\"\", width=0.17, height=0.17, fixedsize=true, style=filled, "
        "fillcolor=\"black\", class=\"point\", tooltip=\"{}\"]\n",
        node_id(id), tooltip);
  const std::string words = note(contract_, node);
  const std::string label =
      quoted(ir::state_words(state)) + (words.empty() ? "" : "\\n" + words) + loop_lines(id);
  std::string more, classes = "state";
  if (graph::turn(contract_, node.state) == graph::Turn::Either) {
    more += ", fillcolor=\"#fff3cd\", penwidth=2";
    classes += " mixed";
  }
  if (state.final) more += ", peripheries=2";
  if (!node.reachable) more += ", style=\"rounded,filled,dashed\"";
  return fmt::format("  {} [label=\"{}\"{}, class=\"{}\", tooltip=\"{}\"]\n", node_id(id), label, more,
                     classes, tooltip);
}

std::string DotWriter::edge_line(const graph::Edge& edge) const {
  const bool in_state = wide_ && edge.from == edge.to;
  return fmt::format("  {} -> {} [{}tooltip=\"{}\"]\n", node_id(edge.from), node_id(edge.to),
                     in_state ? "" : fmt::format("label=\"{}\", ", label_lines(contract_, edge, "&#160;")),
                     edge_tooltip(contract_, edge, sources_));
}

}  // namespace

std::string dot(const ir::Contract& contract, const graph::Graph& graph, const source::SourceMap& sources) {
  return DotWriter(contract, graph, sources).write();
}

}  // namespace singspin::drawing
