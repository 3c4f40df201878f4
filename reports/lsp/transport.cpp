#include "reports/lsp/transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace singspin::lsp {

namespace {

constexpr std::string_view kField = "content-length:";

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

// The number of the last `Content-Length` field: rubbish before it belongs to a frame that was lost.
std::optional<std::size_t> content_length(std::string_view header) {
  const std::size_t field = lower(header).rfind(kField);
  if (field == std::string::npos) return std::nullopt;
  std::string_view value = header.substr(field + kField.size());
  value = value.substr(0, value.find('\r'));
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (value.empty() || error != std::errc() || end != value.data() + value.size()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<Frame> FrameReader::feed(std::string_view bytes) {
  const std::size_t skipped = std::min(skipping_, bytes.size());
  skipping_ -= skipped;
  held_ += bytes.substr(skipped);
  std::vector<Frame> out;
  while (skipping_ == 0 && (in_body_ ? body(out) : header(out))) {
  }
  return out;
}

// Reads one header; false: more bytes are needed.
bool FrameReader::header(std::vector<Frame>& out) {
  const std::size_t end = held_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (held_.size() <= kLongestHeader) return false;
    // The end of what is held may be the beginning of a field.
    held_.erase(0, held_.size() - kField.size());
    out.push_back(BadFrame{"a header never ends"});
    return false;
  }
  const std::optional<std::size_t> length = content_length(std::string_view(held_).substr(0, end));
  held_.erase(0, end + 4);
  if (!length) {
    out.push_back(BadFrame{"a header has no valid Content-Length"});
  } else if (*length > kLongestBody) {
    out.push_back(BadFrame{fmt::format("a message of {} bytes is too long", *length)});
    skipping_ = *length - std::min(*length, held_.size());
    held_.erase(0, *length);
  } else {
    wanted_ = *length;
    in_body_ = true;
  }
  return true;
}

bool FrameReader::body(std::vector<Frame>& out) {
  if (held_.size() < wanted_) return false;
  out.push_back(Body{held_.substr(0, wanted_)});
  held_.erase(0, wanted_);
  in_body_ = false;
  return true;
}

std::string framed(std::string_view body) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

}  // namespace singspin::lsp
