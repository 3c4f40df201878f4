#include "reports/formats/terminal/story_lines.h"

#include "reports/formats/terminal/terminal.h"
#include "reports/formats/terminal/text.h"

namespace singspin::terminal {

std::string story_lines(const Style& style, const std::vector<std::string>& sentences) {
  constexpr unsigned kIndent = 3, kHanging = 4;
  std::string out;
  for (const std::string& sentence : sentences) {
    bool first = true;
    for (const std::string& line : wrap(sanitize(sentence), minus(style.width(), kIndent), kHanging)) {
      out += std::string(first ? kIndent : kIndent + kHanging, ' ') + line + "\n";
      first = false;
    }
  }
  return out;
}

}  // namespace singspin::terminal
