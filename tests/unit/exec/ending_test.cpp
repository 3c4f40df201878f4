// Why runs end badly, for the contracts of section 9 of the language reference.
#include "frontend/exec/ending.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontend/exec/explore.h"
#include "tests/unit/exec/compact.h"

namespace singspin::exec {
namespace {

using testing::compact;
using testing::steps_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Trace run_of(const ir::Contract& contract, std::initializer_list<std::string_view> steps) {
  const Scope scope{contract.start};
  return *execute(contract, scope, testing::steps_of(contract, scope, steps));
}

Ending nearest(const ir::Contract& contract, Fault fault) {
  const auto found = find_capacity(contract, {contract.start}, {1000}).exploration;
  return explain_ending(contract, *found.faults[static_cast<std::size_t>(fault)], fault);
}

std::string text(const ir::Contract& contract, const Blocked& party) {
  const auto names = [&](const std::vector<ir::MessageId>& list) {
    std::string all;
    for (const ir::MessageId m : list) all += " " + contract.messages[m].name;
    return all;
  };
  static constexpr const char* kCauses[] = {"unexpected", "empty", "full", "final"};
  return fmt::format("{} {} head {} accepts{} sends{}: {}", ir::endpoint_id(party.role), contract.states[party.state].id,
                     party.head ? contract.messages[*party.head].name : "-", names(party.accepts), names(party.sends),
                     kCauses[static_cast<int>(party.cause)]);
}

std::vector<std::string> blocked(const ir::Contract& contract, const Ending& ending) {
  std::vector<std::string> lines;
  for (const Blocked& party : ending.blocked) lines.push_back(text(contract, party));
  return lines;
}

TEST(ExplainEnding, ValveIsARaceOfItsTwoSends) {
  const ir::Contract c = compact(testing::kValve);
  const Trace trace = run_of(c, {"E!Shut", "I!Open", "E?Open", "I?Shut"});
  const Ending ending = explain_ending(c, trace, Fault::Stuck);
  EXPECT_EQ(ending.kind, Ending::Kind::Deadlock);
  EXPECT_THAT(blocked(c, ending), ElementsAre("imp Opening/Shut head - accepts Report sends: empty",
                                              "exp Closing/Open head - accepts Seal sends: empty"));
  EXPECT_THAT(ending.undelivered, IsEmpty());
  EXPECT_EQ(ending.decisive, 1u);
  EXPECT_THAT(ending.race, ElementsAre(0u, 1u));
  EXPECT_EQ(main_step(ending, trace), 0u);
}

TEST(ExplainEnding, ParcelLeavesTwoMessages) {
  const ir::Contract c = compact(testing::kParcel);
  const Trace trace = run_of(c, {"E!Expire", "I!Withdraw"});
  const Ending ending = explain_ending(c, trace, Fault::OrphanMessage);
  EXPECT_EQ(ending.kind, Ending::Kind::OrphanMessage);
  EXPECT_THAT(blocked(c, ending), ElementsAre("imp Closed head Expire accepts sends: final",
                                              "exp Closed head Withdraw accepts sends: final"));
  ASSERT_EQ(ending.undelivered.size(), 2u);
  EXPECT_EQ(ending.undelivered[0].message_id, 0u);
  EXPECT_EQ(ending.undelivered[0].sent_at, 0u);
  EXPECT_EQ(ending.undelivered[0].receiver, ir::Role::Importer);
  EXPECT_EQ(ending.undelivered[1].message_id, 1u);
  EXPECT_EQ(ending.undelivered[1].receiver, ir::Role::Exporter);
  EXPECT_EQ(ending.decisive, 1u);
  EXPECT_THAT(ending.race, ElementsAre(0u, 1u));
}

TEST(ExplainEnding, TurnstileWithAlarm) {
  const ir::Contract c = compact(testing::kAlarmedTurnstile);
  const Trace coin = run_of(c, {"E!Alarm", "I!Coin"});
  const Ending stuck = explain_ending(c, coin, Fault::Stuck);
  EXPECT_THAT(blocked(c, stuck), ElementsAre("imp Locked/Coin head Alarm accepts Open sends: unexpected",
                                             "exp Locked/Alarm head Coin accepts Hush sends: unexpected"));
  EXPECT_EQ(stuck.decisive, 1u);
  EXPECT_THAT(stuck.race, ElementsAre(0u, 1u));
  const Ending unexpected = explain_ending(c, coin, Fault::UnspecifiedReception);
  EXPECT_EQ(unexpected.kind, Ending::Kind::UnexpectedMessage);
  EXPECT_THAT(unexpected.race, ElementsAre(0u, 1u));
  const Trace leave = run_of(c, {"E!Alarm", "I!Leave"});
  const Ending pending = explain_ending(c, leave, Fault::FinalWithPending);
  EXPECT_EQ(pending.kind, Ending::Kind::OrphanMessage);
  EXPECT_THAT(blocked(c, pending), ElementsAre("imp Outside head Alarm accepts sends: final",
                                               "exp Locked/Alarm head Leave accepts Hush sends: unexpected"));
  EXPECT_THAT(pending.race, ElementsAre(0u, 1u));
}

TEST(ExplainEnding, SpoolerHasNoRace) {
  const ir::Contract c = compact(testing::kSpooler);
  const Trace trace = find_capacity(c, {c.start}, {1000}).exploration.faults[1].value();
  const Ending ending = explain_ending(c, trace, Fault::UnspecifiedReception);
  EXPECT_EQ(steps_text(c, trace.steps).substr(0, 12), "I!Job E?Job ");
  EXPECT_THAT(ending.race, IsEmpty());
  // The two guesses differ once Job is received: from there on nothing helps.
  EXPECT_EQ(ending.decisive, 1u);
  EXPECT_EQ(main_step(ending, trace), 1u);
  ASSERT_EQ(ending.undelivered.size(), 1u);
  EXPECT_EQ(ending.undelivered[0].sent_at, 2u);
}

TEST(MainStep, RaceThenLoopThenDecisiveThenLast) {
  const ir::Contract c = compact(testing::kValve);
  const Trace trace = run_of(c, {"E!Shut", "I!Open", "E?Open"});
  Ending ending;
  EXPECT_EQ(main_step(ending, run_of(c, {})), std::nullopt);
  EXPECT_EQ(main_step(ending, trace), 2u);
  ending.decisive = 1;
  EXPECT_EQ(main_step(ending, trace), 1u);
  ending.loop_start = 0;
  EXPECT_EQ(main_step(ending, trace), 0u);
  ending.race = {1, 2};
  EXPECT_EQ(main_step(ending, trace), 1u);
}

TEST(ExplainEnding, SendsSeenByTheOtherPartyAreNoRace) {
  // The importer answers what it has received, and the answer is wrong.
  const ir::Contract c = compact("S: A! T; T: B? U, B? V; U: C! S; V: D! S");
  const Ending ending = nearest(c, Fault::UnspecifiedReception);
  EXPECT_THAT(ending.race, IsEmpty());
  ASSERT_TRUE(ending.decisive);
}

TEST(ExplainUnbounded, NamesTheLoop) {
  const ir::Contract c = compact(testing::kMeter);
  const Trace trace = run_of(c, {"I!Begin", "E?Begin", "E!Sample"});
  const Ending ending = explain_unbounded(c, trace, 2);
  EXPECT_EQ(ending.kind, Ending::Kind::UnboundedQueue);
  EXPECT_EQ(ending.loop_start, 2u);
  EXPECT_EQ(main_step(ending, trace), 2u);
  ASSERT_EQ(ending.undelivered.size(), 1u);
  EXPECT_EQ(ending.undelivered[0].message_id, 1u);
}

TEST(LinkSteps, TiesEqualMessagesInOrder) {
  const ir::Contract c = compact("S: A! S, B? S");
  const Trace trace = run_of(c, {"E!A", "E!A", "I!B", "I?A", "E?B", "E!A", "I?A"});
  const std::vector<StepLink> links = link_steps(c, trace);
  std::vector<int> ids, peers;
  for (const StepLink& link : links) {
    ids.push_back(static_cast<int>(link.message_id));
    peers.push_back(link.peer ? static_cast<int>(*link.peer) : -1);
  }
  EXPECT_THAT(ids, ElementsAre(0, 1, 2, 0, 2, 3, 1));
  EXPECT_THAT(peers, ElementsAre(3, 6, 4, 0, 2, -1, 1));
}

TEST(Normalize, ReceivesWhatWasJustSentFirst) {
  const ir::Contract c = compact("S: A! T; T: B! U; U: C? S");
  const Trace trace = run_of(c, {"E!A", "E!B", "I?A", "I?B", "I!C", "E?C"});
  EXPECT_EQ(steps_text(c, normalize(c, trace).steps), "E!A I?A E!B I?B I!C E?C");
}

TEST(Normalize, ElseTheSmallerSourcePosition) {
  const ir::Contract c = compact(testing::kValve);  // Open stands before Shut
  const Trace trace = run_of(c, {"E!Shut", "I!Open", "E?Open", "I?Shut"});
  EXPECT_EQ(steps_text(c, normalize(c, trace).steps), "I!Open E!Shut I?Shut E?Open");
}

TEST(Normalize, LeavesTheLoopAlone) {
  const ir::Contract c = compact("S: A! S, B? S");
  const Trace trace = run_of(c, {"E!A", "I!B", "I?A", "E?B", "E!A", "E!A"});
  const Trace normal = normalize(c, trace, 4);
  EXPECT_EQ(steps_text(c, normal.steps), "E!A I!B E?B I?A E!A E!A");  // each has its own order: I!B comes before I?A
  EXPECT_EQ(normalize(c, normal, 4).steps, normal.steps);
}

}  // namespace
}  // namespace singspin::exec
