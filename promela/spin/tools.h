// Which spin and which C compilers there are, the layout program for pictures, and git.
// Promises: looks at PATH and the environment itself, without a shell; paths are absolute.
// Does not know what the tools are run for.
#pragma once

#include <string>
#include <vector>

namespace singspin::spin {

// An empty path: there is none.
struct Tools {
  std::string spin = {};
  std::string fast_compiler = {};        // tcc
  std::string optimizing_compiler = {};  // gcc, cc or clang
  std::string graphviz = {};             // dot
  std::string git = {};
};

// SINGSPIN_SPIN, SINGSPIN_TCC, SINGSPIN_CC, SINGSPIN_DOT and SINGSPIN_GIT override the search with a path or a name; an
// override that names no executable file gives an empty path, so `SINGSPIN_TCC=` switches tcc off.
Tools find_tools();

enum class ToolKind { Spin, FastCompiler, OptimizingCompiler, Graphviz };

// First line of `spin -V`, `tcc -v`, `gcc --version` or `dot -V`; empty if it cannot be had.
std::string tool_version(const std::string& path, ToolKind);
// The same of SPIN, the fast and the optimizing compiler, in this order; they are asked together.
std::vector<std::string> tool_versions(const Tools&);

}  // namespace singspin::spin
