// Where the lines of a text begin.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace singspin::source {

// A line ends at LF, CR LF or a lone CR. The first one begins at 0.
std::vector<std::uint32_t> line_starts(std::string_view text);

}  // namespace singspin::source
