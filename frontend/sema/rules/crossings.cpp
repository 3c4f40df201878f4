#include <fmt/format.h>

#include <deque>
#include <map>

#include "frontend/sema/rules/rules.h"

// S20: at a mixed state both ends may send at the same time. Each of them stands behind its own send then
// and finds the message of the other in its queue, so it must list that message before it waits for
// anything else. Whether the conversation goes well from there on is for `verify` to say.

namespace singspin::sema::rules {

namespace {

constexpr std::size_t kMostCrossings = 400;  // pairs looked at; far above anything written by hand
constexpr std::size_t kShown = 4;

struct Gap {
  const ir::Transition* own;       // what the end sent itself
  const ir::Transition* crossing;  // what waits for it
  ir::StateId at;                  // where it is not listed
};

bool lists(const ir::Contract& c, const ir::State& state, const ir::Transition& wanted) {
  for (const ir::TransitionId t : state.out) {
    if (c.transitions[t].message == wanted.message && c.transitions[t].sign == wanted.sign) return true;
  }
  return false;
}

bool offers(const ir::Contract& c, const ir::State& state, ir::Sign sign) {
  for (const ir::TransitionId t : state.out) {
    if (c.transitions[t].sign == sign) return true;
  }
  return false;
}

// The first state where an end that has taken `own` cannot take `crossing` and cannot send either.
std::optional<ir::StateId> missing_at(const ir::Contract& c, const ir::Transition& own,
                                      const ir::Transition& crossing) {
  std::set<ir::StateId> seen{own.to};
  std::deque<ir::StateId> todo{own.to};
  while (!todo.empty()) {
    const ir::StateId here = todo.front();
    todo.pop_front();
    const ir::State& state = c.states[here];
    if (lists(c, state, crossing)) continue;
    if (!offers(c, state, own.sign)) return here;
    for (const ir::TransitionId t : state.out) {
      const ir::Transition& row = c.transitions[t];
      if (row.sign == own.sign && seen.size() < kMostCrossings && seen.insert(row.to).second)
        todo.push_back(row.to);
    }
  }
  return std::nullopt;
}

std::string words(const ir::Contract& c, const Gap& gap) {
  const std::string_view who = ir::role_text(ir::sender(gap.own->sign));
  const std::string_view sent = c.messages[gap.own->message].name;
  const std::string_view waiting = c.messages[gap.crossing->message].name;
  const ir::State& at = c.states[gap.at];
  if (at.final) {
    return fmt::format("not resolved: when {} and {} cross, the {} has finished in {} and {} is left", sent,
                       waiting, who, ir::state_words(at), waiting);
  }
  return fmt::format(
      "not resolved: when {} and {} cross, the {} must receive {} in {}, which does not list it", sent,
      waiting, who, waiting, ir::state_words(at));
}

}  // namespace

std::vector<std::string> crossing_notes(const ir::Contract& c, ir::StateId id) {
  std::vector<const ir::Transition*> sends, receives;
  for (const ir::TransitionId t : c.states[id].out) {
    const ir::Transition& row = c.transitions[t];
    (row.sign == ir::Sign::Send ? sends : receives).push_back(&row);
  }
  if (sends.size() * receives.size() > kMostCrossings)
    return {"too many alternatives to say here whether both ends can receive what crosses"};
  std::vector<Gap> gaps;
  const bool receives_first = c.states[id].mixed == ir::MixedForm::ReceivesFirst;
  for (const bool restrained : {true, false}) {  // the sequences that S20 asks come first
    const auto& own = restrained == receives_first ? sends : receives;
    const auto& crossing = restrained == receives_first ? receives : sends;
    for (const ir::Transition* o : own) {
      for (const ir::Transition* x : crossing) {
        if (const auto at = missing_at(c, *o, *x)) gaps.push_back({o, x, *at});
      }
    }
  }
  if (gaps.empty()) return {"resolved: after a crossing each end can receive the message of the other"};
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < gaps.size() && i < kShown; ++i) notes.push_back(words(c, gaps[i]));
  if (gaps.size() > kShown) notes.push_back(fmt::format("and {} more crossings", gaps.size() - kShown));
  return notes;
}

}  // namespace singspin::sema::rules
