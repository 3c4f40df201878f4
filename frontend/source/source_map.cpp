#include "frontend/source/source_map.h"

#include <sha256.h>

#include <algorithm>

#include "frontend/source/lines.h"

namespace singspin::source {

namespace {

// Windows-1252 differs from Latin-1 in 0x80 to 0x9f only; unassigned bytes stay control characters.
constexpr std::uint16_t kWindows1252High[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

void append_utf8(std::string& out, std::uint32_t code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xc0 | (code_point >> 6));
    out += static_cast<char>(0x80 | (code_point & 0x3f));
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xe0 | (code_point >> 12));
    out += static_cast<char>(0x80 | ((code_point >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code_point & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | (code_point >> 18));
    out += static_cast<char>(0x80 | ((code_point >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((code_point >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code_point & 0x3f));
  }
}

// Length of the well-formed UTF-8 sequence at `i`, 0 if there is none (Unicode 15, table 3-7).
std::size_t utf8_length(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t k) { return k < s.size() ? static_cast<unsigned char>(s[k]) : 0u; };
  const auto tail = [&](std::size_t k) { return (byte(k) & 0xc0) == 0x80; };
  const unsigned b0 = byte(i), b1 = byte(i + 1);
  if (b0 < 0x80) return 1;
  if (b0 >= 0xc2 && b0 <= 0xdf) return tail(i + 1) ? 2 : 0;
  if (b0 >= 0xe0 && b0 <= 0xef) {
    const bool first_ok = tail(i + 1) && !(b0 == 0xe0 && b1 < 0xa0) && !(b0 == 0xed && b1 > 0x9f);
    return first_ok && tail(i + 2) ? 3 : 0;
  }
  if (b0 >= 0xf0 && b0 <= 0xf4) {
    const bool first_ok = tail(i + 1) && !(b0 == 0xf0 && b1 < 0x90) && !(b0 == 0xf4 && b1 > 0x8f);
    return first_ok && tail(i + 2) && tail(i + 3) ? 4 : 0;
  }
  return 0;
}

bool is_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t length = utf8_length(s, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string from_windows_1252(std::string_view raw) {
  std::string out;
  out.reserve(raw.size() + raw.size() / 8);
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xa0 ? kWindows1252High[byte - 0x80] : byte);
  }
  return out;
}

std::string from_utf16(std::string_view raw, bool big_endian) {
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const auto a = static_cast<unsigned char>(raw[i]), b = static_cast<unsigned char>(raw[i + 1]);
    return big_endian ? (a << 8) | b : (b << 8) | a;
  };
  constexpr std::uint32_t kReplacement = 0xfffd;
  std::string out;
  for (std::size_t i = 2; i + 1 < raw.size(); i += 2) {
    const std::uint32_t high = unit(i);
    if (high < 0xd800 || high > 0xdfff) {
      append_utf8(out, high);
      continue;
    }
    const std::uint32_t low = high <= 0xdbff && i + 3 < raw.size() ? unit(i + 2) : 0;
    if (low < 0xdc00 || low > 0xdfff) {
      append_utf8(out, kReplacement);
      continue;
    }
    append_utf8(out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
    i += 2;
  }
  return out;
}

}  // namespace

std::vector<std::uint32_t> line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool lone_cr = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || lone_cr) starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return starts;
}

std::string decode_text(std::string_view raw) {
  if (raw.starts_with("\xff\xfe")) return from_utf16(raw, false);
  if (raw.starts_with("\xfe\xff")) return from_utf16(raw, true);
  if (raw.starts_with("\xef\xbb\xbf")) raw.remove_prefix(3);
  return is_utf8(raw) ? std::string(raw) : from_windows_1252(raw);
}

std::string sha256_hex(std::string_view bytes) {
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  char hex[SHA256_DIGEST_STRING_LENGTH];
  SHA256End(&context, hex);
  return hex;
}

FileId SourceMap::add(std::string path, std::string_view raw) {
  SourceFile file{std::move(path), decode_text(raw), sha256_hex(raw), raw.size(), {}};
  file.line_starts = line_starts(file.text);
  files_.push_back(std::move(file));
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const SourceFile& SourceMap::file(FileId id) const {
  CHECK(id.value < files_.size(), "source file exists");
  return files_[id.value];
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view text = file(span.file).text;
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
  return text.substr(begin, end - begin);
}

Position SourceMap::position(FileId id, std::uint32_t offset) const {
  const SourceFile& source = file(id);
  offset = std::min<std::uint32_t>(offset, source.text.size());
  const auto after = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - source.line_starts.begin());
  std::uint32_t column = 1;
  for (std::uint32_t i = *(after - 1); i < offset; ++i) {
    const auto byte = static_cast<unsigned char>(source.text[i]);
    if ((byte & 0xc0) != 0x80) column += byte >= 0xf0 ? 2 : 1;
  }
  return {line, column};
}

std::string_view SourceMap::line_text(FileId id, std::uint32_t line) const {
  const SourceFile& source = file(id);
  if (line == 0 || line > source.line_starts.size()) return {};
  const std::uint32_t begin = source.line_starts[line - 1];
  const std::size_t end = line < source.line_starts.size() ? source.line_starts[line] : source.text.size();
  std::string_view text = std::string_view(source.text).substr(begin, end - begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t SourceMap::line_count(FileId id) const {
  return static_cast<std::uint32_t>(file(id).line_starts.size());
}

std::uint32_t SourceMap::line_start(FileId id, std::uint32_t line) const {
  const SourceFile& source = file(id);
  if (line == 0) return 0;
  if (line > source.line_starts.size()) return static_cast<std::uint32_t>(source.text.size());
  return source.line_starts[line - 1];
}

}  // namespace singspin::source
