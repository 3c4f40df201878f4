// Texts that go into documents of other programs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace singspin::document {

// One code point of UTF-8 text and the bytes it takes; of bytes that are none U+FFFD and one.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};
CodePoint first_code_point(std::string_view text);

// What no reader can see or what would change how the rest is read, as people see it in a terminal: `\x1b`,
// `\u202e`. Line ends stay.
std::string visible(std::string_view text);
// The same in one line.
std::string one_line(std::string_view text);

// At most `limit` bytes and whole characters; says how much is left out.
std::string cut(std::string_view text, std::size_t limit);

// A relative reference by RFC 3986: everything but letters, digits, `-._~` and `/` as %XX.
std::string relative_uri(std::string_view path);

}  // namespace singspin::document
