// The difference of two texts, line by line, as `patch` and people read it.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/diagnostics/edits.h"

namespace singspin::diagnostics {

namespace {

using Lines = std::vector<std::string_view>;

// Each line with its line end.
Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Lines [a, a_end) of the old text became [b, b_end) of the new one.
struct Change {
  std::size_t a, a_end, b, b_end;
};

// Where the texts meet again after they part: the pair with the fewest lines skipped, looked for in a
// window, so that the work stays linear. Fixes change few lines, so it is found at once.
std::pair<std::size_t, std::size_t> meet(const Lines& old, std::size_t a, const Lines& now, std::size_t b) {
  constexpr std::size_t kWindow = 200;
  for (std::size_t skipped = 1; skipped <= kWindow; ++skipped) {
    for (std::size_t i = 0; i <= skipped; ++i) {
      const std::size_t x = a + i, y = b + skipped - i;
      if (x == old.size() && y == now.size()) return {x, y};
      if (x < old.size() && y < now.size() && old[x] == now[y]) return {x, y};
    }
  }
  return {old.size(), now.size()};
}

std::vector<Change> changes(const Lines& old, const Lines& now) {
  std::vector<Change> result;
  for (std::size_t a = 0, b = 0; a < old.size() || b < now.size();) {
    if (a < old.size() && b < now.size() && old[a] == now[b]) {
      ++a, ++b;
      continue;
    }
    const auto [x, y] = meet(old, a, now, b);
    result.push_back({a, x, b, y});
    a = x, b = y;
  }
  return result;
}

void add_line(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// `12,3`: the first line and how many; of none the line before.
std::string range_words(std::size_t begin, std::size_t end) {
  const std::size_t count = end - begin;
  return count == 1 ? fmt::format("{}", begin + 1)
                    : fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  constexpr std::size_t kContext = 3;
  const Lines old = split(before), now = split(after);
  const std::vector<Change> all = changes(old, now);
  if (all.empty()) return {};
  std::string out = fmt::format("--- {}\n+++ {}\n", path, path);
  for (std::size_t i = 0; i < all.size();) {
    std::size_t last = i;  // of the changes that share their context
    while (last + 1 < all.size() && all[last + 1].a <= all[last].a_end + 2 * kContext) ++last;
    const std::size_t lead = std::min(kContext, all[i].a);
    const std::size_t tail = std::min(kContext, old.size() - all[last].a_end);
    out += fmt::format("@@ -{} +{} @@\n", range_words(all[i].a - lead, all[last].a_end + tail),
                       range_words(all[i].b - lead, all[last].b_end + tail));
    std::size_t a = all[i].a - lead;
    for (; i <= last; ++i) {
      for (; a < all[i].a; ++a) add_line(out, ' ', old[a]);
      for (; a < all[i].a_end; ++a) add_line(out, '-', old[a]);
      for (std::size_t b = all[i].b; b < all[i].b_end; ++b) add_line(out, '+', now[b]);
    }
    for (; a < all[last].a_end + tail; ++a) add_line(out, ' ', old[a]);
  }
  return out;
}

}  // namespace singspin::diagnostics
