// Statement tables that are what was printed, and all the ways in which they are not.
#include "promela/mapback/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mapback/fixture.h"

namespace singspin::mapback {
namespace {

using testing::compact;
using testing::Statements;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class IdentifyTest : public ::testing::Test {
 protected:
  IdentifyTest() : printed_(testing::printed({&contract_})), statements_(testing::statements_of(printed_)) {}

  std::string failure() const {
    const auto identity = identify(printed_, statements_);
    return identity ? "" : identity.error().message;
  }
  // The first statement with this text.
  Statements::iterator find(const std::string& text) {
    return std::find_if(statements_.begin(), statements_.end(), [&](const auto& row) { return row.second.text == text; });
  }

  ir::Contract contract_ = compact("S: A! T, B? U; T: B? S; U: A! End");
  pml::Printed printed_;
  Statements statements_;
};

TEST_F(IdentifyTest, FindsEveryTransitionForBothParties) {
  const auto identity = identify(printed_, statements_);
  ASSERT_TRUE(identity) << failure();
  EXPECT_EQ(identity->by_trail_id.size(), 2 * (contract_.transitions.size() + 1));  // and the end of each
  EXPECT_EQ(identity->by_move.size(), 2 * contract_.transitions.size());
  for (const auto& [id, origin] : identity->by_trail_id) {
    const spin::Statement& statement = statements_.at(id);
    EXPECT_EQ(statement.proctype, origin.role == ir::Role::Exporter ? 0u : 1u);
    if (!origin.transition) continue;
    EXPECT_EQ(identity->by_move.at(statement.move).transition, origin.transition);
    const ir::Transition& row = contract_.transitions[*origin.transition];
    EXPECT_THAT(statement.text, HasSubstr(row.sign == ir::Sign::Send ? "to_importer" : "to_exporter"));
    EXPECT_EQ(row.from, origin.state);
  }
}

TEST_F(IdentifyTest, KnowsTheBlockOfEachSelection) {
  const auto identity = identify(printed_, statements_);
  ASSERT_TRUE(identity);
  // S has two options (1 to 4), its selection is state 5; T is 9, U 13 ... in the order of the states.
  EXPECT_THAT(identity->blocks[0], ElementsAre(-1, -1, -1, -1, -1, 0, -1, -1, -1, 1, -1, -1, -1, 2, -1, 3, -1));
  EXPECT_EQ(identity->blocks[1], identity->blocks[0]);
}

TEST_F(IdentifyTest, NamesAreAsGoodAsNumbers) {
  for (auto& [id, statement] : statements_) {
    for (const pml::PrintedProcess& process : printed_.processes) {
      for (const pml::Line& line : process.lines) {
        if (statement.text == line.numeric_text && statement.line == line.line) statement.text = line.text;
      }
    }
  }
  EXPECT_EQ(failure(), "");
}

TEST_F(IdentifyTest, AProcessThatStartsAMachineIsSkipped) {
  statements_[999] = {2, 1, 77, "(run Exporter_1())", 60};
  EXPECT_EQ(failure(), "");
}

TEST_F(IdentifyTest, AnotherLineIsAnError) {
  ++find("to_importer!2")->second.line;
  EXPECT_THAT(failure(), HasSubstr("was printed as `to_importer!A`, SPIN lists `to_importer!2` of line"));
}

TEST_F(IdentifyTest, AnotherTextIsAnError) {
  find("to_importer!2")->second.text = "to_importer!3";
  EXPECT_THAT(failure(), HasSubstr("SPIN lists `to_importer!3`"));
  find("to_importer!3")->second.text = "to_exporter!2";
  EXPECT_THAT(failure(), HasSubstr("SPIN lists `to_exporter!2`"));
}

TEST_F(IdentifyTest, OneStatementLessIsAnError) {
  statements_.erase(find("to_importer!2"));
  EXPECT_THAT(failure(), HasSubstr("SPIN lists 4 statements for 5 printed ones"));
}

TEST_F(IdentifyTest, OneStatementMoreIsAnError) {
  statements_[999] = {1, 50, 3, "to_importer?2", 60};
  EXPECT_THAT(failure(), HasSubstr("SPIN lists 6 statements for 5 printed ones"));
}

TEST_F(IdentifyTest, SwappedStatementsAreAnError) {
  std::swap(find("to_importer!2")->second.state, find("to_exporter?1")->second.state);
  EXPECT_NE(failure(), "");
}

TEST_F(IdentifyTest, ASelectionMoreOrLessIsAnError) {
  const Statements whole = statements_;
  statements_.erase(find("IF"));
  EXPECT_THAT(failure(), HasSubstr("no selection for line"));
  statements_ = whole;
  statements_[999] = {0, 60, 3, "IF", 0};
  EXPECT_THAT(failure(), HasSubstr("a selection that was not printed"));
}

TEST_F(IdentifyTest, SharedCodeIsAnErrorBecausePegCountsNameIt) {
  find("to_importer!2")->second.move = find("to_exporter?1")->second.move;
  EXPECT_THAT(failure(), HasSubstr("two statements share the code"));
}

TEST_F(IdentifyTest, NothingAtAllIsAnError) {
  statements_.clear();
  EXPECT_NE(failure(), "");
}

// A terminal state named in an endpoint type is an entry: its block comes first.
TEST(Identify, AFinalBlockFirst) {
  const ir::Contract contract = compact("S: A! S; End:");
  const pml::Printed printed = testing::printed({&contract}, testing::state_of(contract, "End"));
  const auto identity = identify(printed, testing::statements_of(printed));
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_THAT(identity->blocks[0], ElementsAre(-1, 0, -1, -1, 1, -1, -1));
}

TEST(Identify, SeveralMachines) {
  const ir::Contract one = compact("S: A! T; T: B? S"), two = compact("S: A? End, B! End", "D");
  const pml::Printed printed = testing::printed({&one, &two});
  const Statements statements = testing::statements_of(printed);
  const auto identity = identify(printed, statements);
  ASSERT_TRUE(identity) << identity.error().message;
  for (const auto& [id, origin] : identity->by_trail_id) EXPECT_EQ(origin.machine, statements.at(id).proctype / 2);
}

}  // namespace
}  // namespace singspin::mapback
