// Trails to runs: only what exec executed and what ends in the fault is a trace.
#include "promela/mapback/mapback.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mapback/fixture.h"

namespace singspin::mapback {
namespace {

using exec::Fault;
using testing::compact;
using testing::steps_text;
using ::testing::HasSubstr;

class MapBackTest : public ::testing::Test {
 protected:
  MapBackTest() {
    const pml::Printed printed = testing::printed({&valve_, &parcel_});
    identity_ = *identify(printed, testing::statements_of(printed));
  }

  Target target(std::size_t machine, std::int64_t first_process = 1) const {
    const ir::Contract& contract = machine == 0 ? valve_ : parcel_;
    return {&contract, {contract.start}, machine, first_process};
  }

  // The trail of these steps; processes are numbered from `first_process`.
  spin::Trail trail(std::size_t machine, std::initializer_list<std::string_view> texts, std::int64_t first_process = 1) const {
    const Target t = target(machine);
    spin::Trail result;
    std::int64_t depth = 0;
    for (const exec::Step& step : testing::steps_of(*t.contract, t.scope, texts)) {
      result.records.push_back({++depth, first_process + (step.actor == ir::Role::Exporter ? 0 : 1), testing::trail_id(identity_, machine, step)});
    }
    return result;
  }
  void append(spin::Trail& trail, std::int64_t process, std::int64_t transition) const {
    trail.records.push_back({trail.records.empty() ? 1 : trail.records.back().depth + 1, process, transition});
  }

  std::string text(const spin::Trail& trail, std::size_t machine, Fault fault) const {
    const auto trace = map_back(target(machine), identity_, trail, fault);
    return trace ? steps_text(*target(machine).contract, trace->steps) : "error: " + trace.error().message;
  }

  ir::Contract valve_ = compact(testing::kValve), parcel_ = compact(testing::kParcel);
  Identity identity_;
};

constexpr std::int64_t kNothing = 4000;  // names no statement

TEST_F(MapBackTest, ARunThatEndsInTheFault) {
  EXPECT_EQ(text(trail(0, {"E!Shut", "I!Open", "E?Open", "I?Shut"}), 0, Fault::Stuck), "E!Shut I!Open E?Open I?Shut");
  EXPECT_EQ(text(trail(1, {"E!Expire", "I!Withdraw"}), 1, Fault::OrphanMessage), "E!Expire I!Withdraw");
}

TEST_F(MapBackTest, OneRecordThatWasNeverExecutedIsDropped) {
  spin::Trail run = trail(1, {"E!Expire", "I!Withdraw"});
  for (const std::int64_t transition : {kNothing, run.records[0].transition, run.records[1].transition, std::int64_t{0}}) {
    for (const std::int64_t process : {1, 2}) {
      spin::Trail longer = run;
      append(longer, process, transition);
      EXPECT_EQ(text(longer, 1, Fault::OrphanMessage), "E!Expire I!Withdraw") << process << " " << transition;
    }
  }
}

TEST_F(MapBackTest, TwoSuchRecordsAreAnError) {
  spin::Trail run = trail(1, {"E!Expire", "I!Withdraw"});
  append(run, 1, run.records[0].transition);
  append(run, 1, run.records[0].transition);
  EXPECT_THAT(text(run, 1, Fault::OrphanMessage), HasSubstr("error: the 4 steps of the trail do not lead to the violation"));
  run = trail(1, {"E!Expire", "I!Withdraw"});
  append(run, 1, kNothing);
  append(run, 1, kNothing);
  EXPECT_THAT(text(run, 1, Fault::OrphanMessage), HasSubstr("error: transition 4000 of the trail is no statement"));
}

TEST_F(MapBackTest, ATrailThatDoesNotLeadToTheFaultIsAnError) {
  EXPECT_THAT(text(trail(0, {"E!Shut", "I!Open", "E?Open"}), 0, Fault::Stuck), HasSubstr("error: the 3 steps"));
  EXPECT_THAT(text(trail(0, {"E!Shut", "I!Open", "E?Open", "I?Shut"}), 0, Fault::OrphanMessage), HasSubstr("error: the 4 steps"));
  EXPECT_THAT(text(spin::Trail{}, 0, Fault::Stuck), HasSubstr("error: the 0 steps"));
}

TEST_F(MapBackTest, AStepThatIsNotEnabledIsAnError) {
  spin::Trail run = trail(0, {"E!Shut", "I!Open", "E?Open", "I?Shut"});
  std::swap(run.records[0].transition, run.records[2].transition);
  EXPECT_THAT(text(run, 0, Fault::Stuck), HasSubstr("error: "));
  run = trail(0, {"E!Shut", "I!Open", "E?Open", "I?Shut"});
  run.records.erase(run.records.begin());
  EXPECT_THAT(text(run, 0, Fault::Stuck), HasSubstr("error: "));
}

TEST_F(MapBackTest, AForeignStatementInTheMiddleIsAnError) {
  const spin::Trail run = trail(0, {"E!Shut", "I!Open", "E?Open", "I?Shut"});
  spin::Trail other = run;
  other.records[1].transition = kNothing;
  EXPECT_THAT(text(other, 0, Fault::Stuck), HasSubstr("transition 4000 of the trail is no statement of the model"));
  other = run;
  other.records[1].process = 1;  // a statement of the importer in the exporter's process
  EXPECT_THAT(text(other, 0, Fault::Stuck), HasSubstr("step 2 of the trail belongs to another process"));
  other = run;
  other.records[1].transition = trail(1, {"I!Withdraw"}).records[0].transition;
  EXPECT_THAT(text(other, 0, Fault::Stuck), HasSubstr("belongs to another process"));
}

TEST_F(MapBackTest, TheProcessThatStartsAMachineIsSkipped) {
  spin::Trail run = trail(1, {"E!Expire", "I!Withdraw"});
  run.records.insert(run.records.begin(), {{-3, 0, 77}, {-2, 0, 78}, {-1, 0, 79}});
  EXPECT_EQ(text(run, 1, Fault::OrphanMessage), "E!Expire I!Withdraw");
}

TEST_F(MapBackTest, MarkersAreNoSteps) {
  spin::Trail run = trail(1, {"E!Expire", "I!Withdraw"});
  run.markers.push_back({-4, -4, -4});
  EXPECT_EQ(text(run, 1, Fault::OrphanMessage), "E!Expire I!Withdraw");
}

TEST_F(MapBackTest, AModelOfOneMachineStartsWithProcessZero) {
  const auto trace = map_back(target(1, 0), identity_, trail(1, {"E!Expire", "I!Withdraw"}, 0), Fault::OrphanMessage);
  ASSERT_TRUE(trace);
  EXPECT_EQ(steps_text(parcel_, trace->steps), "E!Expire I!Withdraw");
}

TEST_F(MapBackTest, TheReadingDecidesWhatIsEnabled) {
  Target restrained = target(0);
  restrained.scope.reading = exec::Reading::Priority;
  // With Open at the head the exporter may not send Shut any more.
  const spin::Trail crossing = trail(0, {"I!Open", "E!Shut", "E?Open", "I?Shut"});
  EXPECT_TRUE(map_back(target(0), identity_, crossing, Fault::Stuck));
  EXPECT_FALSE(map_back(restrained, identity_, crossing, Fault::Stuck));
  EXPECT_TRUE(map_back(restrained, identity_, trail(0, {"E!Shut", "I!Open", "E?Open", "I?Shut"}), Fault::Stuck));
}

}  // namespace
}  // namespace singspin::mapback
