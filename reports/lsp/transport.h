// Framing of the Language Server Protocol: `Content-Length: N`, an empty line, N bytes.
// Pure: bytes in, bodies out. Knows no JSON and no file descriptors.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace singspin::lsp {

inline constexpr std::size_t kLongestBody = 64u << 20;  // longer ones are thrown away unread
inline constexpr std::size_t kLongestHeader = 64u << 10;

struct Body {
  std::string text;
};
// A header without a usable length, or a body that is too long: what was wrong, in words.
struct BadFrame {
  std::string reason;
};
using Frame = std::variant<Body, BadFrame>;

// Cuts a stream of bytes into frames. After a bad frame it goes on at the next `Content-Length:`.
class FrameReader {
 public:
  // Takes any piece of the stream and returns the frames that are complete now.
  std::vector<Frame> feed(std::string_view bytes);

 private:
  bool header(std::vector<Frame>& out);
  bool body(std::vector<Frame>& out);

  std::string held_;
  std::size_t wanted_ = 0;    // bytes of the body being read
  std::size_t skipping_ = 0;  // bytes of a body that is too long, still to be thrown away
  bool in_body_ = false;
};

// `body` with its header.
std::string framed(std::string_view body);

}  // namespace singspin::lsp
