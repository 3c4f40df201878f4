#include "frontend/annotation/anchoring.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace singspin::annotation {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Letters of other scripts have no case that we know.
bool is_letter(char c) {
  return is_lower(c) || is_upper(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// As written, in one line that is not too long.
std::string one_line(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (blank && !out.empty() && out.back() == ' ') continue;
    const bool inside_character = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    if (out.size() >= kLongest && !inside_character) return out + "...";
    out += blank ? ' ' : c;
  }
  return out;
}

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '_') out += lower(c);
  }
  return out;
}

// `ack_paper_out` and `ackPaperOut` are ack, paper, out; `DMADone` is dma, done.
std::set<std::string> words(std::string_view text) {
  std::set<std::string> result;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) result.insert(word);
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_letter(c)) {
      end();
      continue;
    }
    const bool rises = is_upper(c) && i > 0 && (is_lower(text[i - 1]) || is_digit(text[i - 1]));
    const bool ends_capitals =
        is_upper(c) && i > 0 && is_upper(text[i - 1]) && i + 1 < text.size() && is_lower(text[i + 1]);
    if (rises || ends_capitals) end();
    word += lower(c);
  }
  end();
  return result;
}

}  // namespace

bool is_named_in(std::string_view name, std::string_view code) {
  constexpr std::size_t kShortest = 3;
  if (name.size() >= kShortest && plain(code).find(plain(name)) != std::string::npos) return true;
  const std::set<std::string> wanted = words(name), there = words(code);
  return !wanted.empty() && std::includes(there.begin(), there.end(), wanted.begin(), wanted.end());
}

void check_anchors(const File& file, const carrier::Carrier& carrier, const source::SourceMap& sources,
                   diagnostics::Diagnostics& diagnostics) {
  constexpr std::size_t kMost = 1000;
  // A line of megabytes is no code that somebody wrote beside an annotation.
  constexpr std::size_t kLongestLine = 4000;
  std::size_t reported = 0;
  for (const Anchor& anchor : file.anchors) {
    const std::string_view code = carrier::code_beside(carrier, anchor.line_of);
    if (code.empty() || code.size() > kLongestLine) continue;
    const auto missing = std::find_if(anchor.names.begin(), anchor.names.end(),
                                      [&](std::string_view n) { return !is_named_in(n, code); });
    if (missing == anchor.names.end() || ++reported > kMost) continue;
    const auto line = sources.position(file.id, anchor.line_of).line;
    auto& d = diagnostics.add(diagnostics::Code::annotation_not_anchored, anchor.span,
                              fmt::format("the code of line {} does not name `{}` of `{}`", line, *missing,
                                          one_line(sources.text(anchor.span))),
                              "not found in the code beside it");
    d.help = "if the code calls it otherwise, write `as NAME` behind the action";
  }
}

}  // namespace singspin::annotation
