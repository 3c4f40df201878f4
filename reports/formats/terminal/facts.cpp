#include "reports/formats/terminal/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

namespace {

constexpr unsigned kLeastRoom = 16;
// What is broken is indented, so that it does not look like another line.
constexpr unsigned kHanging = 2;

std::string label_of(const Fact& fact) { return fact.key.empty() ? "" : sanitize(fact.key) + ": "; }

}  // namespace

std::string fact_lines(const Style& style, unsigned gutter, const std::vector<Fact>& facts) {
  unsigned label_width = 0;
  for (const Fact& fact : facts) label_width = std::max(label_width, display_width(label_of(fact)));
  const unsigned room = std::max(minus(style.width(), gutter + 3 + label_width), kLeastRoom);
  const std::string sign = style.paint(Tone::Location, std::string(gutter + 1, ' ') + "=");
  std::string out;
  for (const Fact& fact : facts) {
    std::string label = label_of(fact);
    for (const std::string& line : fact.lines) {
      std::string indent;
      for (const std::string& part : wrap(sanitize(line), room, kHanging)) {
        out += fmt::format("{} {}{}{}\n", sign, pad(std::move(label), label_width), indent, part);
        label.clear();
        indent = std::string(kHanging, ' ');
      }
    }
  }
  return out;
}

}  // namespace singspin::terminal
