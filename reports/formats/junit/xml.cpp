#include "reports/formats/junit/xml.h"

#include "reports/document/text.h"

namespace singspin::junit {

namespace {

bool is_allowed(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c != 0xfffe && c != 0xffff && !(c >= 0xd800 && c <= 0xdfff) && c <= 0x10ffff;
}

std::string escape(std::string_view text, bool attribute) {
  std::string out;
  while (!text.empty()) {
    const document::CodePoint c = document::first_code_point(text);
    switch (c.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\r': out += "&#13;"; break;
      case '\n': out += attribute ? "&#10;" : "\n"; break;
      case '\t': out += attribute ? "&#9;" : "\t"; break;
      default:
        if (is_allowed(c.value)) out += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return out;
}

}  // namespace

std::string xml_text(std::string_view text) { return escape(text, false); }
std::string xml_attribute(std::string_view text) { return escape(text, true); }

}  // namespace singspin::junit
