// What is still to be done at a point of a contract: a stack of sequence positions, named states
// and interleaved parts. Two points with equal residuals are one node of the machine (8.1).
#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <vector>

#include "frontend/sema/resolved.h"

namespace singspin::sema {

struct Frame;
using Residual = std::vector<Frame>;  // the top, done first, is the last element; empty: the end

struct Frame {
  enum class Kind : std::uint8_t { Position, State, All };
  Kind kind = Kind::Position;
  const syntax::Sequence* sequence = nullptr;  // Position
  std::size_t index = 0;                       // Position: next step; State: row of Resolved::states
  std::vector<Residual> parts;                 // All: what is left of each sequence
  bool operator==(const Frame& other) const;
  std::strong_ordering operator<=>(const Frame& other) const;
};

struct NextAction {
  ActionUse action;
  Residual after;
  std::set<std::size_t> passed;  // terminal states that the action leads to and that return at once
};

// Frames of a residual, those of interleaved parts included: what it costs to keep it.
std::size_t weight(const Residual& residual);

// The first actions of residuals, in textual order.
class Unfolder {
 public:
  explicit Unfolder(const Resolved& contract) : contract_(contract) {}

  // All actions possible at `residual` and what is left after each. Sets `too_deep()` if calls pile up.
  std::vector<NextAction> next(const Residual& residual);
  bool too_deep() const { return too_deep_; }
  // Too deep since one action lies behind too many jumps.
  bool passed_too_many() const { return passed_too_many_; }
  // The named states whose actions the last `next` went through, as rows of Resolved::states.
  const std::set<std::size_t>& entered() const { return entered_; }
  Residual sequence(const syntax::Sequence& sequence) const { return {position_or_state(sequence, 0)}; }
  Residual state(std::size_t index) const { return {Frame{Frame::Kind::State, nullptr, index, {}}}; }

 private:
  std::vector<NextAction> first_actions(const Residual& residual);
  void expand(Residual residual, std::vector<NextAction>& out, std::set<Residual>& on_the_way);
  void expand_top(Residual residual, std::vector<NextAction>& out, std::set<Residual>& on_the_way);
  void expand_position(Residual residual, std::vector<NextAction>& out, std::set<Residual>& on_the_way);
  void expand_state(Residual residual, std::vector<NextAction>& out, std::set<Residual>& on_the_way);
  void expand_all(const Residual& residual, std::vector<NextAction>& out);
  void normalize(Residual& residual, std::set<std::size_t>& passed) const;
  bool normalize_top(Residual& residual, std::set<std::size_t>& passed) const;
  void drop_finished(Residual& residual) const;
  bool normalize_all(Residual& residual) const;
  bool is_terminal(std::size_t state) const;
  Frame position_or_state(const syntax::Sequence& sequence, std::size_t index) const;
  void push(Residual& residual, const syntax::Sequence& sequence) const;

  const Resolved& contract_;
  bool too_deep_ = false;
  bool passed_too_many_ = false;
  std::size_t depth_ = 0;       // of the way that is being expanded
  std::size_t expansions_ = 0;  // of all calls of `next`
  std::size_t nesting_ = 0;     // of interleavings being expanded
  std::set<std::size_t> entered_;
};

}  // namespace singspin::sema
