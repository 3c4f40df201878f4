#include "reports/formats/terminal/state_machine.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/style.h"
#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

using graph::NodeId;

constexpr unsigned kIndent = 2;
constexpr unsigned kDeepestBranch = 6;  // replies below a request; deeper ones get blocks of their own

// A line of a block: what happens, and where it leads; without a target, branches follow.
struct Row {
  unsigned indent = 0;
  std::string text;
  std::string target;
};

struct Block {
  std::string title;
  std::string remarks;
  source::Span span;
  bool reachable = true;
  std::vector<Row> rows;
};

// What the legend has to explain.
struct Used {
  bool sends = false, receives = false, forward = false, back = false, loop = false;
};

struct Marks {
  std::string arrow, back, loop, dot;
};

Marks marks(const Options& options) {
  if (options.unicode) return {"──►", "▲", "↻", "·"};
  return {"-->", "^", "*", "-"};
}

class Machine {
 public:
  Machine(const ir::Contract& contract, const graph::Graph& graph, const source::SourceMap& sources,
          const Options& options)
      : contract_(contract),
        graph_(graph),
        sources_(sources),
        options_(options),
        style_(options_),
        marks_(marks(options)),
        out_(graph.nodes.size()),
        depth_(graph.nodes.size(), 0) {}

  std::string draw() {
    for (std::size_t i = 0; i < graph_.edges.size(); ++i) out_[graph_.edges[i].from.value].push_back(i);
    if (graph_.folding == graph::Folding::Folded) place_branches();
    std::vector<Block> blocks;
    for (const NodeId id : graph_.nodes.ids()) {
      if (depth_[id.value] == 0) blocks.push_back(block(id));
    }
    std::string text = head();
    const unsigned column = target_column(blocks);
    for (const Block& one : blocks) text += "\n" + block_text(one, column);
    return text + foot();
  }

 private:
  void place_branches();
  Block block(NodeId id);
  void add_rows(Block& block, NodeId owner, NodeId id, unsigned indent);
  std::string target_text(NodeId owner, NodeId to);
  std::string remarks(const graph::Node& node) const;
  std::string name(NodeId id) const {
    return sanitize(ir::state_words(contract_.states[graph_.nodes[id].state]));
  }

  unsigned target_column(const std::vector<Block>& blocks) const;
  std::string head() const;
  std::string foot() const;
  std::string legend() const;
  std::string block_text(const Block& block, unsigned column) const;
  std::string row_text(const Row& row, unsigned column) const;

  const ir::Contract& contract_;
  const graph::Graph& graph_;
  const source::SourceMap& sources_;
  const Options& options_;
  Style style_;
  Marks marks_;
  std::vector<std::vector<std::size_t>> out_;  // by node: its edges
  std::vector<unsigned> depth_;                // by node: 0, or how deep in the block of another node
  Used used_;
};

// An implicit state with one way in is shown where that way ends: as the branches of a request.
void Machine::place_branches() {
  std::vector<unsigned> ways_in(graph_.nodes.size(), 0);
  for (const graph::Edge& edge : graph_.edges)
    ways_in[edge.to.value] += static_cast<unsigned>(edge.labels.size());
  for (const graph::Edge& edge : graph_.edges) {  // breadth first: `from` was placed before
    const graph::Node& to = graph_.nodes[edge.to];
    const ir::State& state = contract_.states[to.state];
    const bool branch = state.kind == ir::State::Kind::Implicit && !state.final && !to.entry &&
                        ways_in[edge.to.value] == 1 && edge.from < edge.to;
    if (branch && depth_[edge.from.value] < kDeepestBranch)
      depth_[edge.to.value] = depth_[edge.from.value] + 1;
  }
}

std::string Machine::remarks(const graph::Node& node) const {
  std::vector<std::string> words;
  if (node.start) words.push_back("start");
  else if (node.entry) words.push_back("entry");
  if (!node.reachable) words.push_back("unreachable");
  switch (graph::turn(contract_, node.state)) {
    case graph::Turn::Nobody: words.push_back("final"); break;
    case graph::Turn::Importer: words.push_back("importer sends"); break;
    case graph::Turn::Exporter: words.push_back("exporter sends"); break;
    case graph::Turn::Either: words.push_back("mixed: both may send"); break;
  }
  return join(words, ", ");
}

Block Machine::block(NodeId id) {
  const graph::Node& node = graph_.nodes[id];
  Block result{name(id), remarks(node), contract_.states[node.state].span, node.reachable, {}};
  add_rows(result, id, id, kIndent);
  return result;
}

std::string Machine::target_text(NodeId owner, NodeId to) {
  if (owner == to) {
    used_.loop = true;
    return marks_.loop;
  }
  const bool back = to < owner;
  (back ? used_.back : used_.forward) = true;
  return fmt::format("{} {}{}", marks_.arrow, name(to), back ? " " + marks_.back : "");
}

void Machine::add_rows(Block& block, NodeId owner, NodeId id, unsigned indent) {
  std::vector<std::pair<const graph::Label*, NodeId>> ways;
  for (const std::size_t edge : out_[id.value]) {
    for (const graph::Label& label : graph_.edges[edge].labels)
      ways.emplace_back(&label, graph_.edges[edge].to);
  }
  std::sort(ways.begin(), ways.end(), [](const auto& a, const auto& b) {
    return graph::first_action(*a.first) < graph::first_action(*b.first);
  });
  for (const auto& [label, to] : ways) {
    const std::string text = sanitize(graph::label_text(contract_, *label));
    if (depth_[to.value] == 0) {
      block.rows.push_back({indent, text, target_text(owner, to)});
      continue;
    }
    block.rows.push_back({indent, text, ""});
    add_rows(block, owner, to, indent + kIndent);
  }
}

// Targets stand in one column if that leaves room for them, else below what happens.
unsigned Machine::target_column(const std::vector<Block>& blocks) const {
  unsigned label = 0, target = 0;
  for (const Block& block : blocks) {
    for (const Row& row : block.rows) {
      if (row.target.empty()) continue;
      label = std::max(label, row.indent + display_width(row.text));
      target = std::max(target, display_width(row.target));
    }
  }
  constexpr unsigned kGap = 2, kLeastLabel = 20;
  return std::min(label + kGap, std::max(minus(style_.width(), target), kLeastLabel));
}

std::string Machine::row_text(const Row& row, unsigned column) const {
  const std::string indent(row.indent, ' ');
  const unsigned room = row.target.empty() ? style_.width() : column - 2;
  std::string out;
  const std::vector<std::string> lines = wrap(row.text, minus(room, row.indent), kIndent);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string line = indent + std::string(i == 0 ? 0 : kIndent, ' ') + lines[i];
    const bool last = i + 1 == lines.size();
    if (last && !row.target.empty()) {
      if (display_width(line) + 2 > column) {
        out += line + "\n";
        line.clear();
      }
      line = pad(std::move(line), column) + row.target;
    }
    out += line + "\n";
  }
  return out;
}

std::string Machine::block_text(const Block& block, unsigned column) const {
  const source::Position at = sources_.position(block.span.file, block.span.begin);
  std::string out = style_.paint(block.reachable ? Tone::Note : Tone::Warning, block.title);
  out +=
      fmt::format("  ({})  {}\n", block.remarks, style_.paint(Tone::Location, fmt::format(":{}", at.line)));
  for (const Row& row : block.rows) out += row_text(row, column);
  return out;
}

std::string Machine::head() const {
  return fmt::format("{}  {}\n", sanitize(contract_.qualified_name),
                     style_.location(sources_, contract_.span)) +
         legend();
}

std::string Machine::legend() const {
  std::vector<std::string> words{fmt::format("m? importer {} exporter", marks_.arrow),
                                 fmt::format("m! exporter {} importer", marks_.arrow)};
  if (used_.loop) words.push_back(marks_.loop + " stays");
  if (used_.back) words.push_back(marks_.back + " back to a state above");
  std::string out, line;
  for (const std::string& word : words) {
    if (!line.empty() && kIndent + display_width(line) + 3 + display_width(word) > style_.width()) {
      out += "  " + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : "   ") + word;
  }
  return out + "  " + line + "\n";
}

// States that are passed inside of others have no block.
std::string Machine::foot() const {
  std::string out;
  for (const ir::InlinedState& inlined : contract_.inlined) {
    const source::Position at = sources_.position(inlined.span.file, inlined.span.begin);
    out += fmt::format("\n{}  (passed inside of other states)  :{}\n", sanitize(inlined.name), at.line);
  }
  return out;
}

}  // namespace

std::string state_machine(const ir::Contract& contract, const graph::Graph& graph,
                          const source::SourceMap& sources, const Options& options) {
  return Machine(contract, graph, sources, options).draw();
}

}  // namespace singspin::terminal
