#include "reports/formats/html/json_text.h"

#include <fmt/format.h>

namespace singspin::html {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; }

// Bytes of the well-formed character at `at`, 0 if there is none (Unicode, table 3-7).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[at + i])) return 0;
  }
  if (length == 1) return 1;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const bool wrong = (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
                     (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f);
  return wrong ? 0 : length;
}

void append_ascii(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const bool plain = c >= ' ' && c != '<' && c != '>' && c != '&' && c != '\x7f';
  if (plain) out += c;
  else out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text, i);
    const std::string_view character = text.substr(i, length);
    if (length == 0) out += "\\ufffd";
    else if (length == 1) append_ascii(out, text[i]);
    else if (character == "\u2028") out += "\\u2028";
    else if (character == "\u2029") out += "\\u2029";
    else out += character;
    i += length == 0 ? 1 : length;
  }
  out += '"';
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

void JsonText::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

JsonText& JsonText::open_object() {
  separate();
  out_ += '{';
  first_ = true;
  return *this;
}

JsonText& JsonText::close_object() {
  out_ += '}';
  first_ = false;
  return *this;
}

JsonText& JsonText::open_array() {
  separate();
  out_ += '[';
  first_ = true;
  return *this;
}

JsonText& JsonText::close_array() {
  out_ += ']';
  first_ = false;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  separate();
  append_quoted(out_, name);
  out_ += ':';
  first_ = true;  // no comma between the name and its value
  return *this;
}

JsonText& JsonText::text(std::string_view value) {
  separate();
  append_quoted(out_, value);
  return *this;
}

JsonText& JsonText::number(std::uint64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonText& JsonText::real(double value) {
  separate();
  out_ += fmt::format("{:.3f}", value);
  return *this;
}

JsonText& JsonText::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonText& JsonText::null() {
  separate();
  out_ += "null";
  return *this;
}

}  // namespace singspin::html
