#include <fmt/format.h>

#include "reports/formats/drawing/drawing.h"
#include "reports/formats/drawing/text.h"

namespace singspin::drawing {

namespace {

// Only what differs from the colours that stand in the dot.
constexpr std::string_view kStyle =
    "<style>\n"
    "svg { max-width: 100%; height: auto }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  .graph > polygon { fill: #0d1117; stroke: none }\n"
    "  text { fill: #e6edf3 }\n"
    "  .state path { stroke: #9da7b3 }\n"
    "  .state path:not([fill=none]) { fill: #161b22 }\n"  // the outer frame of a final state
    "  .mixed path { stroke: #d4a72c }\n"
    "  .mixed path:not([fill=none]) { fill: #3d3110 }\n"
    "  .start ellipse, .point polygon { fill: #e6edf3; stroke: #e6edf3 }\n"
    "  .edge path { stroke: #9da7b3 }\n"
    "  .edge polygon { fill: #9da7b3; stroke: #9da7b3 }\n"
    "}\n"
    "</style>\n";

std::string xml(std::string_view text) {
  return escaped(text, [](char32_t c) -> std::string {
    switch (c) {
      case '<': return "&lt;";
      case '>': return "&gt;";
      case '&': return "&amp;";
      default: return utf8(c);
    }
  });
}

}  // namespace

std::string finished_svg(std::string_view rendered, const ir::Contract& contract) {
  // What comes before names a document type on another server, and the release of Graphviz.
  const std::size_t begin = rendered.find("<svg ");
  if (begin == std::string_view::npos) return "";
  const std::size_t end = rendered.find('>', begin);
  if (end == std::string_view::npos || rendered.find("</svg>", end) == std::string_view::npos) return "";
  return fmt::format("{} role=\"img\">\n<title>{}: state machine</title>\n{}{}",
                     rendered.substr(begin, end - begin), xml(contract.qualified_name), kStyle,
                     rendered.substr(end + 1 + (rendered.substr(end + 1).starts_with('\n') ? 1 : 0)));
}

}  // namespace singspin::drawing
