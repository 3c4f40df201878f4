#include "promela/print/comment.h"

#include <algorithm>

namespace singspin::pml {

namespace {

// SPIN counts braces inside comments when it looks for the end of a proctype.
std::string balanced(std::string text) {
  if (std::count(text.begin(), text.end(), '{') != std::count(text.begin(), text.end(), '}')) {
    std::erase_if(text, [](char c) { return c == '{' || c == '}'; });
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace

std::string comment_text(std::string_view text) {
  constexpr std::size_t kMaxLength = 90;
  std::string out;
  for (const char c : text) {
    const bool starts_character = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (starts_character && out.size() >= kMaxLength) return balanced(out + " ...");
    const auto byte = static_cast<unsigned char>(c);
    const bool closes = c == '/' && !out.empty() && out.back() == '*';
    if (closes) out += ' ';
    // SPIN looks for strings, characters and ltl formulas even in comments.
    const char shown = c == '"' || c == '\'' ? '`' : c == '$' ? ' ' : c;
    out += byte < 0x20 || byte == 0x7f ? ' ' : shown;
  }
  return balanced(std::move(out));
}

}  // namespace singspin::pml
