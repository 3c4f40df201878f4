// Texts to disk in one step: whoever looks sees the old bytes or the new ones, and a crash leaves the old
// file or none. Changed sources keep their encoding and permissions. The only place that replaces files.
#pragma once

#include <string>
#include <string_view>

#include "frontend/base/expected.h"

namespace singspin::source {

// The bytes of `text` in the encoding that `raw`, the bytes of the file so far, is written in, with
// its byte order mark. An error if `raw` is not what its own text encodes to (a lost half of a
// character in UTF-16), or if the encoding has no byte for a character of `text`.
base::Expected<std::string> encode_like(std::string_view raw, std::string_view text);

// Replaces `before`, the content of an existing file. The new file has the permissions of the old one; a
// symbolic link stays a link. An error if the file holds something else by now, may not be written, or
// its folder takes no temporary file.
base::Expected<void> rewrite_file(const std::string& path, std::string_view before, std::string_view bytes);

// Makes a file, or puts a new one in the place of an old one. A device or a pipe is written to.
base::Expected<void> write_file(const std::string& path, std::string_view bytes);

}  // namespace singspin::source
