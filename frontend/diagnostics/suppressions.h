// Places at which the user has silenced a rule, and what they cover.
// Knows codes and spans, not how a place is written down.
#pragma once

#include <map>
#include <vector>

#include "frontend/diagnostics/diagnostic.h"

namespace singspin::diagnostics {

// One rule, named by one comment.
struct Suppression {
  Code code;
  source::Span range;     // diagnostics whose main mark begins in it; empty: none
  source::Span named_at;  // the rule in the comment
  bool used = false;
};

class Suppressions {
 public:
  void add(Suppression suppression);
  // Marks the diagnostic as suppressed, and the innermost suppression that covers it as used. Takes
  // logarithmic time for any number of them.
  bool apply(Diagnostic& diagnostic);
  // In the order in which they were added.
  const std::vector<Suppression>& list() const { return list_; }

 private:
  struct Node {
    std::size_t row;    // of list_
    std::size_t outer;  // the node to ask next, itself if there is none
  };
  using Key = std::pair<source::FileId, Code>;
  const std::vector<Node>& nodes(const Key& key);

  std::vector<Suppression> list_;
  std::map<Key, std::vector<std::size_t>> rows_;
  std::map<Key, std::vector<Node>> nodes_;  // by begin; made when first asked for
};

}  // namespace singspin::diagnostics
