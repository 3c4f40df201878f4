// JSON, written piece by piece, that may stand inside of a script element: `<`, `>` and `&` are escaped, so
// no text can end the element, and so are U+2028 and U+2029.
// Promises: valid UTF-8 whatever the texts hold. Knows no report.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace singspin::html {

// Commas come by themselves; the caller closes what it opens.
class JsonText {
 public:
  JsonText& open_object();
  JsonText& close_object();
  JsonText& open_array();
  JsonText& close_array();
  JsonText& key(std::string_view name);
  JsonText& text(std::string_view value);
  JsonText& number(std::uint64_t value);
  JsonText& real(double value);
  JsonText& boolean(bool value);
  JsonText& null();

  // `"name": value`
  JsonText& text(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonText& number(std::string_view name, std::uint64_t value) { return key(name).number(value); }
  JsonText& boolean(std::string_view name, bool value) { return key(name).boolean(value); }

  std::size_t size() const { return out_.size(); }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  bool first_ = true;  // nothing stands yet in what was opened last
};

// A string literal with its quotes.
std::string quoted(std::string_view text);

}  // namespace singspin::html
