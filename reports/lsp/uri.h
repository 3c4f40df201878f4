// File URIs and paths (RFC 3986, RFC 8089). Pure; any bytes may stand in a path.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace singspin::lsp {

// The absolute path that a `file:` URI of this machine names, percent-decoded; nullopt for other
// schemes, foreign hosts, relative paths and paths with a zero byte.
std::optional<std::string> path_of_uri(std::string_view uri);

// `file:///` and the path, everything percent-encoded but unreserved characters and `/`.
std::string uri_of_path(std::string_view path);

}  // namespace singspin::lsp
