#include "frontend/source/rewrite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "frontend/base/write_all.h"
#include "frontend/source/loader.h"

namespace singspin::source {

namespace {

constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";
constexpr std::string_view kLittleEndianMark = "\xff\xfe";
constexpr std::string_view kBigEndianMark = "\xfe\xff";

// The code point at `i` of well-formed UTF-8; `i` moves behind it.
std::uint32_t next_code_point(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned first = byte(i++);
  if (first < 0x80) return first;
  int tail = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  std::uint32_t value = first & (0x3f >> tail);
  for (; tail > 0 && i < text.size(); --tail) value = (value << 6) | (byte(i++) & 0x3f);
  return value;
}

std::string to_utf16(std::string_view text, bool big_endian) {
  std::string out(big_endian ? kBigEndianMark : kLittleEndianMark);
  const auto unit = [&](std::uint32_t value) {
    const char high = static_cast<char>(value >> 8), low = static_cast<char>(value & 0xff);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t point = next_code_point(text, i);
    if (point >= 0x10000) {
      unit(0xd800 + ((point - 0x10000) >> 10));
      unit(0xdc00 + ((point - 0x10000) & 0x3ff));
    } else {
      unit(point);
    }
  }
  return out;
}

// The one byte whose decoded form is this character, by asking the decoder for all of them.
std::string to_windows_1252(std::string_view text) {
  std::string high[128];
  for (int i = 0; i < 128; ++i) high[i] = decode_text(std::string(1, static_cast<char>(0x80 + i)));
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    if (next_code_point(text, i) < 0x80) {
      out += text[begin];
      continue;
    }
    for (int k = 0; k < 128; ++k) {
      if (high[k] == text.substr(begin, i - begin)) out += static_cast<char>(0x80 + k);
    }
  }
  return out;
}

// The text in the encoding of `raw`.
std::string encode(std::string_view raw, std::string_view text) {
  if (raw.starts_with(kLittleEndianMark)) return to_utf16(text, false);
  if (raw.starts_with(kBigEndianMark)) return to_utf16(text, true);
  if (raw.starts_with(kUtf8Mark) && decode_text(raw) == raw.substr(kUtf8Mark.size()))
    return std::string(kUtf8Mark).append(text);
  if (decode_text(raw) == raw) return std::string(text);
  return to_windows_1252(text);
}

tl::unexpected<base::ToolError> not_writable(const std::string& path, int error) {
  return base::tool_error(fmt::format("cannot write {}: {}", path, std::strerror(error)));
}

// Whoever owns the file goes on owning it, if we may say so.
int keep_owner_and_mode(int file, const struct stat& old) {
  const bool owner_kept = ::fchown(file, old.st_uid, old.st_gid) == 0;
  constexpr mode_t kSetId = S_ISUID | S_ISGID;
  const mode_t mode = old.st_mode & 07777;
  return ::fchmod(file, owner_kept ? mode : mode & ~kSetId) == 0 ? 0 : errno;
}

// The bytes go to a new file beside `target`, which then takes its name; `prepare` sees the new file
// before that. 0 or the error number.
template <class Prepare>
int replace(const std::string& target, std::string_view bytes, mode_t mode, Prepare prepare) {
  const std::string temporary = fmt::format("{}.{}.tmp", target, ::getpid());
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, mode);
  if (file < 0) return errno;
  int error = base::write_all(file, bytes);
  if (error == 0) error = prepare(file);
  if (::close(file) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(temporary.c_str(), target.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(temporary.c_str());
  return error;
}

// A device or a pipe: a rename would put a plain file in its place.
int write_through(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return errno;
  const int error = base::write_all(file, bytes);
  return ::close(file) != 0 && error == 0 ? errno : error;
}

}  // namespace

base::Expected<std::string> encode_like(std::string_view raw, std::string_view text) {
  if (encode(raw, decode_text(raw)) != raw)
    return base::tool_error("its bytes are no text in any encoding that can be written back");
  std::string bytes = encode(raw, text);
  if (decode_text(bytes) != text)
    return base::tool_error("its encoding has no byte for a character of the new text");
  return bytes;
}

base::Expected<void> rewrite_file(const std::string& path, std::string_view before, std::string_view bytes) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return not_writable(path, errno);
  const std::string target = resolved;
  std::free(resolved);
  struct stat old {};
  if (::stat(target.c_str(), &old) != 0) return not_writable(path, errno);
  if (!S_ISREG(old.st_mode)) return base::tool_error(fmt::format("cannot write {}: not a plain file", path));
  // A rename would replace a file that may only be read.
  if (::access(target.c_str(), W_OK) != 0) return not_writable(path, errno);
  const auto now = read_file(target);
  if (!now || *now != before)
    return base::tool_error(fmt::format("cannot write {}: it was changed meanwhile", path));
  const int error = replace(target, bytes, 0600, [&](int file) { return keep_owner_and_mode(file, old); });
  if (error != 0) return not_writable(path, error);
  return {};
}

base::Expected<void> write_file(const std::string& path, std::string_view bytes) {
  struct stat old {};
  const bool special = ::stat(path.c_str(), &old) == 0 && !S_ISREG(old.st_mode);
  const int error = special ? write_through(path, bytes) : replace(path, bytes, 0666, [](int) { return 0; });
  if (error != 0) return not_writable(path, error);
  return {};
}

}  // namespace singspin::source
