#include "reports/lsp/protocol.h"

#include <limits>

namespace singspin::lsp {

namespace {

const Json kNull;

std::optional<std::uint32_t> read_unsigned(const Json& value) {
  const auto number = read_integer(value);
  if (!number || *number < 0) return std::nullopt;
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::uint32_t>(std::min(*number, kMost));
}

// Texts come from files of any encoding; what is no UTF-8 becomes U+FFFD instead of an exception.
std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

const Json& member(const Json& object, std::string_view name) {
  if (!object.is_object()) return kNull;
  const auto found = object.find(name);
  return found == object.end() ? kNull : *found;
}

const Json& member(const Json& object, std::initializer_list<std::string_view> names) {
  const Json* at = &object;
  for (const std::string_view name : names) at = &member(*at, name);
  return *at;
}

std::optional<std::string> read_string(const Json& value) {
  return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
}

std::optional<std::int64_t> read_integer(const Json& value) {
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
    return std::numeric_limits<std::int64_t>::max();
  return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

bool read_flag(const Json& value) { return value.is_boolean() && value.get<bool>(); }

std::optional<Position> read_position(const Json& value) {
  const auto line = read_unsigned(member(value, "line")),
             character = read_unsigned(member(value, "character"));
  return line && character ? std::optional(Position{*line, *character}) : std::nullopt;
}

std::optional<Range> read_range(const Json& value) {
  const auto start = read_position(member(value, "start")), end = read_position(member(value, "end"));
  return start && end ? std::optional(Range{*start, *end}) : std::nullopt;
}

std::vector<std::string> read_strings(const Json& value) {
  std::vector<std::string> result;
  if (!value.is_array()) return result;
  for (const Json& item : value) {
    if (item.is_string()) result.push_back(item.get<std::string>());
  }
  return result;
}

std::optional<std::vector<Change>> read_changes(const Json& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<Change> changes;
  for (const Json& item : value) {
    auto text = read_string(member(item, "text"));
    if (!text) return std::nullopt;
    const Json& range = member(item, "range");
    const auto place = read_range(range);
    if (!range.is_null() && !place) return std::nullopt;
    changes.push_back({place, std::move(*text)});
  }
  return changes;
}

void to_json(Json& json, const Position& position) {
  json = Json{{"line", position.line}, {"character", position.character}};
}
void to_json(Json& json, const Range& range) { json = Json{{"start", range.start}, {"end", range.end}}; }
void to_json(Json& json, const Location& location) {
  json = Json{{"uri", location.uri}, {"range", location.range}};
}
void to_json(Json& json, const TextEdit& edit) {
  json = Json{{"range", edit.range}, {"newText", edit.new_text}};
}

Json edit_json(const WorkspaceEdit& edit, bool document_changes) {
  Json changes = document_changes ? Json::array() : Json::object();
  for (const auto& [uri, file] : edit) {
    if (document_changes) {
      const Json version = file.version ? Json(*file.version) : Json();
      changes.push_back({{"textDocument", {{"uri", uri}, {"version", version}}}, {"edits", file.edits}});
    } else {
      changes[uri] = file.edits;
    }
  }
  return {{document_changes ? "documentChanges" : "changes", std::move(changes)}};
}

std::string response(const Json& id, const Reply& reply) {
  Json message = {{"jsonrpc", "2.0"}, {"id", id}};
  if (reply) message["result"] = *reply;
  else
    message["error"] = {{"code", static_cast<std::int32_t>(reply.error().code)},
                        {"message", reply.error().message}};
  return text_of(message);
}

std::string notification(std::string_view method, Json params) {
  return text_of({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

std::string request(std::int64_t id, std::string_view method, Json params) {
  return text_of({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}});
}

}  // namespace singspin::lsp
