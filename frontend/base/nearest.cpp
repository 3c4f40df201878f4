#include "frontend/base/nearest.h"

#include <algorithm>
#include <numeric>

namespace singspin::base {

namespace {

// Edits that turn one name into the other, two neighbours swapped being one of them (optimal string
// alignment), or `most + 1` as soon as it is known to be larger.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  std::size_t last_least = 0;  // a swap looks back over two rows
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    const std::size_t least = *std::min_element(row.begin(), row.end());
    if (least > most && last_least > most) return most + 1;
    last_least = least;
  }
  return std::min(row.back(), most + 1);
}

// ASCII only: other letters are compared as they are.
bool same_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kLongest = 100;  // longer names are not typed by hand
  constexpr std::size_t kMostCandidates = 1000;
  std::string_view best;
  if (name.size() > kLongest || candidates.size() > kMostCandidates) return best;
  // Every name of one letter is one edit away from every other: that is no likeness.
  std::size_t best_distance = name.size() < 2 ? 1 : std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongest || candidate == name) continue;
    if (same_but_for_case(candidate, name)) return candidate;
    if (candidate.size() < 2) continue;
    const std::size_t d = distance(name, candidate, best_distance - 1);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace singspin::base
