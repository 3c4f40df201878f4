// The one result type for functions that touch the world or decode bytes.
// std::expected needs C++23; tl::expected is the same interface for C++20.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace singspin::base {

// A failure of the outside world: the text says what was tried and what the system answered.
struct ToolError {
  std::string message;
};

template <class T, class E = ToolError>
using Expected = tl::expected<T, E>;

inline tl::unexpected<ToolError> tool_error(std::string message) {
  return tl::unexpected<ToolError>(ToolError{std::move(message)});
}

}  // namespace singspin::base
