#include "reports/cli/log_reader.h"

namespace singspin::cli {

std::optional<std::string> LogReader::next() {
  std::string text;
  std::streambuf& buffer = *in_.rdbuf();
  while (true) {
    text.clear();
    int c = buffer.sbumpc();
    if (c == std::char_traits<char>::eof()) return std::nullopt;
    ++line_;
    for (; c != '\n' && c != std::char_traits<char>::eof(); c = buffer.sbumpc()) {
      if (text.size() == kLongestLine) {
        too_long_ = true;
        return std::nullopt;
      }
      text += static_cast<char>(c);
    }
    // A byte order mark may begin the file.
    if (line_ == 1 && text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
    if (!text.empty() && text.back() == '\r') text.pop_back();
    if (text.find_first_not_of(" \t") != std::string::npos) return text;
  }
}

}  // namespace singspin::cli
