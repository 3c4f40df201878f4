#include "reports/document/text.h"

#include <fmt/format.h>

namespace singspin::document {

namespace {

bool is_hidden(char32_t c) {
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;                           // controls
  if ((c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)) return true;  // widths, lines, directions
  if ((c >= 0x2060 && c <= 0x206f) || c == 0x61c || c == 0xfeff) return true;
  return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);  // no characters at all
}

std::string visible(std::string_view text, bool with_line_ends) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (c.value == '\n' && with_line_ends) out += '\n';
    else if (!is_hidden(c.value)) out += text.substr(0, c.bytes);
    else if (c.value < 0x100) out += fmt::format("\\x{:02x}", static_cast<unsigned>(c.value));
    else out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
    text.remove_prefix(c.bytes);
  }
  return out;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {0xfffd, 1};
  char32_t value = lead & (0xff >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {0xfffd, 1};
    value = value << 6 | (byte(i) & 0x3f);
  }
  return {value, bytes};
}

std::string visible(std::string_view text) { return visible(text, true); }
std::string one_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return visible(text, false);
}

std::string cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  constexpr std::size_t kNotice = 40;
  std::size_t keep = limit > kNotice ? limit - kNotice : 0;
  while (keep > 0 && (static_cast<unsigned char>(text[keep]) & 0xc0) == 0x80) --keep;
  return fmt::format("{}\n... {} more bytes", text.substr(0, keep), text.size() - keep);
}

std::string relative_uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace singspin::document
