// Words that all drawings share, and escaping. Internal to formats/drawing.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/graph/graph.h"

namespace singspin::drawing {

// Every character goes through `escape`; bytes that are no UTF-8 and control characters become U+FFFD.
std::string escaped(std::string_view text, const std::function<std::string(char32_t)>& escape);
// The bytes of one character.
std::string utf8(char32_t character);

// No drawing language reads these as anything but themselves.
bool is_letter_or_digit(char32_t character);

// The labels of an edge, broken into lines of about `width` characters; `words` escapes a line.
std::string joined_labels(const ir::Contract& contract, const graph::Edge& edge, std::size_t width,
                          std::string_view line_break, std::string (*words)(std::string_view));

// `path:line`.
std::string place(const source::SourceMap& sources, source::Span span);
// Broken between words, but not inside of a group that fits; at least one line.
std::vector<std::string> lines(std::string_view text, std::size_t width);

// The second line of a state, such as `both may send`; empty if there is nothing to say.
std::string note(const ir::Contract& contract, const graph::Node& node);
// An implicit state of a folded graph: the point after a request whose replies lead to different states.
bool is_point(const ir::Contract& contract, const graph::Graph& graph, const graph::Node& node);

// Many states around one: a picture from left to right, with these below each other, is easier to read.
bool is_wide(const graph::Graph& graph);

}  // namespace singspin::drawing
