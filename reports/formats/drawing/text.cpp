#include "reports/formats/drawing/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::drawing {

namespace {

constexpr char32_t kReplacement = 0xfffd;

struct Decoded {
  char32_t character;
  std::size_t bytes;
};

Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first < 0x20 || first == 0x7f ? kReplacement : first, 1};
  const std::size_t length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (first >= 0xf5 || length == 0 || length > text.size()) return {kReplacement, 1};
  char32_t character = first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {kReplacement, 1};
    character = character << 6 | (byte(i) & 0x3f);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xd800 && character < 0xe000;
  if (character < kLeast[length] || surrogate || character > 0x10ffff) return {kReplacement, 1};
  // C1 controls, separators, direction marks, and what XML forbids.
  const bool hidden = character < 0xa0 || (character >= 0x2028 && character <= 0x202e) ||
                      (character >= 0x2066 && character <= 0x2069) || (character & 0xfffe) == 0xfffe;
  return {hidden ? kReplacement : character, length};
}

}  // namespace

std::string utf8(char32_t c) {
  const auto tail = [&](unsigned shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xc0 | c >> 6), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xe0 | c >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0)};
}

std::string escaped(std::string_view text, const std::function<std::string(char32_t)>& escape) {
  std::string out;
  while (!text.empty()) {
    const Decoded next = decode(text);
    out += escape(next.character);
    text.remove_prefix(next.bytes);
  }
  return out;
}

std::string place(const source::SourceMap& sources, source::Span span) {
  return fmt::format("{}:{}", sources.file(span.file).path, sources.position(span.file, span.begin).line);
}

std::vector<std::string> lines(std::string_view text, std::size_t width) {
  std::vector<std::string> result{""};
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!result.back().empty() && result.back().size() + 1 + word.size() > width) result.emplace_back();
    if (!result.back().empty()) result.back() += ' ';
    result.back() += word;
  }
  return result;
}

bool is_letter_or_digit(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string joined_labels(const ir::Contract& contract, const graph::Edge& edge, std::size_t width,
                          std::string_view line_break, std::string (*words)(std::string_view)) {
  std::string out;
  for (const graph::Label& one : edge.labels) {
    for (const std::string& line : lines(graph::label_text(contract, one), width)) {
      if (!out.empty()) out += line_break;
      out += words(line);
    }
  }
  return out;
}

std::string note(const ir::Contract& contract, const graph::Node& node) {
  std::string text;
  if (graph::turn(contract, node.state) == graph::Turn::Either) text = "both may send";
  if (!node.reachable) text += text.empty() ? "unreachable" : ", unreachable";
  return text;
}

bool is_point(const ir::Contract& contract, const graph::Graph& graph, const graph::Node& node) {
  const ir::State& state = contract.states[node.state];
  return graph.folding == graph::Folding::Folded && state.kind == ir::State::Kind::Implicit && !state.final &&
         !node.entry && state.mixed == ir::MixedForm::NotMixed;
}

bool is_wide(const graph::Graph& graph) {
  constexpr std::size_t kMostBesideEachOther = 7;
  std::vector<std::size_t> layer(graph.nodes.size(), 0), count(graph.nodes.size() + 1, 0);
  for (const graph::Edge& edge : graph.edges) {  // breadth first
    if (edge.from < edge.to && layer[edge.to.value] == 0) layer[edge.to.value] = layer[edge.from.value] + 1;
  }
  for (const std::size_t row : layer) ++count[row];
  return *std::max_element(count.begin(), count.end()) > kMostBesideEachOther;
}

}  // namespace singspin::drawing
