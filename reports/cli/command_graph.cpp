// graph: the state machines of contracts as text or pictures.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "promela/spin/tools.h"
#include "reports/cli/commands.h"
#include "reports/cli/files.h"
#include "reports/cli/graphviz.h"
#include "reports/cli/interrupt.h"
#include "reports/cli/terminal_info.h"
#include "reports/cli/words.h"
#include "reports/formats/drawing/drawing.h"
#include "reports/formats/json/graph.h"
#include "reports/formats/terminal/state_machine.h"

namespace singspin::cli {

namespace {

constexpr int kBadInput = 2, kToolFailure = 4;

struct Drawn {
  std::string text;
  int exit_code = 0;  // not 0: there is no picture, and why has been said
};

Drawn failed(const std::string& message, int exit_code) { return {"", complain(message, exit_code)}; }

std::string format_of(const GraphOptions& options) {
  if (!options.format.empty()) return options.format;
  constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {".dot", "dot"},       {".gv", "dot"},  {".mmd", "mermaid"}, {".mermaid", "mermaid"},
      {".puml", "plantuml"}, {".svg", "svg"}, {".json", "json"}};
  for (const auto& [ending, format] : kEndings) {
    if (options.output.ends_with(ending)) return std::string(format);
  }
  return "text";
}

std::string joined_names(const std::vector<const ir::Contract*>& contracts) {
  std::string names;
  for (const ir::Contract* c : contracts) names += (names.empty() ? "" : ", ") + c->qualified_name;
  return names;
}

Drawn draw_svg(const ir::Contract& contract, const graph::Graph& graph, const source::SourceMap& sources) {
  const std::string dot = spin::find_tools().graphviz;
  if (dot.empty())
    return failed(
        "error[SS0902]: Graphviz is missing, and svg needs it: install the package graphviz, or name dot in "
        "SINGSPIN_DOT; `--format dot` works without it",
        kToolFailure);
  install_interrupt_handlers();
  const auto rendered = layout_svg(dot, drawing::dot(contract, graph, sources), interrupted());
  if (*interrupted() != 0) return {"", *interrupted() == SIGTERM ? 143 : 130};
  if (!rendered) return failed("error[SS0902]: " + rendered.error().message, kToolFailure);
  const std::string svg = drawing::finished_svg(*rendered, contract);
  if (svg.empty()) return failed("error[SS0902]: what dot -Tsvg printed is no SVG", kToolFailure);
  return {svg, 0};
}

// Mermaid draws the picture of an error instead of failing.
Drawn draw_mermaid(const ir::Contract& contract, const graph::Graph& graph,
                   const source::SourceMap& sources) {
  constexpr std::size_t kMostBytes = 50'000;
  std::string text = drawing::mermaid(contract, graph, sources);
  if (text.size() > kMostBytes)
    complain(fmt::format("warning: Mermaid draws at most {} characters unless its maxTextSize is raised; "
                         "this picture has {}",
                         kMostBytes, text.size()),
             0);
  return {std::move(text), 0};
}

Drawn draw(const std::vector<const ir::Contract*>& contracts, const project::Loaded& loaded,
           const std::string& format, const Options& options) {
  const auto folding = options.graph.full ? graph::Folding::Full : graph::Folding::Folded;
  std::vector<graph::Graph> graphs;
  for (const ir::Contract* contract : contracts) graphs.push_back(graph::make_graph(*contract, folding));
  const source::SourceMap& sources = loaded.sources;
  if (format == "json")
    return {json::render_graphs(contracts, graphs, sources, options.display.deterministic), 0};
  if (format == "svg") return draw_svg(*contracts.front(), graphs.front(), sources);
  if (format == "mermaid") return draw_mermaid(*contracts.front(), graphs.front(), sources);
  const int stream = options.graph.output == "-" ? STDOUT_FILENO : -1;  // a file has no colours
  const terminal::Options display = terminal_options(options.display, read_environment(stream));
  std::string text;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    if (i > 0) text += format == "text" ? "\n\n" : "\n";
    if (format == "text") text += terminal::state_machine(*contracts[i], graphs[i], sources, display);
    if (format == "dot") text += drawing::dot(*contracts[i], graphs[i], sources);
    if (format == "plantuml") text += drawing::plantuml(*contracts[i], graphs[i], sources);
  }
  return {text, 0};
}

}  // namespace

int run_graph(const Options& options) {
  const project::Loaded loaded = project::load(split_words(options.input));
  const bool has_errors = report_errors(loaded, options);
  std::vector<const ir::Contract*> contracts;
  for (const std::size_t row : loaded.selected) {
    const sema::Analyzed& contract = loaded.analysis.contracts[row];
    if (contract.contract) contracts.push_back(&loaded.analysis.program.contracts[*contract.contract]);
  }
  if (contracts.empty())
    return has_errors
               ? kBadInput
               : complain("no contract with a state machine to draw; `singspin check` tells why", kBadInput);
  const std::string format = format_of(options.graph);
  const bool one_only = format == "svg" || format == "mermaid";
  if (one_only && contracts.size() > 1)
    return complain(fmt::format("{} shows one contract: name it; found: {}", format, joined_names(contracts)),
                    kBadInput);
  const Drawn drawn = draw(contracts, loaded, format, options);
  if (drawn.exit_code != 0) return drawn.exit_code;
  if (const auto written = write_output(options.graph.output, drawn.text); !written)
    return complain(fmt::format("error[SS0904]: {}", written.error().message), kToolFailure);
  return has_errors ? kBadInput : 0;
}

}  // namespace singspin::cli
