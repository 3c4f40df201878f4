// The values that travel, and JSON for them. Reading never throws: what is missing or of a wrong type
// is nullopt, and the request is answered with InvalidParams.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "frontend/base/expected.h"
#include "reports/lsp/documents.h"
#include "reports/lsp/positions.h"

namespace singspin::lsp {

using Json = nlohmann::json;

enum class ErrorCode : std::int32_t {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  ServerNotInitialized = -32002,
  RequestFailed = -32803,
  RequestCancelled = -32800,
};

struct ResponseError {
  ErrorCode code = ErrorCode::InternalError;
  std::string message;
};
using Reply = base::Expected<Json, ResponseError>;

inline tl::unexpected<ResponseError> refuse(ErrorCode code, std::string message) {
  return tl::unexpected<ResponseError>(ResponseError{code, std::move(message)});
}

struct Location {
  std::string uri;
  Range range;
  auto operator<=>(const Location&) const = default;
};

// Edits by URI, with the version of the text they are for if the editor has it open.
struct FileEdits {
  std::optional<std::int64_t> version;
  std::vector<TextEdit> edits;
};
using WorkspaceEdit = std::map<std::string, FileEdits>;

// A member of an object; null if there is none or `object` is no object.
const Json& member(const Json& object, std::string_view name);
// The member at the end of a chain of names.
const Json& member(const Json& object, std::initializer_list<std::string_view> names);

std::optional<std::string> read_string(const Json& value);
std::optional<std::int64_t> read_integer(const Json& value);
bool read_flag(const Json& value);  // false unless it is `true`
std::optional<Position> read_position(const Json& value);
std::optional<Range> read_range(const Json& value);
// The strings of an array; others are left out.
std::vector<std::string> read_strings(const Json& value);
std::optional<std::vector<Change>> read_changes(const Json& value);

void to_json(Json& json, const Position& position);
void to_json(Json& json, const Range& range);
void to_json(Json& json, const Location& location);
void to_json(Json& json, const TextEdit& edit);
// `documentChanges` if the editor knows them, else `changes`.
Json edit_json(const WorkspaceEdit& edit, bool document_changes);

std::string response(const Json& id, const Reply& reply);
std::string notification(std::string_view method, Json params);
std::string request(std::int64_t id, std::string_view method, Json params);

}  // namespace singspin::lsp
