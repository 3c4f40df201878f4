#include "frontend/sema/residual.h"

#include <algorithm>

#include "frontend/sema/fold.h"

namespace singspin::sema {

bool Frame::operator==(const Frame& other) const { return (*this <=> other) == 0; }

std::strong_ordering Frame::operator<=>(const Frame& other) const {
  if (const auto order = kind <=> other.kind; order != 0) return order;
  if (const auto order = std::compare_three_way{}(sequence, other.sequence); order != 0) return order;
  if (const auto order = index <=> other.index; order != 0) return order;
  return std::lexicographical_compare_three_way(parts.begin(), parts.end(), other.parts.begin(),
                                                other.parts.end());
}

bool Unfolder::is_terminal(std::size_t state) const {
  return std::all_of(contract_.states()[state].parts.begin(), contract_.states()[state].parts.end(),
                     [](const StatePart& p) { return p.state->sequences.empty(); });
}

// A state in last position is a jump: it stands for the state itself.
Frame Unfolder::position_or_state(const syntax::Sequence& sequence, std::size_t index) const {
  if (index + 1 == sequence.steps.size()) {
    if (const syntax::Name* name = contract_.as_state(sequence.steps[index])) {
      return {Frame::Kind::State, nullptr, *contract_.find_state(name->text), {}};
    }
  }
  return {Frame::Kind::Position, &sequence, index, {}};
}

void Unfolder::push(Residual& residual, const syntax::Sequence& sequence) const {
  residual.push_back(position_or_state(sequence, 0));
}

// One simplification of the top frame; false if there is none.
bool Unfolder::normalize_top(Residual& residual, std::set<std::size_t>& passed) const {
  Frame& top = residual.back();
  switch (top.kind) {
    case Frame::Kind::Position:
      if (top.index >= top.sequence->steps.size()) {
        residual.pop_back();
        return true;
      }
      top = position_or_state(*top.sequence, top.index);
      return top.kind == Frame::Kind::State;
    case Frame::Kind::State:
      // A terminal state exhausts a called one: what was pending goes on (S11).
      if (residual.size() == 1 || !is_terminal(top.index)) return false;
      passed.insert(top.index);
      residual.pop_back();
      return true;
    case Frame::Kind::All: return normalize_all(residual);
  }
  UNREACHABLE("frame kind is known");
}

// What is pending below a group or a call, in the form in which equal rests are equal.
void Unfolder::drop_finished(Residual& residual) const {
  while (!residual.empty() && residual.back().kind == Frame::Kind::Position) {
    Frame& top = residual.back();
    if (top.index < top.sequence->steps.size()) {
      top = position_or_state(*top.sequence, top.index);
      return;
    }
    residual.pop_back();
  }
}

// Finished sequences are dropped; the last one left is no interleaving any more.
bool Unfolder::normalize_all(Residual& residual) const {
  std::vector<Residual>& parts = residual.back().parts;
  std::erase_if(parts, [&](const Residual& part) {
    const bool ends =
        part.size() == 1 && part.back().kind == Frame::Kind::State && is_terminal(part.back().index);
    return part.empty() || (ends && parts.size() > 1);
  });
  if (parts.size() > 1) return false;
  const Residual rest = parts.empty() ? Residual{} : parts.front();
  residual.pop_back();
  residual.insert(residual.end(), rest.begin(), rest.end());
  return true;
}

void Unfolder::normalize(Residual& residual, std::set<std::size_t>& passed) const {
  while (!residual.empty() && normalize_top(residual, passed)) {
  }
}

std::vector<NextAction> Unfolder::next(const Residual& residual) {
  entered_.clear();
  return first_actions(residual);
}

std::vector<NextAction> Unfolder::first_actions(const Residual& residual) {
  std::vector<NextAction> out;
  std::set<Residual> on_the_way;
  expand(residual, out, on_the_way);
  return out;
}

void Unfolder::expand(Residual residual, std::vector<NextAction>& out, std::set<Residual>& on_the_way) {
  if (depth_ >= kMaxPassed) too_deep_ = passed_too_many_ = true;
  if (too_deep_) return;
  ++depth_;
  expand_top(std::move(residual), out, on_the_way);
  --depth_;
}

void Unfolder::expand_top(Residual residual, std::vector<NextAction>& out, std::set<Residual>& on_the_way) {
  normalize(residual, entered_);
  if (residual.size() > kMaxPendingCalls || nesting_ > kMaxInterleavings) too_deep_ = true;
  // States that only jump to each other offer nothing: do not go round for ever.
  if (++expansions_ > kMaxExpansions) too_deep_ = true;
  if (residual.empty() || too_deep_ || !on_the_way.insert(residual).second) return;
  switch (residual.back().kind) {
    case Frame::Kind::Position: expand_position(residual, out, on_the_way); break;
    case Frame::Kind::State: expand_state(residual, out, on_the_way); break;
    case Frame::Kind::All: expand_all(residual, out); break;
  }
  // Another alternative that leads the same way is a transition of its own.
  on_the_way.erase(residual);
}

void Unfolder::expand_position(Residual residual, std::vector<NextAction>& out,
                               std::set<Residual>& on_the_way) {
  const syntax::Step& step = residual.back().sequence->steps[residual.back().index];
  ++residual.back().index;
  if (const std::optional<ActionUse> action = contract_.as_action(step)) {
    std::set<std::size_t> passed;
    normalize(residual, passed);
    out.push_back({*action, std::move(residual), std::move(passed)});
    return;
  }
  drop_finished(residual);  // what follows is the same for all alternatives of a group
  if (const auto* group = std::get_if<syntax::Group>(&step)) {
    for (const syntax::Sequence& alternative : group->alternatives) {
      Residual chosen = residual;
      push(chosen, alternative);
      expand(std::move(chosen), out, on_the_way);
    }
  } else {
    const syntax::Name* called = contract_.as_state(step);
    residual.push_back({Frame::Kind::State, nullptr, *contract_.find_state(called->text), {}});
    expand(std::move(residual), out, on_the_way);
  }
}

void Unfolder::expand_state(Residual residual, std::vector<NextAction>& out, std::set<Residual>& on_the_way) {
  const ResolvedState& state = contract_.states()[residual.back().index];
  entered_.insert(residual.back().index);
  residual.pop_back();
  if (state.all) {
    Frame all{Frame::Kind::All, nullptr, 0, {}};
    for (const syntax::Sequence* sequence : state.sequences())
      all.parts.push_back({position_or_state(*sequence, 0)});
    residual.push_back(std::move(all));
    return expand(std::move(residual), out, on_the_way);
  }
  for (const syntax::Sequence* sequence : state.sequences()) {
    Residual chosen = residual;
    push(chosen, *sequence);
    expand(std::move(chosen), out, on_the_way);
  }
}

// Each step of an interleaving advances one of its sequences. What is left after it has all the others, so
// thousands of sequences would take memory with their square.
void Unfolder::expand_all(const Residual& residual, std::vector<NextAction>& out) {
  ++nesting_;
  const std::size_t sequences = residual.back().parts.size();
  if (sequences * sequences > kMaxWeight) too_deep_ = true;
  for (std::size_t i = 0; i < sequences && !too_deep_; ++i) {
    for (NextAction& action : first_actions(residual.back().parts[i])) {
      Residual after = residual;
      normalize(action.after, action.passed);
      after.back().parts[i] = std::move(action.after);
      normalize(after, action.passed);
      out.push_back({action.action, std::move(after), std::move(action.passed)});
    }
  }
  --nesting_;
}

std::size_t weight(const Residual& residual) {
  std::size_t sum = residual.size();
  for (const Frame& frame : residual) {
    for (const Residual& part : frame.parts) sum += weight(part);
  }
  return sum;
}

}  // namespace singspin::sema
