// Which spin and which C compilers there are.
// Promises: looks at PATH and the environment itself, without a shell; paths are absolute.
// Does not know what the tools are run for.
#pragma once

#include <string>

namespace singspin::spin {

// An empty path: there is none.
struct Tools {
  std::string spin = {};
  std::string fast_compiler = {};        // tcc
  std::string optimizing_compiler = {};  // gcc, cc or clang
};

// SINGSPIN_SPIN, SINGSPIN_TCC and SINGSPIN_CC override the search with a path or a name; an override
// that names no executable file gives an empty path, so `SINGSPIN_TCC=` switches tcc off.
Tools find_tools();

enum class ToolKind { Spin, FastCompiler, OptimizingCompiler };

// First line of `spin -V`, `tcc -v` or `gcc --version`; empty if it cannot be had.
std::string tool_version(const std::string& path, ToolKind);

}  // namespace singspin::spin
