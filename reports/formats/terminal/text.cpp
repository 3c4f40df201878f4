#include "reports/formats/terminal/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "reports/formats/terminal/terminal.h"

namespace singspin::terminal {

namespace {

// Characters without a picture of their own: they could hide, reorder or forge what is shown.
// Joiners between visible characters stay, many scripts need them.
bool is_hidden(utf8proc_int32_t code_point) {
  constexpr utf8proc_int32_t kNonJoiner = 0x200c, kJoiner = 0x200d;
  if (code_point == kNonJoiner || code_point == kJoiner) return false;
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default:  // a list of 30 categories of another library
      return false;
  }
}

std::string escape(utf8proc_int32_t code_point) {
  const auto value = static_cast<std::uint32_t>(code_point);
  if (value < 0x80) return fmt::format("\\x{:02x}", value);
  return value < 0x10000 ? fmt::format("\\u{:04x}", value) : fmt::format("\\U{:08x}", value);
}

Glyph escaped(std::string text, std::size_t bytes) {
  const auto width = static_cast<unsigned>(text.size());
  return {std::move(text), width, bytes};
}

// Up to the next space that is not inside `(...)`, unless that is longer than a line.
std::size_t word_end(std::string_view text, unsigned width) {
  const auto next = [&](std::size_t from) {
    return std::min(text.find(' ', text.find_first_not_of(' ', from)), text.size());
  };
  const std::size_t first = next(0);
  for (std::size_t end = first; end - std::min(end, text.find_first_not_of(' ')) <= width; end = next(end)) {
    const std::string_view word = text.substr(0, end);
    if (std::ranges::count(word, '(') <= std::ranges::count(word, ')')) return end;
    if (end == text.size()) break;
  }
  return first;
}

}  // namespace

Glyph glyph_at(std::string_view text, std::size_t offset) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (byte >= 0x20 && byte < 0x7f) return {std::string(1, text[offset]), 1, 1};
  const std::size_t rest = std::min<std::size_t>(text.size() - offset, 4);
  utf8proc_int32_t code_point = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + offset);
  const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(rest), &code_point);
  if (length <= 0) return escaped(fmt::format("\\x{:02x}", byte), 1);
  const auto size = static_cast<std::size_t>(length);
  if (is_hidden(code_point)) return escaped(escape(code_point), size);
  const int width = std::max(utf8proc_charwidth(code_point), 0);
  return {std::string(text.substr(offset, size)), static_cast<unsigned>(width), size};
}

std::string sanitize(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = glyph_at(text, i);
    out += glyph.text;
    i += glyph.bytes;
  }
  return out;
}

unsigned display_width(std::string_view text) {
  unsigned width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = glyph_at(text, i);
    width += glyph.width;
    i += glyph.bytes;
  }
  return width;
}

std::string fit(std::string_view text, unsigned width) {
  constexpr std::string_view kCut = "...";
  if (display_width(text) <= width) return std::string(text);
  const unsigned room = minus(width, kCut.size());
  std::string out;
  unsigned used = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = glyph_at(text, i);
    if (used + glyph.width > room) break;
    out += glyph.text;
    used += glyph.width;
    i += glyph.bytes;
  }
  return out.append(kCut.substr(0, width));
}

std::string pad(std::string text, unsigned width) {
  return text.append(minus(width, display_width(text)), ' ');
}

std::vector<std::string> wrap(std::string_view text, unsigned width, unsigned hanging) {
  std::vector<std::string> lines{""};
  while (!text.empty()) {
    const std::string_view word = text.substr(0, word_end(text, width));  // with the spaces before it
    text.remove_prefix(word.size());
    const unsigned room = lines.size() == 1 ? width : minus(width, hanging);
    const std::size_t start = word.find_first_not_of(' ');
    if (start == std::string_view::npos) break;
    if (!lines.back().empty() && display_width(lines.back()) + display_width(word) > room) {
      lines.emplace_back(word.substr(start));
    } else {
      lines.back() += word;
    }
  }
  return lines;
}

std::string plural(std::uint64_t count, std::string_view noun) {
  if (count != 1 && noun.ends_with("ty"))
    return fmt::format("{} {}ies", count, noun.substr(0, noun.size() - 1));
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string enumerate(const std::vector<std::string>& items, std::string_view last_link) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? fmt::format(" {} ", last_link) : ", ";
    out += items[i];
  }
  return out;
}

std::string alternatives(const std::vector<std::string>& items) {
  constexpr std::size_t kMostNamed = 3;
  if (items.size() > kMostNamed) return fmt::format("one of {} messages", items.size());
  return enumerate(items, "or");
}

std::string join(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

std::string quantity(std::uint64_t value) {
  constexpr std::uint64_t kThousand = 1000, kMillion = 1000 * kThousand, kGiga = 1000 * kMillion;
  if (value < 10 * kThousand) return fmt::format("{}", value);
  if (value < kMillion) return fmt::format("{} k", value / kThousand);
  const auto [unit, letter] = value < kGiga ? std::pair{kMillion, 'M'} : std::pair{kGiga, 'G'};
  if (value >= 10 * unit) return fmt::format("{} {}", value / unit, letter);
  return fmt::format("{}.{} {}", value / unit, value % unit / (unit / 10), letter);
}

}  // namespace singspin::terminal
