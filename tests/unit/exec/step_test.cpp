// Configurations, enabled steps, faults: tables of small cases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontend/exec/exec.h"
#include "tests/unit/exec/compact.h"

namespace singspin::exec {
namespace {

using testing::compact;
using testing::configuration_text;
using testing::message_of;
using testing::state_of;
using testing::step_text;

// A configuration from `S T [A B] [C]`.
Configuration configuration(const ir::Contract& contract, const std::string& text) {
  std::vector<std::string> words(1);
  int queue = -1;
  Configuration c;
  const auto take = [&](const std::string& word) {
    if (word.empty()) return;
    if (queue == 0) c.to_importer.push_back(message_of(contract, word));
    else if (queue == 1) c.to_exporter.push_back(message_of(contract, word));
    else if (words.size() == 1) c.exporter = state_of(contract, word), words.push_back(word);
    else c.importer = state_of(contract, word);
  };
  std::string word;
  for (const char letter : text + " ") {
    if (letter != '[' && letter != ']' && letter != ' ') {
      word += letter;
      continue;
    }
    take(word);
    word.clear();
    if (letter == '[') ++queue;
  }
  return c;
}

std::string enabled_text(const ir::Contract& contract, const Scope& scope, const Configuration& c) {
  return testing::steps_text(contract, enabled(contract, scope, c));
}

TEST(Initial, BothAtTheEntryWithEmptyQueues) {
  const ir::Contract c = compact("S: A! T; T: B? S");
  EXPECT_EQ(configuration_text(c, initial({c.start})), "S S [] []");
  EXPECT_EQ(configuration_text(c, initial({state_of(c, "T")})), "T T [] []");
}

struct EnabledCase {
  const char* contract;
  const char* configuration;
  const char* steps;
};

TEST(Enabled, Table) {
  const EnabledCase cases[] = {
      {"S: A! T; T: B? S", "S S [] []", "E!A"},
      {"S: A! T; T: B? S", "T S [A] []", "I?A"},
      {"S: A! T; T: B? S", "T T [] []", "I!B"},
      {"S: A! T; T: B? S", "T S [A] [B]", "E?B I?A"},
      {"S: A! T; T: B? S", "S T [A] []", "E!A I!B"},   // sends never block
      {"S: A! T; T: B? S", "T S [B] [A]", ""},          // the heads are others
      {"S: A! T, C! S; T: B? S", "S S [C A] []", "E!A E!C I?C"},  // the head only
      {"S: A? T, B! U, C! T", "S S [] []", "E!B E!C I!A"},  // exporter first, textual order
      {"S: A! T, A! U; T: B? S", "S S [A] []", "E!A E!A I?A I?A"},
      {"S: A! T", "T T [A] []", ""},                    // final parties do nothing
      {"S: N! T, N? U", "S S [] []", "E!N I!N"},        // both queues, one name
      {"S: N! T, N? U", "T S [N] []", "I?N I!N"},
  };
  for (const EnabledCase& row : cases) {
    const ir::Contract c = compact(row.contract);
    EXPECT_EQ(enabled_text(c, {c.start}, configuration(c, row.configuration)), row.steps) << row.contract << " at " << row.configuration;
  }
}

TEST(Enabled, IsWhatIsEnabledSays) {
  for (const std::string_view text : {testing::kValve, testing::kTimer, testing::kAlarmedTurnstile, testing::kSpooler}) {
    const ir::Contract c = compact(text);
    const Scope scope{c.start, Reading::Priority, {1, 1}};
    Configuration at = initial(scope);
    for (int i = 0; i < 6; ++i) {
      const std::vector<Step> steps = enabled(c, scope, at);
      for (const ir::Role role : {ir::Role::Exporter, ir::Role::Importer}) {
        for (const ir::TransitionId t : c.transitions.ids()) {
          const Step step{role, t};
          const bool listed = std::find(steps.begin(), steps.end(), step) != steps.end();
          EXPECT_EQ(is_enabled(c, scope, at, step), listed) << step_text(c, step);
        }
      }
      if (steps.empty()) break;
      at = apply(c, at, steps.back());
    }
  }
}

TEST(Apply, MovesOnePartyAndOneMessage) {
  const ir::Contract c = compact("S: A! T; T: B? S");
  const Scope scope{c.start};
  Configuration at = initial(scope);
  const char* expected[] = {"T S [A] []", "T T [] []", "T S [] [B]", "S S [] []", "T S [A] []"};
  for (const char* text : expected) {
    at = apply(c, at, enabled(c, scope, at).front());
    EXPECT_EQ(configuration_text(c, at), text);
  }
}

TEST(Apply, QueuesAreFirstInFirstOut) {
  const ir::Contract c = compact("S: A! T; T: B! U; U: C! V; V: D? S");
  const Scope scope{c.start};
  const auto steps = testing::steps_of(c, scope, {"E!A", "E!B", "E!C", "I?A", "I?B"});
  const auto trace = execute(c, scope, steps);
  ASSERT_TRUE(trace);
  EXPECT_EQ(configuration_text(c, trace->configurations[3]), "V S [A B C] []");
  EXPECT_EQ(configuration_text(c, trace->last()), "V U [C] []");
}

TEST(ApplyDeathTest, RefusesAStepThatIsNotEnabled) {
  const ir::Contract c = compact("S: A! T; T: B? S");
  const Configuration start = initial({c.start});
  EXPECT_DEATH(apply(c, start, {ir::Role::Importer, {0}}), "head of its queue");
  EXPECT_DEATH(apply(c, start, {ir::Role::Exporter, {1}}), "where its transition begins");
}

TEST(Capacity, HoldsSendsBackAndIsToldByIsCut) {
  const ir::Contract c = compact("S: A! S, B? S");
  const struct {
    Capacity capacity;
    const char* configuration;
    const char* steps;
    bool cut;
  } cases[] = {
      {{1, 1}, "S S [] []", "E!A I!B", false},
      {{1, 1}, "S S [A] []", "I?A I!B", true},
      {{1, 1}, "S S [] [B]", "E!A E?B", true},
      {{2, 1}, "S S [A] []", "E!A I?A I!B", false},
      {{2, 1}, "S S [A A] []", "I?A I!B", true},
      {{1, 1}, "S S [A] [B]", "E?B I?A", true},
      {{0, 0}, "S S [] []", "", true},
      {{kUnlimited, kUnlimited}, "S S [A A A A] [B B B]", "E!A E?B I?A I!B", false},
  };
  for (const auto& row : cases) {
    const Scope scope{c.start, Reading::Free, row.capacity};
    const Configuration at = configuration(c, row.configuration);
    EXPECT_EQ(enabled_text(c, scope, at), row.steps) << row.configuration;
    EXPECT_EQ(is_cut(c, scope, at), row.cut) << row.configuration;
  }
}

// Section 8.7.
TEST(Priority, TheRestrainedPartyWaitsForAHeadItCouldReceive) {
  const std::string_view receives_first = "S: A? T, Q? T, B! U; T: C! S; U: A? S";
  const std::string_view sends_first = "S: B! U, A? T; T: C! S; U: A? S";
  const struct {
    std::string_view contract;
    const char* configuration;
    const char* free;
    const char* priority;
  } cases[] = {
      {receives_first, "S S [] []", "E!B I!A I!Q", "E!B I!A I!Q"},      // an empty queue
      {receives_first, "S T [] [A]", "E?A E!B", "E?A"},                  // the exporter is restrained
      {receives_first, "S T [] [Q A]", "E?Q E!B", "E?Q"},
      {receives_first, "S T [] [C A]", "E!B", "E!B"},                    // a head it could not receive here
      {receives_first, "U S [B] []", "I!A I!Q I?B", "I!A I!Q I?B"},      // the importer is not
      {sends_first, "U S [B] []", "I?B I!A", "I?B"},                     // now the importer is
      {sends_first, "U S [C B] []", "I!A", "I!A"},
      {sends_first, "S T [] [A]", "E!B E?A", "E!B E?A"},
      {receives_first, "U T [] [A]", "E?A", "E?A"},                      // not at a mixed state
  };
  for (const auto& row : cases) {
    const ir::Contract c = compact(row.contract);
    const Configuration at = configuration(c, row.configuration);
    EXPECT_EQ(enabled_text(c, {c.start, Reading::Free}, at), row.free) << row.configuration;
    EXPECT_EQ(enabled_text(c, {c.start, Reading::Priority}, at), row.priority) << row.configuration;
  }
}

TEST(Priority, ARestrainedSendIsNotCut) {
  const ir::Contract c = compact("S: A? T, B! U; T: C! S; U: A? S");
  Scope scope{c.start, Reading::Priority, {1, 1}};
  const Configuration full = configuration(c, "S T [B] [A]");
  EXPECT_FALSE(is_cut(c, scope, full));
  scope.reading = Reading::Free;
  EXPECT_TRUE(is_cut(c, scope, full));
}

// Sections 8.3 and 8.4: letters s stuck, u unspecified reception, o orphan, p final with pending,
// d the narrow deadlock, h head not receivable at a mixed state.
std::string faults_text(const ir::Contract& c, const Scope& scope, const Configuration& at) {
  std::string text;
  for (const Fault fault : kFaults) {
    if (has_fault(c, scope, at, fault)) text += "suop"[static_cast<int>(fault)];
  }
  if (is_deadlock(c, scope, at)) text += 'd';
  if (has_unreceivable_head_at_mixed(c, at)) text += 'h';
  return text;
}

TEST(Faults, Table) {
  const struct {
    const char* contract;
    const char* configuration;
    const char* faults;
  } cases[] = {
      {"S: A! T; T: B? S", "S S [] []", ""},
      {"S: A! T", "T T [] []", ""},                         // terminated
      {"S: A! T", "T T [A] []", "o"},
      {"S: A! T, B? T", "T T [] [B]", "o"},
      {"S: A! T, B? T", "T T [A] [B]", "o"},
      {"S: A! T; T: B? U; U: A! S", "T S [B] []", "su"},    // the importer cannot take B, the exporter waits
      {"S: A! T; T: B? U; U: A! S", "U S [B] []", "u"},     // the exporter still runs
      {"S: A! T; T: B? U; U: A! S", "T U [] []", "sd"},     // each waits for the other
      {"S: A! T; T: B? S", "T T [A] []", ""},               // the importer sends only: its head may wait
      {"S: A! T; U: B? S", "T U [A] []", ""},               // the importer sends first and may take A later
      {"S: A! T; U: B? S", "U T [A] []", "sp"},             // the importer is final, the exporter waits for ever
      {"S: A! T; U: B? S", "U T [] [B]", ""},               // the exporter takes B
      {"S: A! T; U: B? S", "T U [] [B]", "p"},
      {"S: A! T; U: B? S", "U T [] []", "sd"},
      {"S: A! T, B? U; U: C? S; V: A! S", "S S [] [C]", "h"},   // may pass: there is a send
      {"S: A! T, B? U; U: C? S; V: A! S", "V S [C] []", "h"},
      {"S: A! T, B? U; U: C? S; V: A! S", "S S [] [B]", ""},
  };
  for (const auto& row : cases) {
    const ir::Contract c = compact(row.contract);
    EXPECT_EQ(faults_text(c, {c.start}, configuration(c, row.configuration)), row.faults) << row.contract << " at " << row.configuration;
  }
}

TEST(Faults, AStandstillBehindAFullQueueIsNotStuck) {
  const ir::Contract c = compact("S: A! T; T: A! U; U: B? V");
  const Configuration at = configuration(c, "T U [A] []");
  EXPECT_EQ(faults_text(c, {c.start, Reading::Free, {1, 1}}, at), "");
  EXPECT_EQ(enabled_text(c, {c.start, Reading::Free, {1, 1}}, at), "I!B");
  const Configuration held = configuration(c, "T U [A] [B]");
  EXPECT_EQ(enabled_text(c, {c.start, Reading::Free, {1, 1}}, held), "");
  EXPECT_EQ(faults_text(c, {c.start, Reading::Free, {1, 1}}, held), "");
  EXPECT_EQ(enabled_text(c, {c.start, Reading::Free, {2, 1}}, held), "E!A");
}

TEST(Execute, StopsAtTheFirstStepThatIsNotPossible) {
  const ir::Contract c = compact("S: A! T; T: B? S");
  const Scope scope{c.start};
  std::vector<Step> steps = testing::steps_of(c, scope, {"E!A", "I?A", "I!B"});
  ASSERT_TRUE(execute(c, scope, steps));
  EXPECT_EQ(execute(c, scope, {})->configurations.size(), 1u);
  steps.push_back({ir::Role::Importer, {0}});
  EXPECT_EQ(execute(c, scope, steps).error().step, 3u);
  steps[1] = {ir::Role::Exporter, {99}};
  EXPECT_EQ(execute(c, scope, steps).error().step, 1u);
}

TEST(Execute, HasRoomForARunFoundWithSmallQueues) {
  const ir::Contract c = compact(testing::kMeter);
  const Scope tight{c.start, Reading::Free, {1, 1}};
  const Scope wide{c.start};
  const auto steps = testing::steps_of(c, wide, {"I!Begin", "E?Begin", "E!Sample", "E!Sample"});
  const auto trace = execute(c, tight, steps);
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace->scope.capacity, (Capacity{kUnlimited, kUnlimited}));
}

}  // namespace
}  // namespace singspin::exec
