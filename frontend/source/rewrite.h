// Changed texts back to disk: the encoding and the permissions of the file stay as they were.
// The only place that writes source files.
#pragma once

#include <string>
#include <string_view>

#include "frontend/base/expected.h"

namespace singspin::source {

// The bytes of `text` in the encoding that `raw`, the bytes of the file so far, is written in, with
// its byte order mark. An error if `raw` is not what its own text encodes to (a lost half of a
// character in UTF-16), or if the encoding has no byte for a character of `text`.
base::Expected<std::string> encode_like(std::string_view raw, std::string_view text);

// Replaces the content of an existing file in one step: whoever looks sees the old bytes or the new
// ones. The new file has the permissions of the old one; a symbolic link stays a link. An error if
// the file may not be written or its folder takes no temporary file.
base::Expected<void> rewrite_file(const std::string& path, std::string_view bytes);

}  // namespace singspin::source
