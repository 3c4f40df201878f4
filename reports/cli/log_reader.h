// Reads a log line by line, in memory that does not grow with it.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>

namespace singspin::cli {

class LogReader {
 public:
  static constexpr std::size_t kLongestLine = 1 << 16;

  explicit LogReader(std::istream& in) : in_(in) {}
  // The next line that is not blank, without its line end. None: the end, or `too_long()`, or `failed()`.
  std::optional<std::string> next();
  std::uint64_t line() const { return line_; }
  bool too_long() const { return too_long_; }
  bool failed() const { return in_.bad(); }

 private:
  std::istream& in_;
  std::uint64_t line_ = 0;
  bool too_long_ = false;
};

}  // namespace singspin::cli
