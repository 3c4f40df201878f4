// Source text inside a Promela comment: one line, no end of comment, nothing SPIN looks for in comments.
#pragma once

#include <string>
#include <string_view>

namespace singspin::pml {

std::string comment_text(std::string_view text);

}  // namespace singspin::pml
