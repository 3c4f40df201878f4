#include "promela/spin/statements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace singspin::spin {
namespace {

Statement without_move(Statement statement) {
  statement.move = 0;
  return statement;
}

using ::testing::HasSubstr;

std::string recorded(const std::string& name) {
  std::ifstream file(SINGSPIN_TEST_DATA "/recorded/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return (std::stringstream() << file.rdbuf()).str();
}

TEST(ReadStatements, Recorded) {
  const auto statements = read_statements(recorded("pair.pan_t"), recorded("pair.pan_c"));
  ASSERT_TRUE(statements) << statements.error().message;
  EXPECT_EQ(statements->size(), 24u);
  EXPECT_EQ(without_move(statements->at(15)), (Statement{1, 1, 17, "qE!m_B"}));
  EXPECT_EQ(without_move(statements->at(2)), (Statement{0, 3, 6, "qE?m_B"}));
  EXPECT_EQ(without_move(statements->at(10)), (Statement{0, 11, 12, "qI!m_B"}));
  EXPECT_EQ(without_move(statements->at(1)), (Statement{0, 2, 5, "goto S1"}));
  EXPECT_EQ(without_move(statements->at(4)), (Statement{0, 5, 4, "IF"}));
  EXPECT_EQ(without_move(statements->at(14)), (Statement{0, 15, 14, "-end-"}));
}

std::string tables(const std::string& rows) {
  return "void\nsettable(void)\n{\tTrans *T;\n" + rows + "\n}\n";
}

constexpr const char* kLines = "\nshort src_ln0 [] = {\n\t  0,   5,   6, \n\t 40000,   0, };\n";

TEST(ReadStatements, SpellingsOfARow) {
  const auto statements =
      read_statements(tables("/*->*/\ttrans[0][1]\t= settr(4,32,23,7,7,\"D_STEP9\", 1, 3, 0);\n"
                             "\tT = trans[ 0][3] = settr(9,2,0,0,0,\"ATOMIC\", 1, 2, 0);\n"
                             "\tT->nxt\t= settr(9,2,7,0,0,\"ATOMIC\", 1, 503, 0);\n"
                             "\ttrans[0][3]->escp[0] = 28;\n"
                             "\tT = trans[_NP_][0] = settr(9997,0,1,_T5,0,\"(np_)\", 1,2,0);"),
                      kLines);
  ASSERT_TRUE(statements) << statements.error().message;
  EXPECT_EQ(statements->size(), 2u);
  EXPECT_EQ(without_move(statements->at(4)), (Statement{0, 1, 5, "D_STEP9"}));
  EXPECT_EQ(without_move(statements->at(9)), (Statement{0, 3, 40000, "ATOMIC"}));
}

TEST(ReadStatements, QuotesInAStatement) {
  const std::string row = R"x(	trans[0][1]	= settr(0,0,2,5,5,"printf(\"a, \\n\")", 1, 2, 0);)x";
  const auto statements = read_statements(tables(row), kLines);
  ASSERT_TRUE(statements) << statements.error().message;
  EXPECT_EQ(statements->at(0).text, R"x(printf("a, \n"))x");
}

struct BadTables {
  const char* rows;
  const char* lines;
  const char* message;
};

class ReadBadStatements : public ::testing::TestWithParam<BadTables> {};

TEST_P(ReadBadStatements, IsAnError) {
  const auto statements = read_statements(tables(GetParam().rows), GetParam().lines);
  ASSERT_FALSE(statements);
  EXPECT_THAT(statements.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ReadBadStatements,
    ::testing::Values(BadTables{"", kLines, "no statements"},
                      BadTables{"\ttrans[0][1] = settr(0,0,2,5,5,\"x", kLines, "not understood"},
                      BadTables{"\ttrans[0][1] = settr(0,0,2,5,\"x\", 1, 2, 0);", kLines, "not understood"},
                      BadTables{"\ttrans[0][x] = settr(0,0,2,5,5,\"x\", 1, 2, 0);", kLines, "not understood"},
                      BadTables{"\tother[0][1] = settr(0,0,2,5,5,\"x\", 1, 2, 0);", kLines, "not understood"},
                      BadTables{"\ttrans[0][9] = settr(0,0,2,5,5,\"x\", 1, 2, 0);", kLines,
                                "no line of proctype 0 state 9"},
                      BadTables{"\ttrans[1][1] = settr(0,0,2,5,5,\"x\", 1, 2, 0);", kLines,
                                "no line of proctype 1 state 1"},
                      BadTables{"\ttrans[0][1] = settr(0,0,2,5,5,\"x\", 1, 2, 0);\n\ttrans[0][2] = "
                                "settr(0,0,2,5,5,\"x\", 1, 2, 0);",
                                kLines, "two statements have the id 0"},
                      BadTables{"", "\nshort src_ln0 [] = { 1, x };", "line table is not understood"},
                      BadTables{"", "\nshort src_ln0 [] = { 1, };\nshort src_ln0 [] = { 1, };",
                                "two line tables"},
                      BadTables{"", "\nshort src_ln0 [] = { 1,", "line table is not understood"}));

TEST(ReadStatements, NoTables) { EXPECT_FALSE(read_statements("", "")); }

TEST(ReadStatements, CutAnywhereIsAnErrorOrATable) {
  const auto pan_t = recorded("pair.pan_t");
  const auto pan_c = recorded("pair.pan_c");
  for (std::size_t length = 0; length < pan_c.size(); ++length)
    EXPECT_FALSE(read_statements(pan_t, pan_c.substr(0, length)).has_value() && length < pan_c.find("};"));
  for (std::size_t length = 0; length < pan_t.find("\n}"); length += 3)
    EXPECT_FALSE(read_statements(pan_t.substr(0, length), pan_c));
}

}  // namespace
}  // namespace singspin::spin
