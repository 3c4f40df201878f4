#include <gtest/gtest.h>

#include <functional>

#include "frontend/ir/ir.h"

namespace singspin::ir {
namespace {

State state(std::string id, std::vector<TransitionId> out) {
  State s;
  s.id = std::move(id);
  s.final = out.empty();
  s.out = std::move(out);
  return s;
}

// S: Tap? -> T, Beep! -> S; T is final.
Contract valid() {
  Contract c;
  c.name = c.qualified_name = "X";
  c.messages.add({"Tap", Direction::In, {}, {}});
  c.messages.add({"Beep", Direction::Out, {}, {}});
  c.states.add(state("S", {TransitionId{0}, TransitionId{1}}));
  c.states.add(state("T", {}));
  c.transitions.add({StateId{0}, StateId{1}, MessageId{0}, Sign::Receive, {}});
  c.transitions.add({StateId{0}, StateId{0}, MessageId{1}, Sign::Send, {}});
  c.start = StateId{0};
  c.entries.push_back({StateId{0}, std::nullopt});
  c.inlined.push_back({"P", {}, {StateId{0}}});
  return c;
}

struct Row {
  const char* what;
  std::function<void(Contract&)> breaks;
  const char* expected;
};

TEST(Validate, AcceptsAValidContract) { EXPECT_EQ(validate(valid()), ""); }

TEST(Validate, AcceptsSeveralEntries) {
  Contract c = valid();
  c.entries.push_back({StateId{1}, source::Span{}});
  EXPECT_EQ(validate(c), "");
}

TEST(Validate, RejectsEachBrokenRule) {
  const Row rows[] = {
      {"no states", [](Contract& c) { c.states = {}; }, "no states"},
      {"no entry", [](Contract& c) { c.entries.clear(); }, "first entry is not the start"},
      {"another start", [](Contract& c) { c.start = StateId{1}; }, "first entry is not the start"},
      {"entry out of range", [](Contract& c) { c.entries.push_back({StateId{2}, source::Span{}}); }, "entry out of range"},
      {"start out of range", [](Contract& c) { c.start = c.entries[0].state = StateId{7}; }, "entry out of range"},
      {"final with transitions", [](Contract& c) { c.states[StateId{0}].final = true; }, "final means no transitions: S"},
      {"not final without transitions", [](Contract& c) { c.states[StateId{1}].final = false; }, "final means no transitions: T"},
      {"transition out of range", [](Contract& c) { c.states[StateId{0}].out.push_back(TransitionId{2}); }, "transition out of range in S"},
      {"transition of another state",
       [](Contract& c) { c.transitions[TransitionId{0}].from = StateId{1}; }, "foreign transition in S"},
      {"transition not listed", [](Contract& c) { c.states[StateId{0}].out.pop_back(); }, "a transition is not listed exactly once"},
      {"transition listed twice", [](Contract& c) { c.states[StateId{0}].out.push_back(TransitionId{1}); }, "a transition is not listed exactly once"},
      {"inlined out of range", [](Contract& c) { c.inlined[0].at.push_back(StateId{2}); }, "inlined state out of range"},
      {"target out of range", [](Contract& c) { c.transitions[TransitionId{0}].to = StateId{2}; }, "state out of range"},
      {"message out of range", [](Contract& c) { c.transitions[TransitionId{0}].message = MessageId{2}; }, "message out of range"},
  };
  for (const Row& row : rows) {
    Contract c = valid();
    row.breaks(c);
    EXPECT_EQ(validate(c), row.expected) << row.what;
  }
}

TEST(StateWords, NameStatesForPeople) {
  State named = state("S", {});
  EXPECT_EQ(state_words(named), "S");
  State after = state("S/Tap", {});
  after.kind = State::Kind::Implicit;
  after.parent = "S";
  after.after = "Tap";
  EXPECT_EQ(state_words(after), "S, after Tap");
  State end = state("<end>", {});
  end.kind = State::Kind::Implicit;
  EXPECT_EQ(state_words(end), "the end");
}

TEST(NamedStates, JoinRowsAndInlinedStates) {
  Contract c = valid();
  c.states[StateId{0}].span = {{}, 10, 11};
  c.states[StateId{1}].span = {{}, 30, 31};
  c.inlined = {{"P", {{}, 20, 21}, {StateId{0}}}, {"T", {{}, 30, 31}, {StateId{0}}}};
  const std::vector<NamedState> all = named_states(c);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].name, "S");
  EXPECT_EQ(all[1].name, "P");
  EXPECT_EQ(all[1].at, std::vector<StateId>{StateId{0}});
  EXPECT_EQ(all[2].name, "T");
  EXPECT_EQ(all[2].at, (std::vector<StateId>{StateId{1}, StateId{0}}));
}

TEST(Roles, FollowTheSign) {
  EXPECT_EQ(sender(Sign::Send), Role::Exporter);
  EXPECT_EQ(sender(Sign::Receive), Role::Importer);
  EXPECT_EQ(other(Role::Exporter), Role::Importer);
  EXPECT_EQ(other(Role::Importer), Role::Exporter);
  EXPECT_EQ(transition_text(TransitionId{7}), "t7");
}

}  // namespace
}  // namespace singspin::ir
