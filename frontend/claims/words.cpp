#include "frontend/claims/words.h"

#include <algorithm>

namespace singspin::claims {

namespace {

// The longer ones first.
constexpr std::string_view kSigns[] = {"[]", "<>", "->", "&&", "||", "<=", ">=", "==", "!=", "<", ">",
                                       "!",  "(",  ")",  "{",  "}",  ";",  ":",  "@",  ",",  "."};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Bytes above ASCII belong to names, as in contracts.
bool is_name(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

// Where the comment at the beginning of `rest` ends; 0 if there is none. One without an end goes to the last
// byte.
std::uint32_t comment(std::string_view rest) {
  const bool line = rest.starts_with("//");
  if (!line && !rest.starts_with("/*")) return 0;
  const std::size_t end = line ? rest.find('\n') : rest.find("*/", 2);
  if (end == std::string_view::npos) return static_cast<std::uint32_t>(rest.size());
  return static_cast<std::uint32_t>(end + (line ? 0 : 2));
}

}  // namespace

void split(std::string_view text, source::FileId file, std::uint32_t begin, std::uint32_t end,
           std::vector<Piece>& pieces) {
  const auto add = [&](Piece::Kind kind, std::uint32_t from, std::uint32_t to) {
    pieces.push_back({kind, text.substr(from, to - from), {file, from, to}});
  };
  const auto run = [&](std::uint32_t from, auto belongs) {
    while (from < end && belongs(text[from])) ++from;
    return from;
  };
  for (std::uint32_t at = begin; at < end;) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (is_name(text[at])) {
      const std::uint32_t to = run(at, is_name);
      const bool number = run(at, is_digit) == to;
      add(number ? Piece::Kind::Number : Piece::Kind::Name, at, to);
      at = to;
      continue;
    }
    const std::string_view rest = text.substr(at, end - at);
    if (const std::uint32_t length = comment(rest); length > 0) {
      at += length;
      continue;
    }
    const auto sign =
        std::find_if(std::begin(kSigns), std::end(kSigns), [&](auto s) { return rest.starts_with(s); });
    const auto length = static_cast<std::uint32_t>(sign == std::end(kSigns) ? 1 : sign->size());
    add(sign == std::end(kSigns) ? Piece::Kind::Unknown : Piece::Kind::Sign, at, at + length);
    at += length;
  }
}

}  // namespace singspin::claims
