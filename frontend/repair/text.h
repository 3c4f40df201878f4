// Pieces of contract text for repairs. Internal to frontend/repair.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "frontend/repair/repair.h"

namespace singspin::repair {

// A sequence of a state that begins with an action and goes on.
struct Alternative {
  const syntax::Sequence* sequence = nullptr;
  std::string message;
  bool sent_by_exporter = false;
  std::string target;                      // the state it ends in; empty behind a group
  bool only_target = false;                // nothing between the action and the target
  std::optional<syntax::ActionSign> next;  // of the action after the first, if there is one
};

// nullopt if the sequence has another form.
std::optional<Alternative> read_alternative(const source::SourceMap& sources,
                                            const syntax::Sequence& sequence);
// What follows the first action, without comments: `Stopped! -> IDLE`.
std::string rest_words(const source::SourceMap& sources, const syntax::Sequence& sequence);
// `Stop?`
std::string action_words(const Alternative& alternative);
// The text between the first action and the end.
source::Span rest_span(const syntax::Sequence& sequence);

// Behind the `;` that ends a sequence or a member; nullopt if something else than layout and comments
// stands before it.
std::optional<std::uint32_t> behind_semicolon(std::string_view text, std::uint32_t from);
// The white space that the line of `at` begins with.
std::string indentation(const source::SourceMap& sources, source::Span at);

// Names that the contract does not use yet.
class FreshNames {
 public:
  explicit FreshNames(const Subject& subject);
  // `wish`, or `wish2`, `wish3`.
  std::string take(const std::string& wish);

 private:
  std::set<std::string> taken_;
};

}  // namespace singspin::repair
