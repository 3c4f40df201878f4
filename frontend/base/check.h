// CHECK: aborts with the broken invariant in words. For our own bugs only; wrong input is a
// Diagnostic and a failing outside world is an Expected.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace singspin::base {

[[noreturn]] inline void fail_check(const char* words, const char* file, int line) {
  std::fprintf(stderr, "singspin: internal error: %s (%s:%d)\n", words, file, line);
  std::abort();
}

}  // namespace singspin::base

#define CHECK(condition, words) \
  ((condition) ? void() : ::singspin::base::fail_check(words, __FILE__, __LINE__))
// After a switch that handles every enumerator.
#define UNREACHABLE(words) ::singspin::base::fail_check(words, __FILE__, __LINE__)
