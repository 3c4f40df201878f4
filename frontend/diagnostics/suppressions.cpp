#include "frontend/diagnostics/suppressions.h"

#include <algorithm>

namespace singspin::diagnostics {

void Suppressions::add(Suppression suppression) {
  const Key key{suppression.range.file, suppression.code};
  rows_[key].push_back(list_.size());
  nodes_.erase(key);
  list_.push_back(suppression);
}

// Ranges by begin, outer ones first, each with a link to the nearest earlier one that is still open:
// one that was closed before cannot hold a later place.
const std::vector<Suppressions::Node>& Suppressions::nodes(const Key& key) {
  std::vector<Node>& nodes = nodes_[key];
  if (!nodes.empty()) return nodes;
  std::vector<std::size_t> rows = rows_[key];
  const auto range = [&](std::size_t row) { return list_[row].range; };
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(range(a).begin, range(b).end) < std::pair(range(b).begin, range(a).end);
  });
  // Of several that name the same range the first one counts.
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [&](std::size_t a, std::size_t b) { return range(a) == range(b); }),
             rows.end());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    while (!open.empty() && range(nodes[open.back()].row).end <= range(rows[i]).begin) open.pop_back();
    nodes.push_back({rows[i], open.empty() ? i : open.back()});
    open.push_back(i);
  }
  return nodes;
}

bool Suppressions::apply(Diagnostic& diagnostic) {
  if (!diagnostic.span || !rows_.contains({diagnostic.span->file, diagnostic.code})) return false;
  const std::vector<Node>& all = nodes({diagnostic.span->file, diagnostic.code});
  const std::uint32_t at = diagnostic.span->begin;
  const auto after = std::upper_bound(all.begin(), all.end(), at, [&](std::uint32_t offset, const Node& n) {
    return offset < list_[n.row].range.begin;
  });
  if (after == all.begin()) return false;
  auto i = static_cast<std::size_t>(after - all.begin()) - 1;
  while (at >= list_[all[i].row].range.end) {
    if (all[i].outer == i) return false;
    i = all[i].outer;
  }
  list_[all[i].row].used = true;
  return diagnostic.suppressed = true;
}

}  // namespace singspin::diagnostics
