// Names that try to be syntax, markup, links or line breaks of the drawing languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "reports/formats/drawing/drawing.h"
#include "tests/unit/lower/compact_ir.h"

namespace singspin::drawing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> kHostile = {"\"];evil[label=\"",
                                           "a\\",
                                           "\\N\\G\\L",
                                           "<img src=x onerror=alert(1)>",
                                           "<script>alert(1)</script>",
                                           "]]>&#x3c;&lt;",
                                           "%%{init: {\"theme\":\"x\"}}%%",
                                           "end\n@enduml",
                                           "a;b:c--d->e",
                                           "'/'\\\"",
                                           "!include /etc/passwd",
                                           "<U+003C><b>",
                                           "\x1b[31m\x07",
                                           "\xff\xc0\x80\xed\xa0\x80",
                                           "\xe2\x80\xae"
                                           "txt",
                                           "",
                                           "--",
                                           "</svg>",
                                           "#quot;#lt;",
                                           "<&heart>",
                                           "[[http://x]]",
                                           "$x$",
                                           "\r\n\t"};

struct Sample {
  testing::Source source{"A: X? B, Z? A; B: Y! A; D:"};
  graph::Graph graph;
  explicit Sample(const std::string& name) {
    ir::Contract& contract = source.contract;
    contract.name = contract.qualified_name = name;
    for (ir::Message& message : contract.messages) message.name = name + message.name;
    for (ir::State& state : contract.states) state.id = name + state.id;
    graph = graph::make_graph(contract, graph::Folding::Folded);
  }
};

// What the real Graphviz prints for it; empty if it refuses.
std::string graphviz(const std::string& dot, const std::string& format) {
  const std::string file = ::testing::TempDir() + "singspin-hostile-" + std::to_string(::getpid()) + ".dot";
  std::ofstream(file) << dot;
  FILE* pipe = popen(("dot -T" + format + " " + file + " 2>&1").c_str(), "r");
  std::string out;
  char buffer[4096];
  for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  const int status = pclose(pipe);
  std::remove(file.c_str());
  return status == 0 ? out : "";
}

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t n = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++n;
  return n;
}

TEST(Hostile, DotIsReadByGraphvizAsTheSameGraph) {
  for (const std::string& name : kHostile) {
    const Sample sample(name);
    const std::string text = dot(sample.source.contract, sample.graph, sample.source.sources);
    const std::string canon = graphviz(text, "canon");
    ASSERT_NE(canon, "") << text;
    EXPECT_THAT(canon, Not(HasSubstr("Warning"))) << text;
    EXPECT_EQ(count(canon, "class="), 4u) << canon;  // the mark of the start and three states
    EXPECT_EQ(count(canon, " -> "), 4u + 2 * count(name, " -> ")) << canon;
  }
}

TEST(Hostile, SvgHoldsTextOnly) {
  for (const std::string& name : kHostile) {
    const Sample sample(name);
    const std::string rendered =
        graphviz(dot(sample.source.contract, sample.graph, sample.source.sources), "svg");
    const std::string svg = finished_svg(rendered, sample.source.contract);
    ASSERT_NE(svg, "") << name;
    EXPECT_EQ(svg.find("<svg "), 0u);
    for (const std::string_view forbidden :
         {"<script", "<img", "<image", "href=", "<!DOCTYPE", "<!ENTITY", "\x1b"})
      EXPECT_THAT(svg, Not(HasSubstr(std::string(forbidden)))) << name;
    EXPECT_EQ(count(svg, "</svg>"), 1u) << name;
    EXPECT_EQ(count(svg, "class=\"node"), 4u) << name;
    EXPECT_EQ(count(svg, "class=\"edge"), 4u) << name;
  }
}

// In these languages a statement is a line.
TEST(Hostile, LinesOfMermaidAndPlantUmlStayWhatTheyAre) {
  const Sample plain("");
  const auto lines = [](const std::string& text) { return count(text, "\n"); };
  const std::size_t in_mermaid = lines(mermaid(plain.source.contract, plain.graph, plain.source.sources));
  const std::size_t in_plantuml = lines(plantuml(plain.source.contract, plain.graph, plain.source.sources));
  for (const std::string& name : kHostile) {
    const Sample sample(name);
    const std::string m = mermaid(sample.source.contract, sample.graph, sample.source.sources);
    EXPECT_EQ(lines(m), in_mermaid) << m;
    for (const char* forbidden : {"<img", "<script", "%%{", "\x1b", "\r"})
      EXPECT_THAT(m, Not(HasSubstr(forbidden))) << name;
    const std::string p = plantuml(sample.source.contract, sample.graph, sample.source.sources);
    EXPECT_EQ(lines(p), in_plantuml) << p;
    for (const char* forbidden : {"<img", "<script", "[[", "\n!", "\x1b", "\r", "<b>"})
      EXPECT_THAT(p, Not(HasSubstr(forbidden))) << name;
    EXPECT_EQ(count(p, "@enduml"), 1u) << name;
  }
}

TEST(Svg, WhatIsNoSvgIsRefused) {
  const Sample sample("");
  for (const char* text : {"", "Error: syntax", "<svg ", "<svg width=\"1\">"})
    EXPECT_EQ(finished_svg(text, sample.source.contract), "") << text;
}

}  // namespace
}  // namespace singspin::drawing
