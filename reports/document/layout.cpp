#include "reports/document/layout.h"

#include <nlohmann/json.hpp>

namespace singspin::document {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidth = 110;
constexpr std::size_t kIndent = 2;

// Bytes that are no UTF-8 (from paths and arguments) become U+FFFD instead of an exception.
std::string scalar(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

// `"name": ` in front of an object member, nothing in front of an array element.
std::string key(const Json::const_iterator& item, bool in_object) {
  return in_object ? scalar(item.key()) + ": " : std::string();
}

// Appends `value` in one line; false, with `out` unfinished, as soon as `out` passes `limit` bytes.
bool append_line(const Json& value, std::size_t limit, std::string& out) {
  if (!value.is_structured()) {
    out += scalar(value);
    return out.size() <= limit;
  }
  const bool object = value.is_object();
  out += object ? '{' : '[';
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (item != value.begin()) out += ", ";
    out += key(item, object);
    if (!append_line(*item, limit, out)) return false;
  }
  out += object ? '}' : ']';
  return out.size() <= limit;
}

// `column`: where the value starts in its line; a comma may follow it.
void append(const Json& value, std::size_t indent, std::size_t column, std::string& out) {
  std::string line;
  const std::size_t room = kWidth > column ? kWidth - column - 1 : 0;
  if (append_line(value, room, line) || !value.is_structured() || value.empty()) {
    out += line;
    return;
  }
  const bool object = value.is_object();
  const std::size_t inner = indent + kIndent;
  out += object ? "{\n" : "[\n";
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (item != value.begin()) out += ",\n";
    const std::string name = key(item, object);
    out.append(inner, ' ') += name;
    append(*item, inner, inner + name.size(), out);
  }
  (out += '\n').append(indent, ' ') += object ? '}' : ']';
}

}  // namespace

std::string layout(const Json& document) {
  std::string out;
  append(document, 0, 0, out);
  out += '\n';
  return out;
}

}  // namespace singspin::document
